"""Preferences, entered by a colleague on an advocate's behalf (ADV-2)."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocates.forms import DateInput, Part, PartsMixin
from advocates.models import Advocate, Preference
from advocates.people.choices import Comfort, Disclosure, ReferenceFrequency
from advocates.people.selectors import preferences_of, refused_types, types_on

_AWAY = re.compile(r"away_([0-9a-f]{32}|[01])_(?:from|until)")


class PreferencesForm(PartsMixin, forms.Form):
    """An advocate's preferences, entered by a colleague on their behalf (ADV-2)."""

    accepted_types = forms.ModelMultipleChoiceField(
        label=_("May be asked for"),
        queryset=types_on(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    comforts = forms.MultipleChoiceField(
        label=_("Comfortable with"),
        choices=Comfort.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reference_frequency = forms.ChoiceField(
        label=_("Reference calls"),
        choices=ReferenceFrequency.choices,
        help_text=_("Whatever is chosen, the yearly limit still holds."),
    )
    yearly_cap = forms.IntegerField(
        label=_("At most this many activities a year"),
        required=False,
        min_value=0,
        help_text=_("Empty: as many as the program asks at most."),
    )
    snoozed_until = forms.DateField(label=_("No asks until"), required=False, widget=DateInput)
    channel = forms.ChoiceField(label=_("Contact by"), choices=Preference.Channel.choices)
    appreciation = forms.MultipleChoiceField(
        label=_("Likes to get back"),
        choices=Preference.Appreciation.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    disclosure = forms.ChoiceField(
        label=_("Sales may see the name"),
        required=False,
        choices=(("", _("As their company, else after acceptance")), *Disclosure.choices),
    )
    blocked_companies = forms.CharField(
        label=_("Companies not to be put in touch with"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line."),
    )

    def __init__(self, *args: Any, advocate: Advocate, **kwargs: Any) -> None:
        wishes = preferences_of(advocate)
        refused = refused_types(advocate)
        away = {row.pk.hex: (row.starts_on, row.ends_on) for row in advocate.blackouts.all()}
        blank = max(2 - len(away), 1)
        # One that somebody removed meanwhile is still in the form of whoever was shown it.
        posted = (_AWAY.fullmatch(name) for name in (kwargs.get("data") or (args or [{}])[0] or {}))
        gone = [match[1] for match in posted if match]
        #: A period's own key, or the number of a blank line.
        self.periods = list(dict.fromkeys([*away, *gone, *map(str, range(blank))]))
        initial = {
            "accepted_types": [kind.pk for kind in types_on() if kind.pk not in refused],
            "comforts": wishes.comforts,
            "reference_frequency": wishes.reference_frequency,
            "yearly_cap": wishes.yearly_cap,
            "snoozed_until": wishes.snoozed_until,
            "channel": wishes.channel,
            "appreciation": wishes.appreciation,
            "disclosure": advocate.disclosure,
            "blocked_companies": "\n".join(
                advocate.blocked_companies.order_by("name").values_list("name", flat=True)
            ),
        }
        for key, (starts, ends) in away.items():
            initial |= {f"away_{key}_from": starts, f"away_{key}_until": ends}
        initial |= kwargs.pop("initial", None) or {}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for place, key in enumerate(self.periods, start=1):
            number = {"number": place}
            self.fields[f"away_{key}_from"] = forms.DateField(
                label=_now("%(number)d. From") % number,
                required=False,
                widget=DateInput(),
            )
            self.fields[f"away_{key}_until"] = forms.DateField(
                label=_now("%(number)d. Until and including") % number,
                required=False,
                widget=DateInput(),
            )

    def get_parts(self) -> Sequence[Part]:
        """The parts, with the periods of absence this person has."""
        away = [f"away_{key}_{end}" for key in self.periods for end in ("from", "until")]
        return (
            Part(_("What they take part in"), ("accepted_types", "comforts")),
            Part(
                _("How often"),
                ("reference_frequency", "yearly_cap", "snoozed_until"),
            ),
            Part(_("When they are away"), away),
            Part(
                _("How they like it"),
                ("channel", "appreciation", "disclosure", "blocked_companies"),
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Periods need both ends, in order."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for key in self.periods:
            starts = values.get(f"away_{key}_from")
            ends = values.get(f"away_{key}_until")
            if (starts is None) != (ends is None):
                missing = f"away_{key}_until" if ends is None else f"away_{key}_from"
                self.add_error(missing, _("A period needs its first and its last day."))
            elif starts and ends and ends < starts:
                self.add_error(f"away_{key}_until", _("It ends before it starts."))
        return values

    def preferences(self) -> dict[str, Any]:
        """The values as the service takes them."""
        values = dict(self.cleaned_data)
        blackouts = list(self._blackouts(values))
        plain = {name: value for name, value in values.items() if not name.startswith("away_")}
        plain["accepted_types"] = list(values["accepted_types"])
        plain["blocked_companies"] = [
            line.strip() for line in values["blocked_companies"].splitlines() if line.strip()
        ]
        return {**plain, "blackouts": blackouts}

    def _blackouts(self, values: dict[str, Any]) -> Iterator[tuple[date, date]]:
        for key in self.periods:
            starts, ends = values[f"away_{key}_from"], values[f"away_{key}_until"]
            if starts and ends:
                yield starts, ends
