"""Service levels in the business hours of the tenant's calendar (REQ-2)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from advocacy.tenancy.calendar import BusinessCalendar
from advocacy.tenant_settings.reading import current
from advocacy.tenant_settings.settings import settings_of
from advocates.models import ActivityType, Advocate
from advocates.people.choices import Seniority
from advocates.program.catalogue.choices import Effort
from requests.asks.settings import Asking
from requests.models import Request
from requests.requests.choices import RequestState
from requests.requests.settings import Promises

#: Types with a promise of their own; the others go by effort.
_OWN = frozenset(each.key for each in settings_of(Promises)) - {
    f"confirm_{effort}" for effort in Effort.values
}

_PROMISED = (RequestState.SUBMITTED, RequestState.IN_REVIEW, RequestState.OUTREACH)

Tone = Literal["green", "amber", "red", "paused", "none"]


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """The promise that runs now: what is promised, until when, and how it stands."""

    promise: Literal["answer", "confirm", ""]
    due_at: datetime | None
    tone: Tone


def confirm_days(kind: ActivityType) -> int:
    """Business days within which a request of this type is confirmed."""
    promises = current(Promises)
    own = f"confirm_{kind.code}"
    days: int = getattr(promises, own if own in _OWN else f"confirm_{kind.effort}")
    return days


def is_rush(calendar: BusinessCalendar, now: datetime, needed_by: date) -> bool:
    """Whether fewer full business days are left before a date than the tenant wants."""
    days = current(Promises).rush_business_days
    return calendar.add_days(now, days).astimezone(calendar.zone).date() > needed_by


def shifted(
    calendar: BusinessCalendar, due_at: datetime | None, paused_at: datetime, now: datetime
) -> datetime | None:
    """A due time after a pause: as much business time is left as when the clock stopped."""
    if due_at is None or due_at <= paused_at:
        return due_at
    return calendar.add_hours(now, calendar.hours_between(paused_at, due_at))


def stood_until(since: datetime, other: datetime | None, now: datetime) -> datetime:
    """Until when a standstill that ends now counts, while another began at ``other`` and goes on:
    what both have in common is left to the other.
    """
    return now if other is None else max(since, min(other, now))


def answer_times(
    request: Request, advocate: Advocate, calendar: BusinessCalendar, now: datetime
) -> tuple[datetime | None, datetime]:
    """When an ask is reminded of and when it expires (ASK-1).

    Some business days, more for executives, or a share of the time left to needed-by if that is
    earlier; no reminder that would come after the end.
    """
    asking = current(Asking)
    remind, expire = asking.reminder_business_days, asking.expiry_business_days
    if advocate.seniority == Seniority.EXECUTIVE:
        remind = asking.executive_reminder_business_days
        expire = asking.executive_expiry_business_days
    latest = now + (request.deadline - now) * asking.share_of_time_percent / 100
    expires_at = min(calendar.add_days(now, expire), latest)
    remind_at = calendar.add_days(now, remind)
    return (remind_at if remind_at < expires_at else None), expires_at


def service_level(request: Request, calendar: BusinessCalendar, now: datetime) -> ServiceLevel:
    """How a request stands against its promises; amber near the end, red when late."""
    state = request.state
    if state == RequestState.NEEDS_INFO or (request.approval_since and state in _PROMISED):
        return ServiceLevel("", None, "paused")
    if state == RequestState.SUBMITTED and request.answered_at is None:
        return _level("answer", request.submitted_at, request.answer_due_at, calendar, now)
    if state in _PROMISED:
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
    late = whole > 0 and left <= whole * (1 - current(Promises).amber_percent / 100)
    return ServiceLevel(promise, due_at, "amber" if late else "green")
