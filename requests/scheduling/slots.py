"""Times for a call: which to propose, and how they read (ASK-1, FUL-1)."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenancy.calendar import BusinessCalendar, calendar_of
from advocacy.web import formatting as words
from advocates.models import ActivityType, Advocate
from requests.models import Ask, AskSlot, Request
from requests.requests.levels import answer_times
from requests.requests.whereabouts import prospect_zone

#: How many times a draft proposes.
SLOTS = 3
#: Times of day that suit a call, in the order in which days try them.
_HOURS = (time(10), time(15), time(9, 30), time(14), time(11), time(16))
_PAUSE = timedelta(minutes=15)


class Span(Protocol):
    """Anything from one moment to another."""

    @property
    def starts_at(self) -> datetime:
        """When it begins."""

    @property
    def ends_at(self) -> datetime:
        """When it is over."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time proposed with an ask."""

    starts_at: datetime
    ends_at: datetime


def duration_of(kind: ActivityType) -> timedelta:
    """How long a slot lasts: all that the letter says it may take."""
    return timedelta(minutes=max(kind.minutes_high, 15))


def slot_words(slot: Span, zone: tzinfo) -> str:
    """A time as its reader sees it: "Thu 26 Nov, 10:00–10:30"."""
    start, end = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
    since, until = (time_format(moment.timetz(), "H:i") for moment in (start, end))
    return f"{words.day(start.date())}, {since}–{until}"


def zone_words(zone: ZoneInfo) -> str:
    """A time zone by its city: "Lisbon time"."""
    city = zone.key.rsplit("/", 1)[-1].replace("_", " ")
    return _("%(city)s time") % {"city": city}


def time_elsewhere(slot: Span, zone: tzinfo, other: tzinfo | None) -> str:
    """The same moment on another clock: "11:00", with the day where that is another one; nothing
    where both clocks show the same.
    """
    if other is None:
        return ""
    here, there = slot.starts_at.astimezone(zone), slot.starts_at.astimezone(other)
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return ""
    hour = time_format(there.timetz(), "H:i")
    return hour if here.date() == there.date() else f"{words.day(there.date())}, {hour}"


def free_slots(ask: Ask) -> list[AskSlot]:
    """Of the times an advocate ticked those that may still be picked: to come, and not taken by
    another call.
    """
    return free_slots_of([ask])[ask.pk]


def free_slots_of(asks: Collection[Ask]) -> dict[uuid.UUID, list[AskSlot]]:
    """:func:`free_slots` of several asks, in one look at the diaries."""
    now = clock.now()
    offered = {
        ask.pk: [slot for slot in ask.slots.all() if slot.offered and slot.starts_at > now]
        for ask in asks
    }
    ends = [slot.ends_at for slots in offered.values() for slot in slots]
    wanted = {ask.advocate_id for ask in asks if offered[ask.pk]}
    taken = _busy(wanted, now, max(ends)) if ends else {}
    return {
        ask.pk: [
            slot
            for slot in offered[ask.pk]
            if all(
                pk == ask.activity_id or slot.ends_at <= begins or slot.starts_at >= over
                for pk, begins, over in taken[ask.advocate_id]
            )
        ]
        for ask in asks
    }


def suggest_slots(
    request: Request, advocate: Advocate, *, count: int = SLOTS, until: datetime | None = None
) -> list[Slot]:
    """Free times from the next business day on, in the advocate's working hours, and in the
    prospect's where both are awake; before the day the answer is needed by, or ``until`` then.
    """
    calendar = calendar_of(request.tenant, advocate.zone)
    theirs = prospect_zone(request)
    prospect = calendar_of(request.tenant, theirs) if theirs else None
    now = clock.now()
    tomorrow = calendar.add_days(now, 1)
    latest = until or request.deadline
    # A time should not pass before the ask does; if that leaves none, from tomorrow on.
    _remind, expires_at = answer_times(request, advocate, calendar_of(request.tenant), now)
    busy = _busy([advocate.pk], tomorrow, latest)[advocate.pk]
    lasting = duration_of(request.activity_type)
    for earliest in (max(tomorrow, expires_at), tomorrow):
        for other in (prospect, None) if prospect else (None,):
            found = _free(calendar, other, earliest, latest, lasting, busy, count)
            if found:
                return found
    return []


def _free(
    calendar: BusinessCalendar,
    other: BusinessCalendar | None,
    earliest: datetime,
    latest: datetime,
    lasting: timedelta,
    busy: Sequence[tuple[uuid.UUID, datetime, datetime]],
    count: int,
) -> list[Slot]:
    """Two times a day at most, so that a choice is a choice."""
    found: list[Slot] = []
    day: date = earliest.astimezone(calendar.zone).date()
    while day <= latest.astimezone(calendar.zone).date() and len(found) < count:
        of_day = 0
        for hour in _HOURS:
            start = datetime.combine(day, hour, tzinfo=calendar.zone)
            end = start + lasting
            inside = calendar.is_open(start) and calendar.is_open(end - timedelta(minutes=1))
            if other is not None:
                inside = (
                    inside and other.is_open(start) and other.is_open(end - timedelta(minutes=1))
                )
            free = all(
                end + _PAUSE <= begins or start >= ends + _PAUSE for _pk, begins, ends in busy
            )
            apart = all(end <= slot.starts_at or start >= slot.ends_at for slot in found)
            if inside and free and apart and start >= earliest and end <= latest and of_day < 2:
                found.append(Slot(start, end))
                of_day += 1
        day += timedelta(days=1)
    return sorted(found, key=lambda slot: slot.starts_at)[:count]


def _busy(
    advocates: Collection[uuid.UUID], since: datetime, until: datetime
) -> dict[uuid.UUID, list[tuple[uuid.UUID, datetime, datetime]]]:
    """What stands in their diaries: the activity, from when, until when."""
    found: dict[uuid.UUID, list[tuple[uuid.UUID, datetime, datetime]]] = {
        pk: [] for pk in advocates
    }
    rows = Activity.objects.filter(
        advocate__in=advocates,
        state=ActivityState.SCHEDULED,
        starts_at__lt=until,
        ends_at__gt=since,
    ).values_list("advocate_id", "pk", "starts_at", "ends_at")
    for advocate, pk, starts_at, ends_at in rows:
        if starts_at and ends_at:
            found[advocate].append((pk, starts_at, ends_at))
    return found
