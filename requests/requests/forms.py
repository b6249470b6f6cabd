"""Forms about requests. What is true of a value is checked by the services, at its field."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from advocacy.tenancy.models import validate_time_zone
from advocacy.tenancy.text import Line
from advocacy.tenant_settings.reading import current
from advocates.accounts.choices import Region, Segment, TagKind
from advocates.countries import country_choices
from advocates.forms import TypeSelect, detail_field
from advocates.models import ActivityType, Tag
from advocates.people.choices import Seniority
from requests.models import Request
from requests.opportunities.forms import deal_fields
from requests.opportunities.stages import known_stages
from requests.requests.choices import MeetingFormat
from requests.requests.details import RequestDetails, lacking
from requests.requests.fields import ContactsField, DayInput
from requests.requests.selectors import known_values
from requests.requests.settings import Promises

#: The form in the order in which people think: first these, folded the rest.
FIRST = ("activity_type", "detail", "needed_count", "needed_by")
QUESTIONS = ("questions",)
MORE = (
    *("prospect", "industry", "segment", "employees", "country", "region"),
    *("persona_seniority", "persona_function", "tags", "intended_use"),
    *("language", "meeting_format", "contacts", "time_zone", "competitor"),
    *("is_confidential", "notes"),
)


def _words(model_field: str, **kwargs: Any) -> forms.CharField:
    found = Request._meta.get_field(model_field)
    return forms.CharField(
        label=str(found.verbose_name).capitalize(),  # type: ignore[union-attr]
        max_length=found.max_length,  # type: ignore[union-attr]
        required=False,
        **kwargs,
    )


class RequestForm(forms.Form):
    """A request for advocates (REQ-1)."""

    activity_type = forms.ModelChoiceField(
        label=gettext_lazy("What do you need?"),
        queryset=ActivityType.objects.filter(is_on=True).order_by("position", "name"),
        empty_label=gettext_lazy("Choose one"),
        widget=TypeSelect(),
    )
    detail = detail_field()
    needed_count = forms.IntegerField(
        label=gettext_lazy("How many advocates?"),
        min_value=1,
        max_value=20,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    needed_by = forms.DateField(label=gettext_lazy("By when?"), widget=DayInput())
    rush_reason = forms.CharField(
        label=gettext_lazy("Why can it not wait?"),
        max_length=300,
        required=False,
    )
    prospect = Line(label=gettext_lazy("Which company is it for?"), max_length=200, required=False)
    industry = Line(label=gettext_lazy("Their industry"), max_length=100, required=False)
    segment = forms.ChoiceField(
        label=gettext_lazy("Their size"),
        choices=[("", gettext_lazy("From the number of employees")), *Segment.choices],
        required=False,
    )
    employees = forms.IntegerField(
        label=gettext_lazy("Their employees"), min_value=1, max_value=10_000_000, required=False
    )
    country = forms.ChoiceField(label=gettext_lazy("Their country"), required=False)
    region = forms.ChoiceField(
        label=gettext_lazy("Their region"),
        choices=[("", gettext_lazy("From the country")), *Region.choices],
        required=False,
    )
    questions = forms.CharField(
        label=gettext_lazy("What do they want to know?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One question a line. The advocate reads them."),
    )
    persona_seniority = forms.ChoiceField(
        label=gettext_lazy("Who wants to talk?"),
        choices=[("", gettext_lazy("Anybody")), *Seniority.choices],
        required=False,
    )
    persona_function = Line(
        label=gettext_lazy("In which function?"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Such as IT, Operations or HR."),
    )
    tags = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which products and use cases?"),
        queryset=Tag.objects.filter(kind__in=[TagKind.PRODUCT, TagKind.USE_CASE]).order_by(
            "kind", "name"
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    intended_use = Line(
        label=gettext_lazy("What will it be used for?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Such as: final choice between two suppliers."),
    )
    language = forms.ChoiceField(label=gettext_lazy("In which language?"), required=False)
    meeting_format = forms.ChoiceField(
        label=gettext_lazy("How?"), choices=MeetingFormat.choices, initial=MeetingFormat.VIDEO
    )
    contacts = ContactsField()
    time_zone = forms.CharField(
        label=gettext_lazy("In which time zone are they?"),
        max_length=64,
        required=False,
        help_text=gettext_lazy("A name like Europe/Berlin."),
        validators=[validate_time_zone],
    )
    competitor = Line(
        label=gettext_lazy("Against which competitor?"), max_length=100, required=False
    )
    is_confidential = forms.BooleanField(
        label=gettext_lazy("Do not tell the advocate who the prospect is"), required=False
    )
    notes = forms.CharField(
        label=gettext_lazy("Anything else the program should know?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        keep_type: ActivityType | None = None,
        typed_deal: bool = False,
        submits: bool = False,
        deal_prospect: str = "",
        **kwargs: Any,
    ) -> None:
        """``submits`` says at once all that a request may not lack, beside what no form may."""
        super().__init__(*args, **kwargs)
        self.submits, self.deal_prospect = submits, deal_prospect
        self.fields["rush_reason"].help_text = _(
            "Needed for less than %(days)d business days' notice."
        ) % {"days": current(Promises).rush_business_days}
        self.deal_fields = deal_fields() if typed_deal else {}
        self.fields.update(self.deal_fields)
        kinds = self.fields["activity_type"]
        if keep_type is not None and not keep_type.is_on:
            kinds.queryset = kinds.queryset | ActivityType.objects.filter(pk=keep_type.pk)  # type: ignore[attr-defined]
        self.known = known_values()
        self.fields["country"].choices = [("", _("Not known")), *country_choices()]  # type: ignore[attr-defined]
        codes = dict.fromkeys(
            [*(code for code, _name in settings.LANGUAGES), *self.known["language"]]
        )
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _("Any")),
            *((code, _language(code)) for code in codes),
        ]
        self.known["time_zone"] = sorted(available_timezones() & set(self.known["time_zone"]))
        if typed_deal:
            self.known["deal_crm_stage"] = known_stages()
        for name in self.listed:
            if self.known[name]:
                self.fields[name].widget.attrs["list"] = f"known-{name}"

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.submits:
            found = lacking(
                activity_type=data.get("activity_type"),
                detail=data.get("detail", "").strip(),
                prospect=data.get("prospect", "").strip() or self.deal_prospect,
                needed_by=data.get("needed_by"),
                rush_reason=data.get("rush_reason", "").strip(),
            )
            for name, text in found.items():
                if name not in self.errors:
                    self.add_error(name, text)
        return data

    def details(self, **more: Any) -> RequestDetails:
        """What the service takes."""
        skip = {"tags", *self.deal_fields}
        values = {name: self.cleaned_data[name] for name in self.fields if name not in skip}
        return RequestDetails(**values, tags=tuple(self.cleaned_data["tags"]), **more)

    def deal(self) -> dict[str, Any]:
        """What was typed of a deal, by the names the service has for it."""
        values = {name: self.cleaned_data[name] for name in self.deal_fields}
        found = {name.removeprefix("deal_"): value for name, value in values.items()}
        return {**found, "prospect_name": self.cleaned_data["prospect"]}

    @property
    def listed(self) -> list[str]:
        """The fields that offer words in use."""
        names = ("industry", "persona_function", "time_zone", "deal_crm_stage")
        return [name for name in names if name in self.fields]

    def datalists(self) -> list[tuple[str, list[str]]]:
        """Words in use, offered while typing."""
        return [(name, self.known[name]) for name in self.listed]


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def day_in(form: RequestForm) -> date | None:
    """The day that stands in a form, as far as it is one."""
    try:
        day: date | None = form.fields["needed_by"].clean(form["needed_by"].value())
    except ValidationError:
        return None
    return day


def type_in(form: RequestForm) -> ActivityType | None:
    """What a form asks for, as far as it says so."""
    try:
        kind: ActivityType | None = form.fields["activity_type"].clean(
            form["activity_type"].value()
        )
    except ValidationError:
        return None
    return kind
