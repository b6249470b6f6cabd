"""Forms about the time of a call. What is true of a value is checked by the services."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.forms import LocalDateTimeInput
from advocacy.identity.forms import zone_choices
from advocacy.tenancy.text import Line
from requests.requests.fields import ContactsField
from requests.scheduling.slots import zone_words


class TimeForm(forms.Form):
    """When, where, and who joins."""

    starts_at = forms.DateTimeField(
        label=gettext_lazy("Starts"),
        widget=LocalDateTimeInput(),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("For how many minutes?"), min_value=5, max_value=600, initial=30
    )
    location = Line(
        label=gettext_lazy("Meeting link or room"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("It stands in everybody's invitation."),
    )
    contacts = ContactsField()

    def __init__(self, *args: Any, zone: ZoneInfo, elsewhere: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = _("In your own time zone, %(zone)s.") % {"zone": zone_words(zone)}
        self.fields["starts_at"].help_text = f"{own} {elsewhere}".strip()


class ZoneForm(forms.Form):
    """On which clock the prospect lives."""

    time_zone = forms.ChoiceField(
        label=gettext_lazy("On which clock do they live?"),
        choices=lambda: [("", _("Not known")), *zone_choices()],
        required=False,
        help_text=gettext_lazy("Their mail, their page and their invitation say times in it."),
    )


class ChooseForm(forms.Form):
    """Who gets a link to pick one of the times."""

    contacts = ContactsField(
        help_text=gettext_lazy(
            "One person a line: name and e-mail. Each gets a link; whoever is first has the time."
        )
    )
