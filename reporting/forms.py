"""Forms of Today."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.models import Membership
from reporting.snoozing import Choice, morning

#: The value of the button beside the date.
OWN_DAY = "day"


class PutOffForm(forms.Form):
    """Until when: one of the usual moments, or the morning of a day."""

    until = forms.ChoiceField(
        widget=forms.HiddenInput(),
        error_messages={"required": _("Choose until when."), "invalid_choice": _("Choose again.")},
    )
    day = forms.DateField(
        label=_("Another day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a date such as 2026-11-30.")},
    )

    def __init__(
        self, *args: Any, choices: Sequence[Choice], membership: Membership, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.moments = {choice.code: choice.at for choice in choices}
        self.membership = membership
        field = self.fields["until"]
        field.choices = [(code, code) for code in (*self.moments, OWN_DAY)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The moment itself, as ``at``."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("until") == OWN_DAY and "day" in said:
            if said["day"] is None:
                self.add_error("day", _("Choose a day."))
            else:
                day = datetime.combine(said["day"], datetime.min.time())
                said["at"] = morning(day, self.membership)
        elif said.get("until"):
            said["at"] = self.moments.get(said["until"])
        return said


class HandOverForm(forms.Form):
    """Who takes it."""

    to = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=Membership.objects.none(),
        empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose who takes it.")},
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]
