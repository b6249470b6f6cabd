"""The program's rules: guardrails and the activity catalogue (CAP-5, ACT-3)."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage, ModelFormPage
from advocates.models import ActivityType, ProgramPolicy
from advocates.pages import crumb
from advocates.people.choices import Importance
from advocates.program.catalogue.services import update_activity_type
from advocates.program.forms import ActivityTypeForm, PolicyForm
from advocates.program.services import update_policy


class Rules(ModelFormPage):
    """The guardrails (CAP-1, CAP-5, CAP-7)."""

    permission: ClassVar[str] = "settings.rules"
    nav_item: ClassVar[str] = "settings"
    form_class = PolicyForm
    form_template = "advocates/form_body.html"
    title = gettext_lazy("Guardrails")
    subtitle = gettext_lazy("How much and how often anybody is asked.")
    success_message = gettext_lazy("Saved. It counts from now on.")

    def get_object(self) -> ProgramPolicy:
        """The tenant's policy; the usual one before the program is set up."""
        return ProgramPolicy.objects.first() or ProgramPolicy()

    def get_context(self) -> dict[str, Any]:
        return {"crumbs": [crumb(self.request, "settings", _("Settings"))]}

    def perform(self, form: Any) -> ProgramPolicy:
        return update_policy(actor=self.actor, **form.cleaned_data)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "settings-rules")

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "settings")


class ActivityTypes(DetailPage):
    """The catalogue, by how soon a program needs each type."""

    permission: ClassVar[str] = "settings.rules"
    nav_item: ClassVar[str] = "settings"
    template_name = "advocates/activity_types.html"
    title = gettext_lazy("What may be asked for")

    def get_object(self) -> list[ActivityType]:
        return list(ActivityType.objects.all())

    def get_context(self) -> dict[str, Any]:
        groups = {
            str(level.label): [kind for kind in self.object if kind.importance == level]
            for level in Importance
        }
        return {
            "crumbs": [crumb(self.request, "settings", _("Settings"))],
            "page_subtitle": _(
                "Switch kinds on as the program matures: first the must-haves, then the rest."
            ),
            "groups": {label: kinds for label, kinds in groups.items() if kinds},
            "must_missing": [
                kind for kind in self.object if kind.importance == "must" and not kind.is_on
            ],
        }


class ActivityTypeEdit(ModelFormPage):
    """Change one type."""

    permission: ClassVar[str] = "settings.rules"
    nav_item: ClassVar[str] = "settings"
    form_class = ActivityTypeForm
    form_template = "advocates/form_body.html"
    success_message = gettext_lazy("Saved.")
    subtitle = gettext_lazy("What was asked or done before keeps the rules of its time.")

    def get_object(self) -> ActivityType:
        kind = ActivityType.objects.filter(pk=self.kwargs["pk"]).first()
        if kind is None:
            raise Http404
        return kind

    def get_title(self) -> str:
        return str(self.object.name)

    def get_context(self) -> dict[str, Any]:
        return {
            "crumbs": [
                crumb(self.request, "settings", _("Settings")),
                crumb(self.request, "settings-activity-types", _("What may be asked for")),
            ]
        }

    def perform(self, form: Any) -> ActivityType:
        return update_activity_type(
            actor=self.actor, activity_type=self.object, **form.cleaned_data
        )

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "settings-activity-types")

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)
