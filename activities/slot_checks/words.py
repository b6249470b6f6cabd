"""How the question reads to each side, and what they said to everybody else (ACT-4, VIS-1)."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from activities.slot_checks.lifecycle import Says
from activities.slot_checks.models import SlotCheck
from activities.slot_checks.ways import ADVOCATE, REQUESTER
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocates.people.disclosure import sees_everybody


class Choice(NamedTuple):
    """One tap."""

    says: str
    label: str
    icon: str


def choices_for(side: str) -> list[Choice]:
    """What a side can say, as they would say it."""
    if side == ADVOCATE:
        absent = (
            (Says.PROSPECT_ABSENT, _("Nobody from the other side came")),
            (Says.ADVOCATE_ABSENT, _("I could not make it")),
        )
    else:
        absent = (
            (Says.PROSPECT_ABSENT, _("The prospect did not come")),
            (Says.ADVOCATE_ABSENT, _("The advocate did not come")),
        )
    return [
        Choice(Says.HAPPENED.value, _("Yes, it took place"), "circle-check"),
        Choice(Says.MOVED.value, _("We moved it to another time"), "calendar-time"),
        *(Choice(says.value, label, "user-off") for says, label in absent),
    ]


def said_lines(check: SlotCheck, viewer: Membership) -> list[tuple[str, str]]:
    """Who said what; a side that was asked and is silent says so."""
    named = sees_everybody(viewer)
    names = {
        ADVOCATE: check.activity.advocate.name if named else _("The advocate"),
        REQUESTER: check.requester.name if check.requester else "",
    }
    return [(names[side], _said(check, side) or _("has not said yet")) for side in check.asked_of]


def _said(check: SlotCheck, side: str) -> str:
    word = check.said_by(side)
    at = getattr(check, f"{side}_said_at")
    if not word or at is None:
        return ""
    return f"{Says(word).label} ({words.since(at)})"


def why_managers(check: SlotCheck, viewer: Membership) -> str:
    """Why it is the program's to say: who said what, or that nobody did."""
    said = [
        f"{name}: {text}"
        for (name, text), side in zip(said_lines(check, viewer), check.asked_of, strict=True)
        if check.said_by(side)
    ]
    return " · ".join(said) or _("nobody has said")
