"""An advocate's own page, what may be asked of them, and the one-tap pause (PRT-1, ADV-2)."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import clock
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.throttling import TooManyAttempts, machine
from advocacy.tenancy.turns import stand_in_line
from advocacy.web.form_versions import FormVersion, saved_in
from advocacy.web.formatting import day as day_words
from advocates.erasure_requests.selectors import last_request_of
from advocates.erasure_requests.services import request_erasure, withdraw_erasure
from advocates.joining.invitation_mails import usual_words
from advocates.language import language_of
from advocates.onboarding.models import Step
from advocates.onboarding.selectors import first_steps_of
from advocates.onboarding.services import tick_step
from advocates.people.pages.privacy import file_answer
from advocates.people.preferences import preferences_key, save_preferences
from advocates.people.privacy import export_advocate
from advocates.program.protection import own_numbers, own_protections, policy_now
from portal.forms import MyPreferencesForm
from portal.purposes import PURPOSE
from portal.selectors.home import home_of
from portal.selectors.limits import examples, limits_of
from portal.selectors.points import points_of
from portal.services import end_portal_links, request_link
from portal.views.base import PortalView

#: One tap each; any other day has a field.
_PAUSES = (30, 90)
_FARTHEST = timedelta(days=730)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


class Home(PortalView):
    """What was asked and given, what came of it, who said thank you."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        return self.show(
            "home",
            {
                "home": home_of(self.advocate),
                "limits": limits_of(self.advocate),
                "steps": first_steps_of(self.advocate),
                "points": points_of(self.advocate),
                "erasure": last_request_of(self.advocate),
                **pause_context(self, request.GET.get("undo")),
            },
        )


class Overview(PortalView):
    """The program on one page: what is asked, what one gets, what one can expect (ENR-2.a)."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        steps = first_steps_of(self.advocate)
        was_read = any(line.code == Step.OVERVIEW and line.done for line in steps.lines)
        return self.show(
            "overview",
            {
                "company": self.tenant.name,
                "words": usual_words(self.advocate),
                "examples": examples(),
                "limits": limits_of(self.advocate),
                "was_read": was_read,
            },
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """They have read it."""
        tick_step(actor=self.actor, advocate=self.advocate, step=Step.OVERVIEW)
        messages.success(request, _("Good. Your page has everything else."))
        return HttpResponseRedirect(self.url("portal-home"))


class ProtectionPage(PortalView):
    """What keeps the program from asking too much, with their own numbers (CAP-5)."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        policy = policy_now()
        return self.show(
            "protection",
            {
                "company": self.tenant.name,
                "numbers": own_numbers(self.advocate, policy),
                "rules": own_protections(policy),
                "limits": limits_of(self.advocate),
                **pause_context(self, None),
            },
        )


class OwnPage(PortalView):
    """From the mail of one question to the page with all of it: one press, and the link is on its
    way to the address we know. Not opened at once: people pass the mail of a question on.
    """

    purposes: ClassVar[Collection[str]] = (PURPOSE, "ask")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What happens, and the button; that it is sent."""
        return self.show("own_page", {"sent": "sent" in request.GET})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it."""
        who, wanted = machine(request), language_of(self.advocate)
        try:
            request_link(email=self.advocate.email, machine=who, language=wanted)
        except TooManyAttempts as error:
            answer = self.show("own_page", {"problem": error.message}, status=error.status)
            answer["Retry-After"] = str(error.seconds)
            return answer
        return HttpResponseRedirect(f"{request.path}?sent=1")


