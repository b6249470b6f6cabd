"""Forms about accounts: the company, a hold, a renewal."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.web.forms import TenantModelForm, WordsField
from advocates.accounts.choices import Region, Segment, TagKind
from advocates.accounts.selectors import tag_names
from advocates.accounts.services import clean_domain
from advocates.countries import country_choices, region_of
from advocates.forms import AnswerField, ColleagueField, DateInput, Part, PartsMixin
from advocates.languages import language_choices
from advocates.models import Account, AccountIdentifier, RevenueEvent
from advocates.people.choices import Disclosure


class AccountForm(PartsMixin, TenantModelForm):
    """A company (ACC-1)."""

    products = WordsField(label=_("Products they use"))
    use_cases = WordsField(label=_("Use cases"))
    segment = forms.ChoiceField(
        label=_("Segment"),
        required=False,
        choices=(("", _("From the number of employees")), *Segment.choices),
    )
    region = forms.ChoiceField(
        label=_("Region"), required=False, choices=(("", _("From the country")), *Region.choices)
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    disclosure = forms.ChoiceField(
        label=_("Sales may see names"),
        required=False,
        choices=(("", _("As the program usually does: after acceptance")), *Disclosure.choices),
    )
    owner = ColleagueField(label=_("Owner (CSM)"), empty_label=_("Nobody yet"))
    advocacy_allowed = AnswerField(label=_("Company policy allows advocacy"))
    gifts_allowed = AnswerField(label=_("Company policy allows gifts"))
    public_mention_allowed = AnswerField(label=_("Name and logo may be shown in public"))
    speaking_needs_approval = AnswerField(label=_("Speaking needs the company's approval"))

    parts: ClassVar[Sequence[Part]] = (
        Part(
            _("The company"),
            ("name", "lifecycle", "domain", "industry", "employees", "segment", "owner"),
        ),
        Part(_("Where it is"), ("country", "region", "city", "state", "language")),
        Part(
            _("The contract"),
            ("customer_since", "renewal_on", "annual_value", "currency", "products", "use_cases"),
        ),
        Part(
            _("How it is doing"),
            ("health", "health_on", "adoption", "adoption_on", "nps", "nps_on"),
            _("Without a date a score counts as today's. Too low a health holds the account."),
        ),
        Part(
            _("What the company allows"),
            (
                "advocacy_allowed",
                "public_mention_allowed",
                "speaking_needs_approval",
                "gifts_allowed",
                "gift_maximum",
                "gift_maximum_year",
                "policy_notes",
                "disclosure",
            ),
        ),
        Part(
            _("Strategic"),
            ("strategic_reason", "strategic_on"),
            _(
                "With a reason the account is strategic, and every colleague sees what its people"
                " give. Empty both to end it."
            ),
        ),
        Part(_("Notes"), ("notes",), _("Never shown to sales.")),
    )

    class Meta:
        model = Account
        fields: ClassVar[Sequence[str]] = [
            "name",
            "lifecycle",
            "domain",
            "industry",
            "employees",
            "segment",
            "owner",
            "country",
            "region",
            "city",
            "state",
            "language",
            "customer_since",
            "renewal_on",
            "annual_value",
            "currency",
            "health",
            "health_on",
            "adoption",
            "adoption_on",
            "nps",
            "nps_on",
            "advocacy_allowed",
            "public_mention_allowed",
            "speaking_needs_approval",
            "gifts_allowed",
            "gift_maximum",
            "gift_maximum_year",
            "policy_notes",
            "disclosure",
            "strategic_reason",
            "strategic_on",
            "notes",
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "customer_since": DateInput,
            "renewal_on": DateInput,
            "health_on": DateInput,
            "adoption_on": DateInput,
            "nps_on": DateInput,
            "strategic_on": DateInput,
            "policy_notes": forms.Textarea(attrs={"rows": 3}),
            "notes": forms.Textarea(attrs={"rows": 4}),
        }
        labels: ClassVar[dict[str, Any]] = {
            "health": _("Health score, 0 to 100"),
            "adoption": _("Adoption, 0 to 100"),
            "nps": _("Last NPS, 0 to 10"),
            "annual_value": _("Worth a year"),
            "employees": _("Number of employees"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        initial = dict(kwargs.pop("initial", None) or {})
        if instance is not None:
            initial.setdefault("products", tag_names(instance, TagKind.PRODUCT))
            initial.setdefault("use_cases", tag_names(instance, TagKind.USE_CASE))
            if not instance.segment_is_set:
                initial.setdefault("segment", "")
            if instance.region == region_of(instance.country):
                initial.setdefault("region", "")
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "–"), *country_choices()]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", "–"), *language_choices()]  # type: ignore[attr-defined]

    def clean_domain(self) -> str:
        """The domain out of whatever address was pasted."""
        return clean_domain(self.cleaned_data["domain"])

    def clean_currency(self) -> str:
        """Codes are upper case."""
        return str(self.cleaned_data["currency"]).upper()

    def clean(self) -> dict[str, Any] | None:
        """An amount needs its currency (BAD-3)."""
        cleaned = super().clean()
        values = self.cleaned_data
        if values.get("annual_value") is not None and not values.get("currency"):
            self.add_error("currency", _("An amount needs its currency, such as EUR."))
        return cleaned


class OwnerForm(forms.Form):
    """Who looks after several accounts."""

    owner = ColleagueField(label=_("Owner (CSM)"), empty_label=_("Nobody yet"))


class HoldForm(forms.Form):
    """Nobody is asked for a while (ACC-2)."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("For example: escalation, renewal talks, merger."),
    )
    ends_on = forms.DateField(
        label=_("Until and including"),
        required=False,
        widget=DateInput,
        help_text=_("Empty: until somebody lifts it."),
    )


class IdentifierForm(forms.ModelForm):
    """By which id another system knows the company (ACC-1)."""

    class Meta:
        model = AccountIdentifier
        fields: ClassVar[Sequence[str]] = ["source", "external_id"]
        labels: ClassVar[dict[str, Any]] = {
            "source": _("Which system?"),
            "external_id": _("Its id there"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "source": _("Such as salesforce or hubspot, always in the same words.")
        }


class RevenueForm(forms.ModelForm):
    """A renewal, an expansion or churn (ACC-1)."""

    class Meta:
        model = RevenueEvent
        fields: ClassVar[Sequence[str]] = ["kind", "on", "amount", "currency"]
        widgets: ClassVar[dict[str, Any]] = {"on": DateInput}
