"""Forms about activities. What is true of a value is checked by the services, at its field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.activities.choices import NoShowBy
from advocacy.tenancy.text import Line
from advocates.forms import PersonPicker, TypeSelect, detail_field
from advocates.models import ActivityType, Advocate

RATINGS = [("", "–"), *((str(number), str(number)) for number in range(1, 6))]


class LocalDateTimeInput(forms.DateTimeInput):
    """The browser's own picker; times are the reader's."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def _moment(label: Any, **kwargs: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=LocalDateTimeInput(),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        **kwargs,
    )


def _minutes() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("How many minutes did it take?"),
        required=False,
        widget=forms.NumberInput(attrs={"min": 1, "max": 10000, "inputmode": "numeric"}),
        help_text=_("Of the advocate's time. Leave it empty if nobody knows."),
    )


def _rating(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=RATINGS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(),
        help_text=_("5 is best."),
    )


class CompleteForm(forms.Form):
    """What happened (ACT-2)."""

    happened_at = _moment(_("When did it happen?"))
    minutes = _minutes()
    advocate_rating = _rating(_("How was it for the advocate?"))
    advocate_comment = forms.CharField(
        label=_("In the advocate's words"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    requester_rating = _rating(_("How was it for the requester?"))
    requester_comment = forms.CharField(
        label=_("In the requester's words"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ScheduleForm(forms.Form):
    """When and where."""

    starts_at = _moment(_("Starts"))
    ends_at = _moment(_("Ends"))
    location = forms.CharField(label=_("Where, or which link"), required=False, max_length=300)


class ReasonForm(forms.Form):
    """Why; whether somebody must say so is the move's affair."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        required=False,
        error_messages={"required": _("Say why, in a few words.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OutForm(forms.Form):
    """Since when it is out (AST-3.d)."""

    out_on = forms.DateField(
        label=_("Since when?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day it was released or posted, or could be seen."),
    )
    content_url = forms.URLField(
        label=_("Where can it be seen?"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("It goes into the letter to them."),
    )


class NoShowForm(forms.Form):
    """Who did not come."""

    by = forms.ChoiceField(
        label=_("Who did not come?"), choices=NoShowBy.choices, widget=forms.RadioSelect
    )


class OfferForm(forms.Form):
    """Something an advocate offered to do (CAP-1)."""

    advocate = PersonPicker(label=_("Who offered it?"), queryset=Advocate.objects.all())
    activity_type = forms.ModelChoiceField(
        label=_("What will they do?"),
        queryset=ActivityType.objects.order_by("position", "name"),
        empty_label=_("Choose one"),
        widget=TypeSelect(),
        error_messages={"required": _("Choose what it will be.")},
    )
    detail = detail_field()
    purpose = Line(
        label=_("What for?"),
        required=False,
        max_length=200,
        help_text=_("A company, an event, a site. It shows on the timeline and in the thank-you."),
    )


class LogForm(forms.Form):
    """Something that happened without having been asked here (CAP-8)."""

    advocate = PersonPicker(label=_("Who was it?"), queryset=Advocate.objects.all())
    activity_type = forms.ModelChoiceField(
        label=_("What did they do?"),
        queryset=ActivityType.objects.order_by("position", "name"),
        empty_label=_("Choose one"),
        widget=TypeSelect(),
        error_messages={"required": _("Choose what it was.")},
    )
    detail = detail_field()
    purpose = forms.CharField(
        label=_("What for?"),
        required=False,
        max_length=200,
        help_text=_("A company, an event, a site. It shows on the timeline and in the thank-you."),
    )
    happened_at = _moment(_("When did it happen?"))
    minutes = _minutes()
    advocate_rating = _rating(_("How was it for the advocate?"))
    advocate_comment = forms.CharField(
        label=_("In the advocate's words"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
