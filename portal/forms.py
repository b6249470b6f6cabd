"""Forms of the portal, in the words of the person who fills them in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.text import Line
from advocacy.web.forms import WordsField
from advocates.forms import Part
from advocates.language import language_of
from advocates.models import ActivityType, Advocate
from advocates.people.choices import Disclosure
from advocates.people.preference_forms import PreferencesForm
from advocates.people.selectors import topic_names, types_on
from advocates.program.catalogue.choices import Reach
from portal.selectors.limits import yearly_cap


class LinkForm(forms.Form):
    """Where the link goes."""

    email = forms.EmailField(
        label=_("Your e-mail at work"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "maxlength": 254}),
    )


class OfferForm(forms.Form):
    """What somebody would enjoy, and why; a newcomer also says who they are (IDN-2)."""

    #: So many kinds of help are shown, the others behind a tap.
    shown_kinds = 5

    def __init__(self, *args: Any, is_newcomer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_newcomer:
            for name, label, complete, needed in (
                ("first_name", _now("First name"), "given-name", True),
                ("last_name", _now("Last name"), "family-name", True),
                ("job_title", _now("What you do there"), "organization-title", False),
            ):
                self.fields[name] = Line(
                    label=label,
                    required=needed,
                    max_length=150 if name == "job_title" else 100,
                    widget=forms.TextInput(attrs={"autocomplete": complete}),
                )
        self.fields["kinds"] = KindsField(
            label=_now("What would you enjoy?"),
            queryset=types_on(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_now("Tick as many as you like, or none if you do not know yet."),
        )
        self.fields["reasons"] = forms.CharField(
            label=_now("What made you think of it?"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_now("A sentence is enough: what works for you, what you would tell others."),
        )

    def usual(self) -> Any:
        """The kinds that are shown at once."""
        return self["kinds"][: self.shown_kinds]

    def more(self) -> Any:
        """The kinds behind a tap."""
        return self["kinds"][self.shown_kinds :]

    def more_is_ticked(self) -> bool:
        """Whether one of the hidden ones is chosen, so that it must not stay hidden."""
        ticked = {str(value) for value in self["kinds"].value() or ()}
        return any(str(choice.data["value"]) in ticked for choice in self.more())


class KindsField(forms.ModelMultipleChoiceField):
    """Kinds of help, each with the time it takes and what it is."""

    def label_from_instance(self, obj: Any) -> str:
        """Name, time, description."""
        kind: ActivityType = obj
        minutes = (
            _now("%(low)d minutes") % {"low": kind.minutes_low}
            if kind.minutes_low == kind.minutes_high
            else _now("%(low)d to %(high)d minutes")
            % {"low": kind.minutes_low, "high": kind.minutes_high}
        )
        return format_html(
            '{} <span class="choice-detail">{}{}{}</span>',
            kind.name,
            minutes,
            f" · {_now('in your region')}" if kind.reach == Reach.REGIONAL else "",
            f" · {kind.description}" if kind.description else "",
        )


class MyPreferencesForm(PreferencesForm):
    """What may be asked of me (ADV-2)."""

    accepted_types = KindsField(
        label=_("You may ask me for"),
        queryset=types_on(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what is ticked is ever asked. Every single question can get a no."),
    )
    topics = WordsField(
        label=_("Topics I like to talk about"), help_text=_("Separate them with commas.")
    )
    language = forms.ChoiceField(label=_("Write to me in"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, advocate: Advocate, **kwargs: Any) -> None:
        initial = {"topics": topic_names(advocate), "language": language_of(advocate)}
        kwargs["initial"] = {**initial, **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, advocate=advocate, **kwargs)
        self._spoken = language_of(advocate)
        self._language = advocate.language
        cap = yearly_cap()
        for name, label, help_text in (
            ("comforts", _now("I am comfortable with"), ""),
            (
                "reference_frequency",
                _now("Reference calls"),
                _now("Whatever you choose, the limit for the year below still holds."),
            ),
            (
                "yearly_cap",
                _now("In all, at most this many times a year"),
                _now("Up to %(cap)d, the most we ask of anybody. Empty: %(cap)d.") % {"cap": cap},
            ),
            (
                "snoozed_until",
                _now("Ask me nothing before"),
                _now("Empty: ask me whenever something fits."),
            ),
            ("channel", _now("Reach me by"), ""),
            ("appreciation", _now("What I like to get back"), ""),
            (
                "disclosure",
                _now("Who in sales may see my name"),
                _now("Before that they see your role, industry and region only."),
            ),
            ("blocked_companies", _now("Companies I do not want to be put in touch with"), ""),
        ):
            self.fields[name].label = label
            if help_text:
                self.fields[name].help_text = help_text
        self.fields["blocked_companies"].help_text = _now("One a line. They never learn of it.")
        self.fields["disclosure"].choices = [  # type: ignore[attr-defined]
            ("", _now("As my company wishes")),
            (str(Disclosure.NAMED), _now("Always")),
            (str(Disclosure.AFTER_ACCEPTANCE), _now("After I said yes")),
            (str(Disclosure.NEVER), _now("Never")),
        ]
        for place, key in enumerate(self.periods, start=1):
            number = {"number": place}
            self.fields[f"away_{key}_from"].label = _now("I am away, %(number)d: from") % number
            self.fields[f"away_{key}_until"].label = _now("until and including")

    def get_parts(self) -> Sequence[Part]:
        """The parts, in the order of what matters most."""
        away = [f"away_{key}_{end}" for key in self.periods for end in ("from", "until")]
        return (
            Part(_now("What you may ask"), ("accepted_types", "comforts", "topics")),
            Part(_now("How often"), ("reference_frequency", "yearly_cap", "snoozed_until")),
            Part(_now("When I am away"), away),
            Part(
                _now("How I like it"),
                ("channel", "language", "appreciation", "disclosure", "blocked_companies"),
            ),
        )

    def preferences(self) -> dict[str, Any]:
        """The values as the service takes them; a language left as it was stays unsaid."""
        values = super().preferences()
        if values["language"] == self._spoken:
            values["language"] = self._language
        return values
