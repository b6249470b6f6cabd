"""An advocate's year at a glance, for the profile."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from advocacy.web import formatting as words
from advocates.models import ActivityType, Advocate
from advocates.program.ledger.capacity.reasons import GuardReason
from advocates.program.ledger.capacity.status import guard_status


@dataclass(frozen=True, slots=True)
class AdvocateCapacity:
    """An advocate's year at a glance, for the profile."""

    allowance: int
    used: int
    open_now: int
    over: int
    references: tuple[GuardReason, ...]
    next_reference_on: date | None

    @property
    def left(self) -> int:
        """Units that can still be asked for this year."""
        return max(self.allowance - self.used, 0)

    @property
    def pips(self) -> list[bool]:
        """The year's units as a row of dots: those left, then those taken; none where they would
        be too many to see.
        """
        if self.allowance > 12:
            return []
        return [True] * self.left + [False] * (self.allowance - self.left)

    @property
    def sentence(self) -> str:
        """For example “3 of 6 used; next reference call possible from 12 January 2027.”"""
        text = _("%(used)s of %(allowance)s used") % {
            "used": self.used,
            "allowance": self.allowance,
        }
        if self.over:
            text += " " + _("(%(over)s over)") % {"over": self.over}
        if not self.references:
            return _("%(figures)s; a reference call is possible now.") % {"figures": text}
        if self.next_reference_on:
            return _("%(figures)s; next reference call possible from %(day)s.") % {
                "figures": text,
                "day": words.day(self.next_reference_on),
            }
        return _("%(figures)s; no reference call for the time being.") % {"figures": text}


def advocate_capacity(advocate: Advocate) -> AdvocateCapacity | None:
    """The year of one advocate; ``None`` for somebody who was never in the program."""
    kind = ActivityType.objects.filter(is_reference=True).order_by("-is_on", "position").first()
    if kind is None:
        kind = ActivityType.objects.filter(units__gt=0).first()
    if kind is None:
        return None
    status = guard_status(activity_type=kind, advocate_ids=[advocate.pk]).get(advocate.pk)
    if status is None or any(reason.code == "capacity_row" for reason in status.reasons):
        return None
    return AdvocateCapacity(
        allowance=status.allowance,
        used=status.used,
        open_now=status.open_now,
        over=status.over,
        references=status.reasons,
        next_reference_on=status.until,
    )
