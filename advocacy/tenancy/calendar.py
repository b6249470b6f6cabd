"""Business time: the tenant's working hours and holidays (REQ-2, ASK-1, THX-2)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from advocacy.tenancy.models import Holiday, Tenant

#: A calendar with no working hour in this many days is a mistake in the settings.
_HORIZON_DAYS = 400


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """Working hours in one time zone. ``work_days`` are ISO weekdays (Monday is 1)."""

    zone: ZoneInfo
    work_days: Collection[int] = (1, 2, 3, 4, 5)
    starts: time = time(9)
    ends: time = time(17)
    holidays: Collection[date] = field(default_factory=frozenset)

    def is_work_day(self, day: date) -> bool:
        """Whether anybody works on a date."""
        return day.isoweekday() in self.work_days and day not in self.holidays

    def _hours(self, day: date) -> tuple[datetime, datetime]:
        """A day's working hours as instants; in UTC, so that subtraction counts elapsed time."""
        return (
            datetime.combine(day, self.starts, tzinfo=self.zone).astimezone(UTC),
            datetime.combine(day, self.ends, tzinfo=self.zone).astimezone(UTC),
        )

    def is_open(self, moment: datetime) -> bool:
        """Whether a moment lies within working hours."""
        day = moment.astimezone(self.zone).date()
        opens, closes = self._hours(day)
        return self.is_work_day(day) and opens <= moment < closes

    def add_hours(self, start: datetime, hours: float) -> datetime:
        """The moment at which so many business hours have passed since ``start``."""
        left = timedelta(hours=hours)
        day = start.astimezone(self.zone).date()
        for _ in range(_HORIZON_DAYS):
            if self.is_work_day(day):
                opens, closes = self._hours(day)
                begin = max(opens, start.astimezone(UTC))
                if begin < closes:
                    if left <= closes - begin:
                        return begin + left
                    left -= closes - begin
            day += timedelta(days=1)
        raise ValueError("the business calendar has no working hours")

    def add_days(self, start: datetime, days: int) -> datetime:
        """So many full business days later: as many working days' worth of hours."""
        opens, closes = self._hours(start.astimezone(self.zone).date())
        return self.add_hours(start, days * (closes - opens).total_seconds() / 3600)

    def days_before(self, end: datetime, days: int) -> datetime:
        """The latest moment from which so many full business days have passed by ``end``."""
        opens, closes = self._hours(end.astimezone(self.zone).date())
        left = days * (closes - opens)
        day = end.astimezone(self.zone).date()
        for _ in range(_HORIZON_DAYS):
            if self.is_work_day(day):
                opens, closes = self._hours(day)
                until = min(closes, end.astimezone(UTC))
                if until > opens:
                    if left <= until - opens:
                        return until - left
                    left -= until - opens
            day -= timedelta(days=1)
        raise ValueError("the business calendar has no working hours")

    def hours_between(self, start: datetime, end: datetime) -> float:
        """Business hours that pass from ``start`` to ``end``; 0 when ``end`` is not later."""
        total = timedelta()
        day, last = (moment.astimezone(self.zone).date() for moment in (start, end))
        while day <= last:
            if self.is_work_day(day):
                opens, closes = self._hours(day)
                total += max(
                    min(closes, end.astimezone(UTC)) - max(opens, start.astimezone(UTC)),
                    timedelta(),
                )
            day += timedelta(days=1)
        return total.total_seconds() / 3600

    def latest_open_before(self, moment: datetime) -> datetime:
        """``moment`` itself within working hours, else the close of the working time before it."""
        if self.is_open(moment):
            return moment
        day = moment.astimezone(self.zone).date()
        for _ in range(_HORIZON_DAYS):
            if self.is_work_day(day):
                _opens, closes = self._hours(day)
                if closes <= moment:
                    return closes
            day -= timedelta(days=1)
        raise ValueError("the business calendar has no working hours")


def calendar_of(tenant: Tenant, zone: ZoneInfo | None = None) -> BusinessCalendar:
    """The tenant's business calendar, optionally in one person's time zone. Needs the scope."""
    return BusinessCalendar(
        zone=zone or tenant.zone,
        work_days=tuple(tenant.work_days),
        starts=tenant.work_starts,
        ends=tenant.work_ends,
        holidays=frozenset(Holiday.objects.values_list("day", flat=True)),
    )
