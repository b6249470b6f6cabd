"""Forms about nominations and invitations (IDN-2, ENR-1)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocates.forms import ColleagueField, DateInput
from advocates.joining.criteria import Criterion
from advocates.joining.invitation_mails import Words
from advocates.joining.senders import Senders
from advocates.models import Advocate
from advocates.touches.models import CULTIVATING


class NominationForm(forms.Form):
    """Who, and why."""

    advocate = forms.ChoiceField(label=_("Who"))
    reasons = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two sentences are enough: what they achieved, what they like to do."),
    )

    def __init__(self, *args: Any, people: Sequence[Advocate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = {person.account_id for person in people}
        self.people = {str(person.pk): person for person in people}
        self.fields["advocate"].choices = [  # type: ignore[attr-defined]
            (key, _person(person, with_account=len(accounts) > 1))
            for key, person in self.people.items()
        ]

    def chosen(self) -> Advocate | None:
        """Whose criteria stand beside the form: what is chosen, else the first."""
        value = self["advocate"].value()
        return self.people.get(str(value)) or next(iter(self.people.values()), None)


def _person(person: Advocate, *, with_account: bool) -> str:
    parts = [person.name, person.job_title, person.account.name if with_account else ""]
    return ", ".join(part for part in parts if part)


class AcceptForm(forms.Form):
    """Why all the same, where a criterion is not met."""

    override_reason = forms.CharField(
        label=_("Why they qualify all the same"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, unmet: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if unmet:
            self.fields["override_reason"].help_text = " ".join(item.fact for item in unmet)
        else:
            del self.fields["override_reason"]


class ReturnForm(forms.Form):
    """Why not now."""

    reason = forms.CharField(
        label=_("Why not now"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your colleague reads this; say what would have to change."),
    )

    def __init__(self, *args: Any, person: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person:
            self.fields["reason"].help_text = _now(
                "%(person)s offered to help and reads this in a mail from you. Write it to them,"
                " as you would say it."
            ) % {"person": person}


class QualifyForm(AcceptForm):
    """Why this candidate; and why all the same, where a criterion is not met."""

    reasons = forms.CharField(
        label=_("Why this person"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    field_order = ("reasons", "override_reason")


class CultivateForm(forms.Form):
    """What was done for the relationship; it is kept as a touch."""

    touch = forms.ChoiceField(
        label=_("What happened"),
        choices=[(str(kind), kind.label) for kind in CULTIVATING],
        widget=forms.RadioSelect,
    )
    happened_on = forms.DateField(label=_("When"), widget=DateInput())
    by = ColleagueField(label=_("By whom"), empty_label=_("You"))
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class InviteForm(forms.Form):
    """Who writes, and the three parts of the letter (ENR-1.c, d)."""

    sender = forms.ChoiceField(label=_("It comes from"))
    level_reason = forms.CharField(
        label=_("Why from somebody else"),
        required=False,
        max_length=500,
        help_text=_("Only for a sender of another level."),
    )
    personal_line = forms.CharField(
        label=_("Why them"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They read that they were selected; this says why. In your own words."),
    )
    asked = forms.CharField(
        label=_("What is asked of them"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    gives = forms.CharField(
        label=_("What they get"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    reason = forms.CharField(
        label=_("Why now"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "No visit, preview or call is on record in the last time. Say why that is skipped."
        ),
    )

    def __init__(self, *args: Any, senders: Senders, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.senders = {str(member.pk): member for member in (*senders.right, *senders.others)}
        sender = self.fields["sender"]
        sender.help_text = senders.sentence
        groups = [(_now("The right level"), senders.right), (_now("Others"), senders.others)]
        sender.choices = [  # type: ignore[attr-defined]
            (name, [(str(each.pk), f"{each.name}, {each.get_role_display()}") for each in members])
            for name, members in groups
            if members
        ]
        if not senders.others:
            del self.fields["level_reason"]
        if not needs_reason:
            del self.fields["reason"]

    def written(self) -> Words:
        """The parts as they were typed, complete or not."""
        return Words(
            *(str(self[name].value() or "") for name in ("personal_line", "asked", "gives"))
        )
