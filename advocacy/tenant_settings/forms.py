"""The form of a family, made from its settings. It only reads; the service checks (SET-1)."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.families import Family
from advocacy.tenant_settings.services import blocks
from advocacy.tenant_settings.settings import Kind, Setting, Text
from advocacy.web.forms import WordsField


def _number(setting: Setting, **common: Any) -> forms.Field:
    return forms.IntegerField(widget=_number_input(setting, 1), **common)


def _decimal(setting: Setting, **common: Any) -> forms.Field:
    return forms.DecimalField(widget=_number_input(setting, "0.01"), **common)


def _number_input(setting: Setting, step: object) -> forms.NumberInput:
    return forms.NumberInput(attrs={"min": setting.low, "max": setting.high, "step": step})


def _choice(setting: Setting, **common: Any) -> forms.Field:
    return forms.ChoiceField(choices=setting.choices, **common)


def _several(setting: Setting, **common: Any) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=setting.choices,
        widget=forms.CheckboxSelectMultiple,
        **{**common, "required": False},
    )


def _words(setting: Setting, **common: Any) -> forms.Field:
    return WordsField(**{**common, "required": False})


def _line(setting: Setting, **common: Any) -> forms.Field:
    return forms.CharField(max_length=setting.longest, **{**common, "required": False})


def _flag(setting: Setting, **common: Any) -> forms.Field:
    return forms.BooleanField(**{**common, "required": False})


def _time(setting: Setting, **common: Any) -> forms.Field:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(widget=widget, **common)


_FIELDS: Mapping[Kind, Callable[..., forms.Field]] = {
    "number": _number,
    "decimal": _decimal,
    "choice": _choice,
    "several": _several,
    "words": _words,
    "line": _line,
    "flag": _flag,
    "time": _time,
}


class SettingRow:
    """One setting on the page: its field, its unit, what is usual and whether that was changed."""

    def __init__(self, setting: Setting, field: BoundField, value: Any, locked: bool) -> None:
        self.setting, self.field, self.locked = setting, field, locked
        self.unit = "" if setting.kind not in ("number", "decimal") else setting.unit
        self.is_wide = setting.kind in ("several", "words", "line")
        self.usual = setting.words(setting.usual)
        self.changed = value != setting.usual


class FamilyForm(forms.Form):
    """All settings of a family; those a member may not change are shown only."""

    def __init__(self, *, family: Family, membership: Membership, **kwargs: Any) -> None:
        self.family, self.values = family, family.load()
        may_guard = membership.can("settings.guardrails")
        self.locked = set() if may_guard else _guarded(family, self.values)
        kwargs["initial"] = {**self.values, **(kwargs.get("initial") or {})}
        super().__init__(**kwargs)
        for key, setting in family.settings.items():
            self.fields[key] = _FIELDS[setting.kind](
                setting,
                label=setting.name,
                help_text=setting.help,
                required=not setting.optional,
                disabled=key in self.locked,
            )

    def parts(self) -> list[tuple[Text, list[SettingRow]]]:
        """The rows under their headings."""
        found: list[tuple[Text, list[SettingRow]]] = []
        for key, setting in self.family.settings.items():
            if not found or found[-1][0] != setting.part:
                found.append((setting.part, []))
            row = SettingRow(setting, self[key], self.values[key], key in self.locked)
            found[-1][1].append(row)
        return found

    def clean(self) -> dict[str, Any]:
        """Lists as the settings hold them."""
        cleaned = super().clean() or {}
        return {key: tuple(v) if isinstance(v, list) else v for key, v in cleaned.items()}

    @property
    def changes(self) -> dict[str, Any]:
        """What differs from what is kept."""
        return {
            key: value
            for key, value in self.cleaned_data.items()
            if key in self.values and value != self.values[key]
        }


def _guarded(family: Family, values: Mapping[str, Any]) -> set[str]:
    """What a member who is no admin cannot change: what blocks, and whether it does."""
    modes = {each.blocks for each in family.settings.values() if each.blocks}
    return {key for key in family.settings if blocks(family, key, values)} | modes


def summary_of(family: Family) -> list[str]:
    """What a tenant changed of a family, a sentence each."""
    return [
        _("%(setting)s: %(value)s instead of %(usual)s")
        % {
            "setting": setting.name,
            "value": setting.words(value),
            "usual": setting.words(setting.usual),
        }
        for key, value in family.load().items()
        if value != (setting := family.settings[key]).usual
    ]
