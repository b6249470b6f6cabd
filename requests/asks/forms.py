"""Forms about asks. What is true of a value is checked by the services, at its field."""

from typing import Any, get_args

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from activities.activities.forms import LocalDateTimeInput
from advocacy.tenancy.text import Line
from requests.asks.answers import Kind
from requests.asks.lifecycle import ASK, SAYS
from requests.requests.fields import DayInput


class AnswerForForm(forms.Form):
    """What an advocate said on the phone (ASK-1)."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What did they say?"),
        choices=[(kind, ASK[kind].label) for kind in get_args(Kind)],
        widget=forms.RadioSelect,
    )
    slots = forms.MultipleChoiceField(
        label=gettext_lazy("Yes, at these times"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    time_note = forms.CharField(
        label=gettext_lazy("Yes, at another time"), max_length=300, required=False
    )
    reason = forms.CharField(label=gettext_lazy("No, because"), max_length=500, required=False)
    later_on = forms.DateField(
        label=gettext_lazy("Later, from this day on"), widget=DayInput(), required=False
    )
    name = Line(label=gettext_lazy("Somebody else: who?"), max_length=200, required=False)
    email = forms.CharField(label=gettext_lazy("Their e-mail"), max_length=254, required=False)

    def __init__(self, *args: Any, slots: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slots:
            self.fields["slots"].choices = slots  # type: ignore[attr-defined]
        else:
            del self.fields["slots"]


class SayForm(forms.Form):
    """What an account's owner says before somebody there is asked (ASK-2)."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you say?"),
        choices=[(name, ASK[name].label) for name in SAYS],
        widget=forms.RadioSelect,
    )
    not_before = forms.DateField(
        label=gettext_lazy("Not before"), widget=DayInput(), required=False
    )
    say_note = forms.CharField(
        label=gettext_lazy("Rather somebody else, because"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For whoever asks; the person at the customer never reads it."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == "not_before" and "not_before" in data and not data["not_before"]:
            self.add_error("not_before", _("Say from which day on they may be asked."))
        return data


#: Reasons people give, to be chosen and changed (CAP-5).
OVERRIDES = (
    gettext_lazy("They offered it themselves."),
    gettext_lazy("We spoke about it, and they would like to."),
    gettext_lazy("The account's owner is fine with it."),
    gettext_lazy("Nobody else fits as well."),
)


class DraftForm(forms.Form):
    """One ask before it goes out; several stand in one page, each with its prefix."""

    subject = Line(label=gettext_lazy("Subject"), max_length=200, required=False)
    message = forms.CharField(
        label=gettext_lazy("What you write"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("The letter is written in"),
        choices=settings.LANGUAGES,
        required=False,
        help_text=gettext_lazy("The page and the dates around it follow, as far as we speak it."),
    )
    slots = forms.MultipleChoiceField(
        label=gettext_lazy("Times you propose"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    own_time = forms.DateTimeField(
        label=gettext_lazy("Another time"),
        widget=LocalDateTimeInput(),
        input_formats=["%Y-%m-%dT%H:%M"],
        required=False,
    )
    override_reason = forms.CharField(
        label=gettext_lazy("Why ask all the same?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Kept with the ask; the advocate does not read it."),
    )

    def __init__(
        self,
        *args: Any,
        slots: list[tuple[str, str]],
        meets: bool,
        warned: bool,
        zone: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        language = self["language"].value()
        if language and language != get_language():
            for name in ("subject", "message"):
                self.fields[name].widget.attrs["lang"] = language
        if meets:
            self.fields["slots"].choices = slots  # type: ignore[attr-defined]
            self.fields["own_time"].help_text = _("In %(zone)s, where they are.") % {"zone": zone}
            if not slots:
                del self.fields["slots"]
        else:
            del self.fields["slots"]
            del self.fields["own_time"]
        if not warned:
            del self.fields["override_reason"]