class Preferences(PortalView):
    """Everything the advocate may set (ADV-2). The link of a question opens it too."""

    purposes: ClassVar[Collection[str]] = (PURPOSE, "ask")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form."""
        form = MyPreferencesForm(advocate=self.advocate)
        self._compare(form)
        return self._form(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or say what is wrong; everything typed is kept (BAD-1)."""
        stand_in_line(preferences_key(self.advocate.pk))
        form = MyPreferencesForm(request.POST, advocate=self.advocate)
        shown = self._compare(form)
        valid = form.is_valid()
        if shown.refuse():
            return self._form(form, status=409)
        if not valid:
            return self._form(form, status=422)
        try:
            save_preferences(actor=self.actor, advocate=self.advocate, **form.preferences())
        except DomainError as error:
            for name, text in error.fields.items():
                form.add_error(name if name in form.fields else None, text)
            if not error.fields:
                form.add_error(None, error.message)
            return self._form(form, status=error.status)
        messages.success(request, _("Saved. From now on we keep to it."))
        if self.link.purpose == PURPOSE:
            return HttpResponseRedirect(self.url("portal-home"))
        return HttpResponseRedirect(request.path)

    def _compare(self, form: MyPreferencesForm) -> FormVersion:
        return FormVersion(form, saved_in(form), key=preferences_key(self.advocate.pk))

    def _form(self, form: MyPreferencesForm, status: int = 200) -> HttpResponse:
        limits = limits_of(self.advocate)
        context = {
            "form": form,
            "limits": limits,
            "welcome": "welcome" in self.request.GET,
            **pause_context(self, None),
        }
        return self.show("preferences", context, status=status)


class Pause(PortalView):
    """Nothing before a day, by one tap, and back by another (ADV-2)."""

    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Set or end the pause; the page then offers to undo it."""
        today = clock.today(self.advocate.zone)
        before = limits_of(self.advocate).snoozed_until
        wanted = request.POST.get("until", "")
        until = _day(wanted)
        if wanted and (until is None or not today < until <= today + _FARTHEST):
            messages.error(request, _("Choose a day from tomorrow on, within two years."))
            return HttpResponseRedirect(self.url("portal-home"))
        save_preferences(actor=self.actor, advocate=self.advocate, snoozed_until=until)
        if until is None:
            messages.success(request, _("All right, we may ask you again."))
            return HttpResponseRedirect(self.url("portal-home"))
        undo = before.isoformat() if before and before != until else ""
        return HttpResponseRedirect(f"{self.url('portal-home')}?undo={undo}")


class EndLinks(PortalView):
    """Passed on by mistake: every link to the page ends, this one too (ID-3)."""

    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End them; a fresh one is had where the first one was."""
        end_portal_links(actor=self.actor, advocate=self.advocate)
        messages.success(request, _("Done: no link to your page works any more. Get a fresh one."))
        return HttpResponseRedirect(self.sign_in_url)


class MyData(PortalView):
    """Everything held about them, as a file (GDPR-1). A press, since it goes on the record."""

    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The document."""
        document = export_advocate(actor=self.actor, advocate=self.advocate)
        return file_answer(document, self.advocate.name)


class Erasure(PortalView):
    """They ask to be erased, or stay after all (PRT-1.d)."""

    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the request, or take it back; the page says which."""
        stay = "stay" in request.POST
        try:
            if stay:
                withdraw_erasure(actor=self.actor, advocate=self.advocate)
            else:
                words = request.POST.get("words", "")
                request_erasure(actor=self.actor, advocate=self.advocate, words=words)
        except DomainError as error:
            messages.error(request, next(iter(error.fields.values()), error.message))
            return HttpResponseRedirect(f"{self.url('portal-home')}#data")
        text = (
            _("Good that you stay. Nothing was erased.")
            if stay
            else _("Your request has arrived. A mail says what happens next.")
        )
        messages.success(request, text)
        return HttpResponseRedirect(f"{self.url('portal-home')}#data")


def pause_context(view: PortalView, undo: str | None) -> dict[str, Any]:
    """The pauses on offer, and the day an undo goes back to."""
    today = clock.today(view.advocate.zone)
    back = _day(undo or "")
    return {
        "pauses": [
            {
                "until": (today + timedelta(days=days)).isoformat(),
                "label": ngettext("%(n)d month", "%(n)d months", days // 30) % {"n": days // 30},
            }
            for days in _PAUSES
        ],
        "tomorrow": (today + timedelta(days=1)).isoformat(),
        "undo": undo is not None,
        "undo_to": back.isoformat() if back and back > today else "",
        "undo_words": day_words(back) if back and back > today else "",
    }
