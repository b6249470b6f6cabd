"""What only a whole column tells about its cells: how numbers and dates are written (IMP-1)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from imports import dates, numbers


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about a column: a sentence, and how to leave nothing to decide."""

    problem: str
    accepted: str


class Habit:
    """Looks at each cell of a column once, before any is read."""

    def see(self, cell: str) -> None:
        """Note what a cell tells."""
        raise NotImplementedError

    def decided(self) -> Iterator[Decided]:
        """What somebody should know about how the column is read."""
        raise NotImplementedError


@dataclass(slots=True)
class Marks(Habit):
    """Which mark stands before the decimals of a column.

    ``thousands``: what a mark before three digits is where nothing tells.
    """

    thousands: bool = True
    counts: Counter[str] = field(default_factory=Counter)
    #: The first cell that could be read both ways.
    doubtful: str = ""

    def see(self, cell: str) -> None:
        """Count the cells that can be read with one mark only."""
        if cell.isdecimal():
            return
        found = numbers.split(cell)
        if found is None:
            return
        values = numbers.readings(found.digits)
        if len(values) == 1:
            self.counts.update(values.keys())
        elif len(set(values.values())) == 2:
            self.doubtful = self.doubtful or cell

    @property
    def decimal(self) -> str | None:
        """The mark of most cells; None when nothing tells."""
        comma, dot = self.counts[","], self.counts["."]
        return None if comma == dot else "," if comma > dot else "."

    def read(self, digits: str) -> numbers.Decimal | None:
        """What digits with their marks are worth in this column; None for no number."""
        values = numbers.readings(digits)
        if len(values) < 2:
            return next(iter(values.values()), None)
        decimal = self.decimal
        if decimal is None:
            # In "1.500" a decimal dot is the smaller reading.
            return max(values.values()) if self.thousands else min(values.values())
        return values[decimal]

    def decided(self) -> Iterator[Decided]:
        """How cells were read that could be read both ways, unless the column tells."""
        if not self.doubtful or (self.decimal is not None and len(self.counts) == 1):
            return
        found = numbers.split(self.doubtful)
        value = self.read(found.digits) if found else None
        yield Decided(
            _("Numbers such as “%(cell)s” could be read both ways; it was read as %(value)s.")
            % {"cell": self.doubtful, "value": f"{value:f}"},
            _("Numbers such as 1500 or 1500.00."),
        )


@dataclass(slots=True)
class Percents(Marks):
    """A column of percentages, which may be written as shares: 0.75 instead of 75."""

    thousands: bool = False
    least: numbers.Decimal | None = None
    largest: numbers.Decimal = field(default_factory=numbers.Decimal)

    def see(self, cell: str) -> None:
        """Note the largest and the smallest positive value beside how numbers are written."""
        # Called by name: a dataclass with slots is another class than the one ``super`` knows.
        Marks.see(self, cell)
        found = numbers.split(cell)
        value = self.read(found.digits) if found else None
        if found is None or value is None:
            return
        if found.words:
            # A sign says it.
            self.largest = max(self.largest, numbers.Decimal(100))
        elif value > 0:
            self.largest = max(self.largest, value)
            self.least = value if self.least is None else min(self.least, value)

    @property
    def are_shares(self) -> bool:
        """Whether nothing is above one, and something below it."""
        return self.largest <= 1 and self.least is not None and self.least < 1

    def decided(self) -> Iterator[Decided]:
        """Also whether these are shares."""
        yield from Marks.decided(self)
        if self.are_shares:
            yield Decided(
                _("All of these are between 0 and 1; they were read as shares: 0.75 as 75 %."),
                _("A number from 0 to 100."),
            )


@dataclass(slots=True)
class Order(Habit):
    """Whether the day or the month comes first in a column's dates such as 03/04/2026."""

    #: How many dates can be read with the day, and with the month, first only.
    day: int = 0
    month: int = 0
    #: The first date that could be read both ways, and the first with a year of two digits.
    doubtful: str = ""
    short: str = ""

    def see(self, cell: str) -> None:
        """Count the dates that can be read one way only."""
        is_short = dates.has_short_year(cell)
        if is_short:
            self.short = self.short or cell
        found = dates.slashed(cell)
        if found is None:
            return
        first, second = found
        if first > 12 >= second:
            self.day += 1
        elif second > 12 >= first:
            self.month += 1
        elif first != second and not is_short:
            self.doubtful = self.doubtful or cell

    @property
    def day_first(self) -> bool | None:
        """The order of most; None when nothing tells."""
        return None if self.day == self.month else self.day > self.month

    def is_open(self, cell: str) -> bool:
        """Whether it could be several days: nothing tells the order, and the year has two digits,
        so that it could come first as well.
        """
        found = dates.slashed(cell)
        return (
            found is not None
            and self.day_first is None
            and dates.has_short_year(cell)
            and max(found) <= 12
        )

    def read(self, cell: str) -> dates.Read | None:
        """The date in a cell; None for none."""
        return dates.read(cell, day_first=bool(self.day_first))

    def decided(self) -> Iterator[Decided]:
        """How dates were read that could be read otherwise."""
        accepted = _("Dates such as 2026-11-23.")
        if self.doubtful and (self.day_first is None or min(self.day, self.month)):
            said = (
                _("These dates could be read both ways; they were read day first.")
                if self.day_first
                else _("These dates could be read both ways; they were read month first.")
            )
            yield Decided(said, accepted)
        if self.short and not self.is_open(self.short) and (found := self.read(self.short)):
            yield Decided(
                _("Years of two digits were completed: “%(cell)s” was read as %(day)s.")
                % {"cell": self.short, "day": found.day.isoformat()},
                accepted,
            )
