"""The first steps of one person, and how soon the program's first activities come (ENR-2)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils.translation import gettext as _

from advocacy.events.models import Event
from advocacy.tenancy.scope import current_tenant_id
from advocates.joining.choices import InvitationState
from advocates.models import (
    Advocate,
    OnboardingMark,
    Participation,
    ProgramInvitation,
    Touch,
)
from advocates.onboarding.models import BY_FACT, Step
from advocates.people.choices import ENROLLED, ConsentUse
from advocates.people.leave import leave_of
from advocates.program.catalogue.choices import Effort
from advocates.program.ledger.choices import UnitState
from advocates.touches.models import TouchKind

#: What an activity is counted from at the earliest: facts imported of before are no first step.
_PERCENTILES = """
WITH first AS (
  SELECT a.id, a.enrolled_at,
         (SELECT min(p.completed_at) FROM advocates_participation p
           WHERE p.tenant_id = a.tenant_id AND p.advocate_id = a.id AND p.state = 'completed'
             AND p.completed_at >= a.enrolled_at) AS at,
         (SELECT max(i.sent_at) FROM advocates_programinvitation i
           WHERE i.tenant_id = a.tenant_id AND i.advocate_id = a.id AND i.state = 'accepted'
         ) AS invited_at
    FROM advocates_advocate a
   WHERE a.tenant_id = %(tenant)s AND a.enrolled_at IS NOT NULL
)
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at - invited_at) / 86400)
         FILTER (WHERE invited_at <= at),
       count(*) FILTER (WHERE invited_at <= at),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at - enrolled_at) / 86400)
         FILTER (WHERE at IS NOT NULL),
       count(at), count(*)
  FROM first
"""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step: whether it is done, how one knows, and whether it is ticked by hand."""

    code: str
    label: str
    done: bool
    how: str = ""
    at: date | None = None
    by_hand: bool = False

    @property
    def can_be_ticked(self) -> bool:
        """Whether somebody can say so; the others follow from what is on record."""
        return self.code not in BY_FACT


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Somebody's checklist, with the days to their first activity; None where there is none yet."""

    lines: list[StepLine]
    first_at: datetime | None
    from_invitation: int | None
    from_enrolment: int | None

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(line.done for line in self.lines)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left."""
        return self.done == len(self.lines)


@dataclass(frozen=True, slots=True)
class FirstActivityTimes:
    """Medians in days, with how many people each rests on; of so many who joined (ENR-2.b)."""

    from_invitation: float | None
    invited: int
    from_enrolment: float | None
    enrolled: int
    joined: int


def first_steps_of(advocate: Advocate) -> FirstSteps:
    """The checklist of somebody in the program; seven statements."""
    marks = {
        mark.step: mark
        for mark in OnboardingMark.objects.select_related("by__user").filter(advocate=advocate)
    }
    facts = _facts(advocate)
    zone = advocate.tenant.zone
    lines = [_line(step, facts.get(step), marks.get(step), zone) for step in Step]
    first_at = _completed(advocate).values_list("completed_at", flat=True).first()
    invited_at = (
        ProgramInvitation.objects.filter(advocate=advocate, state=InvitationState.ACCEPTED)
        .values_list("sent_at", flat=True)
        .first()
    )
    return FirstSteps(
        lines, first_at, _days(invited_at, first_at), _days(advocate.enrolled_at, first_at)
    )


def first_activity_times() -> FirstActivityTimes:
    """Of everybody who ever joined, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_PERCENTILES, {"tenant": current_tenant_id()})
        invitation, invited, enrolment, enrolled, joined = cursor.fetchone()
    return FirstActivityTimes(invitation, invited, enrolment, enrolled, joined)


def shows_first_steps(advocate: Advocate) -> bool:
    """Whether the checklist is anybody's business: in the program."""
    return advocate.status in ENROLLED


def _facts(advocate: Advocate) -> dict[str, tuple[date | None, str]]:
    """Steps that follow from what is on record: since when, and what it is."""
    found: dict[str, tuple[date | None, str]] = {}
    zone = advocate.tenant.zone
    saved = (
        Event.objects.filter(subjects__subject_id=advocate.pk, verb="preferences.saved")
        .order_by("at")
        .values_list("at", flat=True)
        .first()
    )
    if saved:
        found[Step.PREFERENCES] = (
            saved.astimezone(zone).date(),
            _("saved on their page or for them"),
        )
    leave = leave_of(advocate)
    given = [
        row.given_on
        for row in leave.consents
        if row.use == ConsentUse.REFERENCE_POOL and leave.holds(row)
    ]
    if given:
        found[Step.CONSENT] = (min(given), _("to being asked"))
    low = _completed(advocate).filter(effort=Effort.LOW).select_related("activity_type").first()
    if low is not None and low.completed_at is not None:
        found[Step.FIRST_ACTIVITY] = (
            low.completed_at.astimezone(zone).date(),
            low.activity_type.name,
        )
    touch = Touch.objects.filter(advocate=advocate, kind=TouchKind.COMMUNITY).last()
    if touch is not None:
        found[Step.COMMUNITY] = (touch.happened_on, _("recorded as a touch"))
    return found


def _completed(advocate: Advocate) -> Any:
    """What they gave since they joined, the first first."""
    units = Participation.objects.filter(advocate=advocate, state=UnitState.COMPLETED)
    if advocate.enrolled_at is not None:
        units = units.filter(completed_at__gte=advocate.enrolled_at)
    return units.order_by("completed_at", "pk")


def _line(
    step: Step, fact: tuple[date | None, str] | None, mark: OnboardingMark | None, zone: ZoneInfo
) -> StepLine:
    label = str(step.label)
    if fact is not None:
        return StepLine(step.value, label, done=True, how=fact[1], at=fact[0])
    if mark is None or step in BY_FACT:
        return StepLine(step.value, label, done=False)
    how = mark.by.name if mark.by else _("said so themselves")
    at = mark.at.astimezone(zone).date()
    return StepLine(step.value, label, done=True, how=how, at=at, by_hand=True)


def _days(start: datetime | None, end: datetime | None) -> int | None:
    if start is None or end is None or end < start:
        return None
    return (end - start) // timedelta(days=1)
