"""Forms about nominations and invitations (IDN-2, ENR-1)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.models import Membership
from advocates.joining.choices import Touch
from advocates.joining.criteria import Criterion
from advocates.models import Advocate


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


class CultivateForm(forms.Form):
    """What was done for the relationship."""

    touch = forms.ChoiceField(
        label=_("What happened"), choices=Touch.choices, widget=forms.RadioSelect
    )


class InviteForm(forms.Form):
    """Who writes, and in which words of their own."""

    sender = forms.ChoiceField(
        label=_("It comes from"),
        help_text=_("A person writes to a person; answers go to them."),
    )
    personal_line = forms.CharField(
        label=_("A line of your own"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why you thought of them. It stands in the middle of the letter."),
    )
    reason = forms.CharField(
        label=_("Why now"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Nobody has cultivated this relationship yet: no visit, preview or call. Say why that"
            " is skipped."
        ),
    )

    def __init__(
        self, *args: Any, senders: Sequence[Membership], needs_reason: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.senders = {str(member.pk): member for member in senders}
        self.fields["sender"].choices = [  # type: ignore[attr-defined]
            (key, f"{member.name}, {member.get_role_display()}")
            for key, member in self.senders.items()
        ]
        if not needs_reason:
            del self.fields["reason"]
