"""What a number is asked over: days of the tenant's own calendar, and part of the program."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Self
from uuid import UUID

from advocacy import clock
from advocacy.tenancy.models import Tenant
from advocates.models import SavedSegment


@dataclass(frozen=True, slots=True)
class Frame:
    """From the beginning of ``first`` to the end of ``last``, in the tenant's time zone; for a
    segment, a region, an activity type or a team, where these are said; ``among`` are the people or
    accounts of a saved segment (SEG-1.b).
    """

    tenant: Tenant
    first: date
    last: date
    segment: str = ""
    region: str = ""
    type: UUID | None = None
    team: str = ""
    among: SavedSegment | None = None
    #: One part of a number that is taken apart: a kind, an effort, a source (``Metric.pick``).
    of: str = ""

    @classmethod
    def of_last(cls, tenant: Tenant, days: int) -> Self:
        """So many days up to today, which counts as one of them."""
        today = clock.today(tenant.zone)
        return cls(tenant, today - timedelta(days=days - 1), today)

    @property
    def days(self) -> int:
        """How long it is."""
        return (self.last - self.first).days + 1

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), tzinfo=self.tenant.zone)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), tzinfo=self.tenant.zone)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From when until before when."""
        return self.start, self.end

    def before(self) -> Self:
        """As many days just before it."""
        last = self.first - timedelta(days=1)
        return replace(self, first=last - timedelta(days=self.days - 1), last=last)

    def days_of(self, column: str) -> dict[str, date]:
        """For ``filter``: rows whose date lies in it."""
        return {f"{column}__gte": self.first, f"{column}__lte": self.last}

    def moments_of(self, column: str) -> dict[str, datetime]:
        """For ``filter``: rows whose moment lies in it."""
        return {f"{column}__gte": self.start, f"{column}__lt": self.end}


def day_length(tenant: Tenant) -> timedelta:
    """How long a business day is."""
    starts, ends = (
        timedelta(hours=each.hour, minutes=each.minute)
        for each in (
            time.fromisoformat(str(edge)) for edge in (tenant.work_starts, tenant.work_ends)
        )
    )
    return ends - starts
