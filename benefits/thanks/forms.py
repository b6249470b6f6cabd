"""Forms of the thanks desk. What is true of a value is checked by the services, at its field."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.activities.forms import LocalDateTimeInput
from advocacy.tenancy.text import Line
from benefits.thanks.choices import ThankYouChannel


class LetterForm(forms.Form):
    """The draft, with the place for one's own line in its middle (THX-3)."""

    subject = Line(label=_("Subject"), max_length=300)
    opening = forms.CharField(
        label=_("How it begins"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    personal_line = forms.CharField(
        label=_("Your own line"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                # The panel opens with the cursor here: the rest is written already.
                "data-focus": True,
                "placeholder": _("Something only you would write: what struck you, what they said"),
            }
        ),
    )
    closing = forms.CharField(
        label=_("How it ends"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ThankedForm(forms.Form):
    """Said in another way than by mail."""

    channel = forms.ChoiceField(
        label=_("How did you thank them?"),
        choices=[
            (ThankYouChannel.CALL.value, _("I called")),
            (ThankYouChannel.NOTE.value, _("I wrote a note by hand")),
        ],
        widget=forms.RadioSelect,
    )
    at = forms.DateTimeField(
        label=_("When?"),
        widget=LocalDateTimeInput(),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
    )
    note = forms.CharField(
        label=_("Worth remembering"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TellForm(forms.Form):
    """The letter that tells what came of it, or what they were told otherwise (AST-3)."""

    subject = Line(label=_("Subject"), max_length=300, required=False)
    message = forms.CharField(
        label=_("What you write"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "data-focus": True}),
    )
    note = forms.CharField(
        label=_("What did you tell them?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
