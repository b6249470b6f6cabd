"""The settings page, one's own profile, the tenant's calendar, the audit view."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy, ngettext_lazy

from advocacy.events.models import Event
from advocacy.events.selectors import audit
from advocacy.identity import selectors
from advocacy.identity.absences.selectors import coming_absences
from advocacy.identity.forms import CalendarForm, HolidayForm, PasswordForm, ProfileForm
from advocacy.identity.services import calendar, profile
from advocacy.identity.tables import AuditFilter, AuditTable
from advocacy.identity.views.counted import CountedForm
from advocacy.languages import spoken
from advocacy.tenancy.models import Holiday, Tenant, User
from advocacy.web import settings_cards
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, FormPage, ListPage, MemberView, ModelFormPage


class Settings(MemberView):
    """Cards of what this member may set."""

    permission = "settings.view"
    nav_item = "settings"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The cards."""
        groups = settings_cards.groups_for(request, self.membership)
        return render(request, "identity/settings.html", {"groups": groups})


class Profile(FormPage):
    """One's own name, language, time zone and meeting link."""

    permission = "profile.edit"
    nav_item = "settings"
    title = gettext_lazy("Profile")
    form_class = ProfileForm
    edits = True
    template_name = "identity/profile.html"
    success_message = gettext_lazy("Your profile is saved.")

    def get_initial(self) -> dict[str, Any]:
        user = self.membership.user
        return {
            "name": user.name,
            "language": user.language,
            "time_zone": user.time_zone,
            "meeting_place": self.membership.meeting_place,
        }

    def get_context(self) -> dict[str, Any]:
        return {"absences": coming_absences(self.membership)}

    def perform(self, form: Any) -> User:
        """Save it; the answer already speaks the new language."""
        user = profile.update_profile(actor=self.actor, **form.cleaned_data)
        if user.language:
            translation.activate(spoken(user.language))
        return user

    def get_success_url(self, result: User) -> str:
        return tenant_reverse(self.request, "profile")


class ChangePassword(CountedForm):
    """A new password: this session goes on, every other one ends."""

    permission = "profile.edit"
    nav_item = "settings"
    title = gettext_lazy("Change the password")
    subtitle = gettext_lazy("You stay signed in here and are signed out everywhere else.")
    form_class = PasswordForm
    submit_label = gettext_lazy("Change the password")
    success_message = gettext_lazy("Your password is changed.")

    def perform(self, form: Any) -> User:
        user = profile.change_password(actor=self.actor, **form.cleaned_data)
        update_session_auth_hash(self.request, user)
        return user

    def get_success_url(self, result: User) -> str:
        return tenant_reverse(self.request, "profile")

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "profile")


class Calendar(ModelFormPage):
    """Time zone, currency, language; the holidays below. The work week is a setting (SET-1.e)."""

    permission = "settings.rules"
    nav_item = "settings"
    title = gettext_lazy("Time zone, currency, holidays")
    subtitle = gettext_lazy("Service levels and reminders skip the holidays.")
    form_class = CalendarForm
    template_name = "identity/calendar.html"
    success_message = gettext_lazy("The calendar is saved.")

    def get_object(self) -> Tenant:
        """A copy of the tenant: what is typed must not change the page around the form."""
        return Tenant.objects.get(pk=self.tenant.pk)

    def perform(self, form: Any) -> Tenant:
        return calendar.update_calendar(actor=self.actor, **form.cleaned_data)

    def get_success_url(self, result: Tenant) -> str:
        return tenant_reverse(self.request, "settings-calendar")

    def get_context(self) -> dict[str, Any]:
        return {"holidays": selectors.coming_holidays()}


class AddHoliday(FormPage):
    """Add a day on which nobody works."""

    permission = "settings.rules"
    nav_item = "settings"
    title = gettext_lazy("Add a holiday")
    form_class = HolidayForm
    submit_label = gettext_lazy("Add the holiday")

    def perform(self, form: Any) -> Holiday:
        return calendar.add_holiday(actor=self.actor, **form.cleaned_data)

    def get_success_url(self, result: Holiday) -> str:
        return tenant_reverse(self.request, "settings-calendar")

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "settings-calendar")


class RemoveHoliday(ActionView):
    """Make a holiday a normal day again."""

    permission = "settings.rules"
    success_message = gettext_lazy("The holiday is removed.")

    def perform(self) -> None:
        holiday = selectors.get_holiday(self.kwargs["pk"])
        calendar.remove_holiday(actor=self.actor, holiday=holiday)

    def get_success_url(self, result: None) -> str:
        return tenant_reverse(self.request, "settings-calendar")


class Audit(ListPage):
    """Everything that happened (AUD-1)."""

    permission = "audit.view"
    nav_item = "settings"
    title = gettext_lazy("Audit")
    answer = ngettext_lazy("%(count)s step is on record", "%(count)s steps are on record", "n")
    subtitle = gettext_lazy("Every change, with who made it and when. Nothing here can be edited.")
    table = AuditTable
    filterset = AuditFilter
    empty_title = gettext_lazy("Nothing has happened yet")
    empty_icon = "history"

    def get_queryset(self) -> QuerySet[Event]:
        return audit()
