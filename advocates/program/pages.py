"""The program's rules: guardrails and the activity catalogue (CAP-5, ACT-3)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.pages import ALL
from advocacy.tenant_settings.reading import current
from advocacy.tenant_settings.services import Moved
from advocacy.tenant_settings.telling import TellsFirst
from advocacy.web.http import go_on
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage, ModelFormPage
from advocates.models import ActivityType
from advocates.pages import crumb
from advocates.people.choices import Importance
from advocates.program.catalogue.maturity import Maturity, not_running
from advocates.program.catalogue.previews import preview_activity_type
from advocates.program.catalogue.services import (
    create_activity_type,
    update_activity_type,
    usual_values,
)
from advocates.program.forms import ActivityTypeForm, NewTypeForm, said
from advocates.program.involved import involved_url
from advocates.program.protection import Protection, policy_now, protections


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
            "not_running": not_running(self.object),
            "running_days": current(Maturity).running_days,
        }


class ProtectionPage(DetailPage):
    """What protects an advocate, to every colleague (CAP-5)."""

    permission: ClassVar[str] = "settings.view"
    nav_item: ClassVar[str] = "settings"
    template_name = "advocates/protection.html"
    title = gettext_lazy("What protects an advocate")

    def get_object(self) -> list[Protection]:
        self.policy = policy_now()
        return protections(self.policy)

    def get_context(self) -> dict[str, Any]:
        return {
            "crumbs": [crumb(self.request, "settings", _("Settings"))],
            "page_subtitle": _("With your own numbers, in plain words."),
            "policy": self.policy,
            "numbers_url": tenant_reverse(self.request, "settings-family", family="capacity")
            if self.membership.can("settings.rules")
            else "",
        }


class ActivityTypeNew(ModelFormPage):
    """Add a type of one's own (CAT-1)."""

    permission: ClassVar[str] = "settings.rules"
    nav_item: ClassVar[str] = "settings"
    form_class = NewTypeForm
    form_template = "advocates/form_body.html"
    title = gettext_lazy("A kind of activity of your own")
    subtitle = gettext_lazy("It can be asked for at once, with the limits you give it here.")
    submit_label = gettext_lazy("Add it")
    success_message = gettext_lazy("Added.")

    def get_object(self) -> None:
        return None

    def get_context(self) -> dict[str, Any]:
        return {
            "crumbs": [
                crumb(self.request, "settings", _("Settings")),
                crumb(self.request, "settings-activity-types", _("What may be asked for")),
            ]
        }

    def perform(self, form: Any) -> ActivityType:
        return create_activity_type(actor=self.actor, **form.cleaned_data)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "settings-activity-types")

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)


class ActivityTypeEdit(TellsFirst, ModelFormPage):
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
            **self.told(),
            "own": differences(self._saved()),
            "kind": self.object,
            "involved_url": involved_url(self.tenant, self.object) if self.object.is_on else "",
            "crumbs": [
                crumb(self.request, "settings", _("Settings")),
                crumb(self.request, "settings-activity-types", _("What may be asked for")),
            ],
        }

    def changes_of(self, form: Any) -> dict[str, Any]:
        return self._differing(form.cleaned_data)

    def _differing(self, values: Mapping[str, Any]) -> dict[str, Any]:
        saved = self._saved()
        return {name: value for name, value in values.items() if value != getattr(saved, name)}

    def preview(self, values: Mapping[str, Any]) -> list[Moved]:
        return preview_activity_type(actor=self.actor, activity_type=self._saved(), **values)

    def save(self, values: Mapping[str, Any]) -> ActivityType:
        return update_activity_type(actor=self.actor, activity_type=self.object, **values)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save what was typed, or give one field its usual value again, or all of them."""
        if "put_back" not in request.POST:
            return super().post(request, *args, **kwargs)
        self.object = self.get_object()
        usual = usual_values(self.object)
        field = request.POST["put_back"]
        wanted = usual if field == ALL else {field: usual[field]} if field in usual else {}
        values = self._differing(wanted)
        self.tell_or_save(values)
        if self.moved:
            # The form as it will be; saving it is the second step.
            kwargs = {"instance": self._saved(), "initial": values}
            may_guard = self.membership.can("settings.guardrails")
            return self.show(ActivityTypeForm(**kwargs, may_guard=may_guard))
        here = tenant_reverse(request, "activity-type", self.object.pk)
        return go_on(request, here, _("The usual value is back."))

    def _saved(self) -> ActivityType:
        """As it is: the form has put what was typed into its own."""
        return ActivityType.objects.get(pk=self.object.pk)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "settings-activity-types")

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)


def differences(kind: ActivityType) -> list[tuple[str, str, str, str]]:
    """What differs from the usual: field, label, value and usual value in words."""
    return [
        (name, ActivityTypeForm.label_of(name), said(kind, name, now), said(kind, name, usual))
        for name, usual in usual_values(kind).items()
        if (now := getattr(kind, name)) != usual
    ]
