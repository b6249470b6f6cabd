"""Forms about how a request goes on. What is true of a value is checked by the services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from advocacy.tenancy.models import Membership
from requests.requests.fields import DayInput


class WordsForm(forms.Form):
    """A few words; subclasses say about what."""


class QuestionForm(WordsForm):
    """What the requester is asked."""

    question = forms.CharField(
        label=gettext_lazy("What would you like to know?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(WordsForm):
    """The requester's answer."""

    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReasonForm(WordsForm):
    """Why it ends."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReopenForm(forms.Form):
    """A later day for what is taken up again."""

    needed_by = forms.DateField(label=gettext_lazy("Needed by"), widget=DayInput())


class ManagerForm(forms.Form):
    """Who runs it."""

    manager = forms.ModelChoiceField(
        label=gettext_lazy("Who takes it?"),
        queryset=Membership.objects.none(),
        empty_label=None,
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = choices  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """How the deal ended (FUL-3)."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("How did the deal end?"),
        choices=[
            ("", gettext_lazy("Not known yet")),
            ("won", gettext_lazy("Won")),
            ("lost", gettext_lazy("Lost")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    amount = forms.DecimalField(
        label=gettext_lazy("For how much?"),
        max_digits=16,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("Leave it empty to keep the amount of the CRM."),
    )
    closed_on = forms.DateField(
        label=gettext_lazy("On which day?"), widget=DayInput(), required=False
    )
