"""Forms of the program's rules."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from advocates.forms import Part, PartsMixin
from advocates.models import ActivityType
from advocates.people.choices import Comfort
from advocates.program.catalogue.services import LIMITS, TYPE_FIELDS


class ActivityTypeForm(PartsMixin, forms.ModelForm):
    """One activity type (section 5)."""

    needs_comfort = forms.MultipleChoiceField(
        label=_("Needs people who are comfortable with"),
        choices=Comfort.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    parts: ClassVar[Sequence[Part]] = (
        Part(_("What it is"), ("name", "description", "is_on", "importance")),
        Part(_("What it takes"), ("effort", "minutes_low", "minutes_high", "units")),
        Part(
            _("How often"),
            ("per_year", "per_detail_per_year", "at_once", "gap_days", "warn_gap_days")
            + ("is_reference",),
            _("Per advocate. Empty means no limit. They block, so an administrator changes them."),
        ),
        Part(_("What it needs and earns"), ("needs_comfort", "tier_credit", "rewards")),
    )

    class Meta:
        model = ActivityType
        fields: ClassVar[Sequence[str]] = sorted(TYPE_FIELDS)
        widgets: ClassVar[dict[str, Any]] = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, may_guard: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in LIMITS:
            self.fields[name].disabled = not may_guard
        if self.instance.code == "review":
            # BEN-4, fixed: there is nothing to choose.
            del self.fields["tier_credit"], self.fields["rewards"]

    @classmethod
    def label_of(cls, name: str) -> str:
        """What a field is called."""
        return str(cast("Any", cls).base_fields[name].label)
