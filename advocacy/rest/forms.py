"""The form for a new token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.rest.scopes import ACCESS, ALL, resources
from advocacy.rest.selectors import possible_owners
from advocacy.rest.services import MAX_DAYS
from advocacy.tenancy.text import Line


def _named(resource: str) -> str:
    if resource == ALL:
        return str(_("Everything, also what comes later"))
    return resource.capitalize()


def scope_choices() -> list[tuple[str, str]]:
    """Scopes in words, those of a resource together."""
    words = {"read": _("%(what)s: read"), "write": _("%(what)s: change")}
    return [
        (f"{name}:{kind}", str(words[kind] % {"what": _named(name)}))
        for name in (ALL, *resources())
        for kind in ACCESS
    ]


class ScopeTable(forms.CheckboxSelectMultiple):
    """A row for every resource, a column for reading and one for changing."""

    template_name = "rest/scope_table.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [option for _group, of, _at in context["widget"]["optgroups"] for option in of]
        context["rows"] = [
            (_named(str(options[at]["value"]).partition(":")[0]), options[at : at + len(ACCESS)])
            for at in range(0, len(options), len(ACCESS))
        ]
        return context


class TokenForm(forms.Form):
    """What uses it, as whom it acts, what it may, how long."""

    name = Line(
        label=_("What uses it"),
        max_length=100,
        help_text=_("Such as: Salesforce, nightly export."),
    )
    owner: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Acts as"),
        queryset=None,
        help_text=_("It may do what this colleague's role allows, and ends with the membership."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("May"),
        choices=scope_choices,
        widget=ScopeTable,
        help_text=_("Changing does not include reading. The fewer, the less a lost token can do."),
        error_messages={"required": _("Tick at least one thing that the token may do.")},
    )
    days = forms.IntegerField(
        label=_("Works for so many days"),
        min_value=1,
        max_value=MAX_DAYS,
        initial=90,
        help_text=_("Then it stops by itself; whoever uses it gets a new one."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners()  # type: ignore[attr-defined]
