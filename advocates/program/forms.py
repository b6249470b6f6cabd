"""Forms of the program's rules."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from advocates.forms import Part, PartsMixin
from advocates.models import ActivityType, ProgramPolicy
from advocates.people.choices import Comfort
from advocates.program.catalogue.services import TYPE_FIELDS


class PolicyForm(PartsMixin, forms.ModelForm):
    """The guardrails (CAP-1, CAP-3, CAP-5, CAP-7, TIER-4, ACC-2)."""

    parts: ClassVar[Sequence[Part]] = (
        Part(
            _("Nobody gives too much"),
            ("yearly_cap",),
            _(
                "Always kept, whoever asks for what. A lower number shows who is over it and asks"
                " them for nothing more."
            ),
        ),
        Part(
            _("Nobody is asked too often"),
            ("asks_per_year", "asks_per_90_days", "days_between_asks", "cooling_days")
            + ("account_units_per_year", "account_open", "pacing_mode"),
        ),
        Part(
            _("Rest after something big"), ("recovery_days", "recovery_low_days", "recovery_mode")
        ),
        Part(_("Companies in difficulties"), ("health_hold_below", "health_warn_below")),
        Part(_("Tiers"), ("grace_days",)),
    )

    class Meta:
        model = ProgramPolicy
        fields: ClassVar[Sequence[str]] = [
            "yearly_cap",
            "account_units_per_year",
            "account_open",
            "asks_per_year",
            "asks_per_90_days",
            "days_between_asks",
            "cooling_days",
            "pacing_mode",
            "recovery_days",
            "recovery_low_days",
            "recovery_mode",
            "health_hold_below",
            "health_warn_below",
            "grace_days",
        ]
        labels: ClassVar[dict[str, Any]] = {
            "pacing_mode": _("When this is reached"),
            "recovery_mode": _("When this is reached"),
        }


class ActivityTypeForm(PartsMixin, forms.ModelForm):
    """One activity type (section 5)."""

    needs_comfort = forms.MultipleChoiceField(
        label=_("Needs people who are comfortable with"),
        choices=Comfort.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    parts: ClassVar[Sequence[Part]] = (
        Part(_("What it is"), ("name", "description", "gives_back", "is_on", "importance")),
        Part(_("What it takes"), ("effort", "minutes_low", "minutes_high", "units")),
        Part(
            _("How often"),
            ("per_year", "per_detail_per_year", "at_once", "gap_days", "warn_gap_days")
            + ("is_reference",),
            _("Per advocate. Empty means no limit."),
        ),
        Part(_("What it needs and earns"), ("needs_comfort", "tier_credit", "rewards")),
    )

    class Meta:
        model = ActivityType
        fields: ClassVar[Sequence[str]] = sorted(TYPE_FIELDS)
        widgets: ClassVar[dict[str, Any]] = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar[dict[str, Any]] = {
            "gives_back": _("One or two true sentences. Every letter that asks for it says them.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.code == "review":
            # BEN-4, fixed: there is nothing to choose.
            for name in ("tier_credit", "rewards", "gives_back"):
                del self.fields[name]
