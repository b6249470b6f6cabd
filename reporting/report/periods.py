"""Months and quarters of the calendar, as a report is about them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.tenancy.models import Tenant
from advocacy.web.formatting import month
from advocates.models import SavedSegment
from reporting.metrics.frame import Frame


class Every(models.TextChoices):
    """How long a report looks back, and how often it comes."""

    MONTH = "month", gettext_lazy("Every month")
    QUARTER = "quarter", gettext_lazy("Every quarter")


_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3}


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a quarter by its first day."""

    every: Every
    first: date

    @classmethod
    def holding(cls, every: Every, day: date) -> Self:
        """The one a day lies in."""
        long = _MONTHS[every]
        return cls(every, date(day.year, (day.month - 1) // long * long + 1, 1))

    @classmethod
    def last_whole(cls, every: Every, tenant: Tenant) -> Self:
        """The newest one that is over."""
        return cls.holding(every, clock.today(tenant.zone)).before()

    @classmethod
    def asked(cls, every: str, since: str, tenant: Tenant) -> Self:
        """What an address asks for; the last whole quarter without a word that makes sense."""
        known = Every(every) if every in Every.values else Every.QUARTER
        try:
            day = date.fromisoformat(since)
        except ValueError:
            return cls.last_whole(known, tenant)
        return cls.holding(known, min(max(day, date(2000, 4, 1)), date(2099, 9, 30)))

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after().first - timedelta(days=1)

    @property
    def name(self) -> str:
        """ "March 2026", "Quarter 1, 2026"."""
        if self.every == Every.MONTH:
            return month(self.first)
        words = {"number": (self.first.month + 2) // 3, "year": self.first.year}
        return _("Quarter %(number)d, %(year)d") % words

    def before(self) -> Self:
        """The one before it."""
        return self._moved(-1)

    def after(self) -> Self:
        """The one after it."""
        return self._moved(1)

    def frame(self, tenant: Tenant, among: SavedSegment | None = None) -> Frame:
        """Its days of a tenant's calendar, of a saved segment where one is said."""
        return Frame(tenant, self.first, self.last, among=among)

    def year_up_to(self, tenant: Tenant, among: SavedSegment | None = None) -> Frame:
        """The twelve months that end with it."""
        last = self.last
        after = last + timedelta(days=1)
        return Frame(tenant, date(after.year - 1, after.month, 1), last, among=among)

    def _moved(self, count: int) -> Self:
        months = self.first.year * 12 + self.first.month - 1 + count * _MONTHS[self.every]
        return type(self)(self.every, date(months // 12, months % 12 + 1, 1))
