"""The program's rules: guardrails and the activity catalogue (CAP-5, ACT-3)."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, DetailPage, ModelFormPage
from advocates.models import ActivityType
from advocates.pages import crumb
from advocates.people.choices import Importance
from advocates.program.catalogue.services import (
    put_back_activity_type,
    update_activity_type,
    usual_values,
)
from advocates.program.forms import ActivityTypeForm, said


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
    template_name = "advocates/activity_type.html"
    success_message = gettext_lazy("Saved.")
    subtitle = gettext_lazy("What was asked or done before keeps the rules of its time.")

    def get_object(self) -> ActivityType:
        kind = ActivityType.objects.filter(pk=self.kwargs["pk"]).first()
        if kind is None:
            raise Http404
        return kind

    def get_form_kwargs(self) -> dict[str, Any]:
        may_guard = self.membership.can("settings.guardrails")
        return {**super().get_form_kwargs(), "may_guard": may_guard}

    def get_title(self) -> str:
        return str(self.object.name)

    def get_context(self) -> dict[str, Any]:
        return {
            "own": differences(ActivityType.objects.get(pk=self.object.pk)),
            "kind": self.object,
            "crumbs": [
                crumb(self.request, "settings", _("Settings")),
                crumb(self.request, "settings-activity-types", _("What may be asked for")),
            ],
        }

    def perform(self, form: Any) -> ActivityType:
        return update_activity_type(
            actor=self.actor, activity_type=self.object, **form.cleaned_data
        )

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "settings-activity-types")

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)


class ActivityTypePutBack(ActionView):
    """Give one field of a type its usual value again, or all of them."""

    permission: ClassVar[str] = "settings.rules"
    success_message = gettext_lazy("The usual value is back.")

    def perform(self) -> ActivityType:
        kind = ActivityType.objects.filter(pk=self.kwargs["pk"]).first()
        if kind is None:
            raise Http404
        fields = [name for name in self.request.POST.getlist("field") if name]
        return put_back_activity_type(actor=self.actor, activity_type=kind, fields=fields)

    def get_success_url(self, result: ActivityType) -> str:
        return tenant_reverse(self.request, "activity-type", result.pk)


def differences(kind: ActivityType) -> list[tuple[str, str, str, str]]:
    """What differs from the usual: field, label, value and usual value in words."""
    return [
        (name, ActivityTypeForm.label_of(name), said(kind, name, now), said(kind, name, usual))
        for name, usual in usual_values(kind).items()
        if (now := getattr(kind, name)) != usual
    ]
