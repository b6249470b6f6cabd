"""Service levels in the business hours of the tenant's calendar (REQ-2)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from advocacy.tenancy.calendar import BusinessCalendar
from advocates.models import ActivityType, Advocate
from advocates.people.choices import Seniority
from advocates.program.catalogue.choices import Effort
from requests.models import Request
from requests.requests.choices import RequestState

#: First human answer.
ANSWER_HOURS = 4
#: Fewer business days' notice than this is a rush.
RUSH_DAYS = 3
_CONFIRM_DAYS = {"reference_call": 2, "executive_reference_call": 5, "case_study": 20}
#: For types the spec names no figure for.
_CONFIRM_DAYS_BY_EFFORT = {Effort.LOW: 2, Effort.MODERATE: 5, Effort.HIGH: 20}
#: ASK-1, in business days: (reminder, expiry).
_PATIENCE = (1, 2)
_PATIENCE_EXECUTIVE = (2, 4)
#: Amber once so much of the time has gone.
_AMBER_FROM = 0.75

Tone = Literal["green", "amber", "red", "paused", "none"]


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """The promise that runs now: what is promised, until when, and how it stands."""

    promise: Literal["answer", "confirm", ""]
    due_at: datetime | None
    tone: Tone


def confirm_days(kind: ActivityType) -> int:
    """Business days within which a request of this type is confirmed."""
    return _CONFIRM_DAYS.get(kind.code, _CONFIRM_DAYS_BY_EFFORT[Effort(kind.effort)])


def is_rush(calendar: BusinessCalendar, now: datetime, needed_by: date) -> bool:
    """Whether fewer than three full business days are left before a date."""
    return calendar.add_days(now, RUSH_DAYS).astimezone(calendar.zone).date() > needed_by


def shifted(
    calendar: BusinessCalendar, due_at: datetime | None, paused_at: datetime, now: datetime
) -> datetime | None:
    """A due time after a pause: as much business time is left as when the clock stopped."""
    if due_at is None or due_at <= paused_at:
        return due_at
    return calendar.add_hours(now, calendar.hours_between(paused_at, due_at))


def answer_times(
    request: Request, advocate: Advocate, calendar: BusinessCalendar, now: datetime
) -> tuple[datetime | None, datetime]:
    """When an ask is reminded of and when it expires (ASK-1).

    Two business days, four for executives, or half the time left to needed-by if that is
    earlier; no reminder that would come after the end.
    """
    executive = advocate.seniority == Seniority.EXECUTIVE
    remind, expire = _PATIENCE_EXECUTIVE if executive else _PATIENCE
    expires_at = min(calendar.add_days(now, expire), now + (request.deadline - now) / 2)
    remind_at = calendar.add_days(now, remind)
    return (remind_at if remind_at < expires_at else None), expires_at


def service_level(request: Request, calendar: BusinessCalendar, now: datetime) -> ServiceLevel:
    """How a request stands against its promises; amber in the last quarter, red when late."""
    state = request.state
    if state == RequestState.NEEDS_INFO:
        return ServiceLevel("", None, "paused")
    if state == RequestState.SUBMITTED and request.answered_at is None:
        return _level("answer", request.submitted_at, request.answer_due_at, calendar, now)
    if state in (RequestState.SUBMITTED, RequestState.IN_REVIEW, RequestState.OUTREACH):
        return _level("confirm", request.submitted_at, request.confirm_due_at, calendar, now)
    return ServiceLevel("", None, "none")


def _level(
    promise: Literal["answer", "confirm"],
    since: datetime | None,
    due_at: datetime | None,
    calendar: BusinessCalendar,
    now: datetime,
) -> ServiceLevel:
    if since is None or due_at is None:
        return ServiceLevel("", None, "none")
    if now >= due_at:
        return ServiceLevel(promise, due_at, "red")
    whole = calendar.hours_between(since, due_at)
    left = calendar.hours_between(now, due_at)
    late = whole > 0 and left <= whole * (1 - _AMBER_FROM)
    return ServiceLevel(promise, due_at, "amber" if late else "green")
