"""The settings page of a CRM's stages: its form, its view, its address (OPP-1)."""

from hashlib import blake2b
from typing import Any, ClassVar

from django import forms
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.web import settings_cards
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage
from requests.opportunities.choices import Stage
from requests.opportunities.services import stage_of
from requests.opportunities.stages import save_stage_mappings, stages_seen

_UNSAID = {
    Stage.WON: gettext_lazy("Nobody has said: counts as won"),
    Stage.LOST: gettext_lazy("Nobody has said: counts as lost"),
    Stage.OPEN: gettext_lazy("Nobody has said: counts as open"),
}


class StagesForm(forms.Form):
    """A meaning for each stage that is known or occurs, and room for one more."""

    new_name = forms.CharField(label=gettext_lazy("Another stage"), max_length=100, required=False)
    new_stage = forms.ChoiceField(
        label=gettext_lazy("means"), choices=Stage.choices, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names: dict[str, str] = {}
        self.meanings: dict[str, str] = {}
        for seen in stages_seen():
            # Its own name, not its place: the list may be another one when the form comes back.
            field = f"stage_{blake2b(seen['name'].casefold().encode(), digest_size=8).hexdigest()}"
            self.names[field] = seen["name"]
            self.meanings[seen["name"].casefold()] = seen["stage"]
            self.fields[field] = forms.ChoiceField(
                label=seen["name"],
                choices=[("", _UNSAID[Stage(stage_of(seen["name"], {}))]), *Stage.choices],
                required=False,
                initial=seen["stage"],
                help_text=ngettext("%(count)d deal", "%(count)d deals", seen["deals"])
                % {"count": seen["deals"]}
                if seen["deals"]
                else "",
            )
        self.order_fields([*self.names, "new_name", "new_stage"])

    def clean_new_name(self) -> str:
        """A stage that is listed has its meaning there, where one sees what it was."""
        name = str(self.cleaned_data["new_name"])
        known = self.meanings.get(name.casefold(), "")
        if name.casefold() in self.meanings and known != self.data.get("new_stage"):
            raise forms.ValidationError(
                _("“%(name)s” is listed above; say there what it means.") % {"name": name}
            )
        return name

    def stages(self) -> dict[str, str]:
        """Meanings by name, as the service takes them; a stage the form did not hold keeps its."""
        found = {
            name: self.cleaned_data[field]
            for field, name in self.names.items()
            if field in self.data
        }
        if new := self.cleaned_data["new_name"]:
            found[new] = self.cleaned_data["new_stage"]
        return found


class Stages(FormPage):
    """Say what the CRM's stages mean."""

    permission: ClassVar[str] = "settings.rules"
    nav_item: ClassVar[str] = "settings"
    form_class = StagesForm
    edits = True
    title = gettext_lazy("Stages of deals")
    subtitle = gettext_lazy("What the stages of your CRM mean here. Deals follow at once.")

    def get_context(self) -> dict[str, Any]:
        return {"crumbs": [(tenant_reverse(self.request, "settings"), _("Settings"))]}

    def perform(self, form: StagesForm) -> int:
        return save_stage_mappings(actor=self.actor, stages=form.stages())

    def get_success_message(self, result: int) -> str:
        if not result:
            return _("Saved.")
        return ngettext(
            "Saved; %(count)d deal followed.", "Saved; %(count)d deals followed.", result
        ) % {"count": result}

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "settings-stages")

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "settings")


tenant_patterns: list[URLPattern] = [
    path("settings/stages/", Stages.as_view(), name="settings-stages"),
]


def register() -> None:
    """Add the card to the settings."""
    settings_cards.register(
        settings_cards.Card(
            "stages",
            gettext_lazy("Stages of deals"),
            gettext_lazy("What the stages of your CRM mean: open, qualified, won, lost."),
            "stairs",
            "settings-stages",
            "settings.rules",
            settings_cards.PROGRAM,
        )
    )
