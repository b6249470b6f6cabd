"""Who does what, as the settings show it (RSP-1)."""

from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage, FormPage, ModelFormPage
from advocates.models import ActivityType
from advocates.pages import crumb
from advocates.responsibilities import selectors, services
from advocates.responsibilities.forms import ProgramForm, RolesForm
from advocates.responsibilities.models import Program
from advocates.responsibilities.steps import SHORT, Step


class WhoDoesWhat(DetailPage):
    """The whole matrix to look at, with whose program it is."""

    permission = "settings.view"
    nav_item = "settings"
    template_name = "advocates/responsibilities/matrix.html"
    title = gettext_lazy("Who does what")

    def get_object(self) -> Program:
        return selectors.program()

    def get_context(self) -> dict[str, Any]:
        kinds = ActivityType.objects.filter(is_on=True)
        rows = []
        for kind in kinds:
            roles = {each.step: each for each in selectors.roles_of(kind)}
            rows.append((kind, [roles.get(step) for step in Step]))
        return {
            "crumbs": [crumb(self.request, "settings", _("Settings"))],
            "page_subtitle": _(
                "One role for each step, so that nothing is done twice or by nobody."
            ),
            "steps": [(step.label, SHORT[step]) for step in Step],
            "general": selectors.general_roles(),
            "rows": rows,
            "owner": selectors.accountable_owner(),
            "shares": selectors.shares(),
            "may_change": self.membership.can("settings.rules"),
        }


class Roles(FormPage):
    """The roles of every type, or of one."""

    permission = "settings.rules"
    nav_item = "settings"
    form_class = RolesForm
    edits = True
    success_message = gettext_lazy("Saved. It counts for everything that begins from now on.")

    @cached_property
    def kind(self) -> ActivityType | None:
        """The type in the address."""
        if "code" not in self.kwargs:
            return None
        found = ActivityType.objects.filter(code=self.kwargs["code"]).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def roles(self) -> list[selectors.Responsible]:
        """As they are."""
        return selectors.roles_of(self.kind) if self.kind else selectors.general_roles()

    def get_title(self) -> str:
        return _("Who does what: %(type)s") % {"type": self.kind or _("every type")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "roles": self.roles}

    def get_saved(self, form: Any) -> dict[str, Any]:
        return {each.step.value: each.role if each.own else "" for each in self.roles}

    def get_context(self) -> dict[str, Any]:
        here = crumb(self.request, "who-does-what", _("Who does what"))
        return {"crumbs": [crumb(self.request, "settings", _("Settings")), here]}

    def perform(self, form: RolesForm) -> None:
        services.set_roles(actor=self.actor, activity_type=self.kind, roles=form.cleaned_data)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "who-does-what")

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)


class ProgramPage(ModelFormPage):
    """What the program is called, who answers for it, and with how much time."""

    permission = "settings.rules"
    nav_item = "settings"
    title = gettext_lazy("The program and its owner")
    form_class = ProgramForm
    success_message = gettext_lazy("Saved.")

    def get_object(self) -> Program:
        return selectors.program()

    def get_context(self) -> dict[str, Any]:
        here = crumb(self.request, "who-does-what", _("Who does what"))
        return {"crumbs": [crumb(self.request, "settings", _("Settings")), here]}

    def perform(self, form: ProgramForm) -> Program:
        with transaction.atomic():
            for member, percent in form.percents:
                services.set_share(actor=self.actor, member=member, percent=percent)
            return services.update_program(
                actor=self.actor,
                name=form.cleaned_data["name"],
                owner=form.cleaned_data["owner"],
            )

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "who-does-what")

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)
