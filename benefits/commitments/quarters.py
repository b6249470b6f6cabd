"""Quarters of a calendar year."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months; ``starts_on`` and ``ends_on`` belong to it."""

    starts_on: date

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The one a day lies in."""
        return cls(day.replace(month=(day.month - 1) // _MONTHS * _MONTHS + 1, day=1))

    def moved(self, by: int) -> "Quarter":
        """So many quarters later; before it where ``by`` is negative."""
        months = self.starts_on.year * 12 + self.starts_on.month - 1 + by * _MONTHS
        return Quarter(date(months // 12, months % 12 + 1, 1))

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.moved(1).starts_on - timedelta(days=1)

    @property
    def number(self) -> int:
        """1 to 4."""
        return (self.starts_on.month - 1) // _MONTHS + 1

    def __str__(self) -> str:
        return _("quarter %(number)d of %(year)d") % {
            "number": self.number,
            "year": self.starts_on.year,
        }
