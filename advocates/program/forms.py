"""Forms of the program's rules."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocates.forms import Part, PartsMixin
from advocates.models import ActivityType
from advocates.people.choices import Comfort
from advocates.program.catalogue.choices import Approval
from advocates.program.catalogue.services import TYPE_FIELDS, blocking_limits, usual_values


class ActivityTypeForm(PartsMixin, forms.ModelForm):
    """One activity type (section 5)."""

    needs_comfort = forms.MultipleChoiceField(
        label=_("Needs people who are comfortable with"),
        choices=Comfort.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    default_approvals = forms.MultipleChoiceField(
        label=_("Approved before it goes out by"),
        choices=Approval.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    parts: ClassVar[Sequence[Part]] = (
        Part(
            _("What it is"),
            ("code", "name", "description", "steps", "gives_back", "is_on", "importance"),
        ),
        Part(_("What it takes"), ("effort", "minutes_low", "minutes_high", "units", "reach")),
        Part(
            _("How often"),
            ("per_year", "per_detail_per_year", "at_once", "gap_days", "warn_gap_days")
            + ("is_reference",),
            _(
                "Per advocate. Empty means no limit. Where they block, an administrator changes"
                " them."
            ),
        ),
        Part(
            _("What it needs and earns"),
            ("needs_comfort", "tier_credit", "rewards", "produces", "default_approvals"),
        ),
    )

    class Meta:
        model = ActivityType
        fields: ClassVar[Sequence[str]] = sorted(TYPE_FIELDS)
        widgets: ClassVar[dict[str, Any]] = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "steps": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "steps": _("One step a line. Whoever is asked for it reads them, with the minutes."),
            "gives_back": _("One or two true sentences. Every letter that asks for it says them."),
        }

    def __init__(self, *args: Any, may_guard: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in frozenset() if may_guard else blocking_limits():
            self.fields[name].disabled = True
        for name, usual in usual_values(self.instance).items():
            if name not in ("name", "description", "steps"):
                words = said(self.instance, name, usual)
                self.fields[name].help_text = gettext("Usually: %(usual)s") % {"usual": words}
        if self.instance.is_review:
            # BEN-4, fixed: there is nothing to choose.
            for name in ("tier_credit", "rewards", "gives_back"):
                del self.fields[name]

    @classmethod
    def label_of(cls, name: str) -> str:
        """What a field is called."""
        return str(cast("Any", cls).base_fields[name].label)


class NewTypeForm(ActivityTypeForm):
    """A type of the tenant's own."""

    class Meta(ActivityTypeForm.Meta):
        fields: ClassVar[Sequence[str]] = ["code", *sorted(TYPE_FIELDS)]
        help_texts: ClassVar[dict[str, Any]] = {
            **ActivityTypeForm.Meta.help_texts,
            "code": _("What imports and integrations know it by: small letters, digits and _."),
        }


def said(kind: ActivityType, name: str, value: Any) -> str:
    """A value of a type's column in words."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value is None or value in ([], ""):
        return gettext("none")
    choices: dict[Any, Any] = dict([*Comfort.choices, *Approval.choices])
    if not isinstance(value, list):
        choices = dict(cast("Any", kind._meta.get_field(name)).choices or ())
    return ", ".join(
        str(choices.get(each, each)) for each in (value if isinstance(value, list) else [value])
    )
