"""The form for a new token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.rest.scopes import ALL, EVERYTHING, resources
from advocacy.rest.selectors import possible_owners
from advocacy.rest.services import MAX_DAYS
from advocacy.tenancy.text import Line


def scope_choices() -> list[tuple[str, Any]]:
    """Scopes in words."""
    access = {"read": _("read %(what)s"), "write": _("change %(what)s")}
    found = []
    for name in (ALL, *resources()):
        what = _("everything") if name == ALL else name
        for kind, words in access.items():
            found.append((f"{name}:{kind}", words % {"what": what}))
    return found


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
        widget=forms.CheckboxSelectMultiple,
        initial=list(EVERYTHING),
    )
    days = forms.IntegerField(
        label=_("Works for so many days"), min_value=1, max_value=MAX_DAYS, initial=365
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners()  # type: ignore[attr-defined]
