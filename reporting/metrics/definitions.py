"""What a number is: its meaning, its rows, and how these are summed up (MET-6)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.db.models import Count, QuerySet, Sum
from django.utils.functional import Promise

from advocacy.tenancy.models import Tenant
from advocacy.tenant_settings.reading import current
from benefits.thanks.settings import Thanking
from reporting.metrics.among import narrowed, path_in
from reporting.metrics.frame import Frame
from reporting.settings import Measuring

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a breakdown: what it stands for, how much, and of what it is made."""

    key: str
    total: float
    parts: dict[str, float]


@dataclass(frozen=True, slots=True)
class Group:
    """One side of a comparison: how many rows, and its own rate or length."""

    key: str
    counted: int
    value: float | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that could not be counted, and what they lack: a rate for a currency, an amount, a
    date; or the segment that was asked for, since they are for all.
    """

    lacks: str
    count: int
    currency: str = ""
    #: What they come to in the base currency, where that is known.
    amount: float | None = None
    #: What the rows are, in words of ``words.left_out_of``: a deal or a cost.
    of: str = "deal"


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric's value. ``value`` is None when nothing happened that could be measured, or too
    little to tell (``too_few``); ``parts`` what it is made of, for a metric that has such.

    ``low`` and ``high`` are its interval of 95 of 100, where it is a rate or a difference.
    """

    value: float | None
    counted: int
    parts: list[Bar] | None = None
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    groups: tuple[Group, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    too_few: bool = False
    #: Without what a number made of terms cannot be told: costs, or what they are divided by.
    lacks: str = ""


#: Where a filter finds its value in the rows; None: ``rows`` itself sees to it.
Paths = Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """What a number means and how it comes about.

    ``unit``      ``share`` (0 to 1), ``hours``, ``days``, ``business_days``, ``count``, ``money``
                  (in the base currency), ``difference`` (0.15 is 15 % more) or ``return`` (1.5: for
                  each unit of money one and a half came back beyond it)
    ``target``    in the same unit; ``higher_is_better`` says which side of it is good
    ``dated``     in words, which day of a row decides about the period
    ``source``    in words, what the rows are
    ``rows``      those behind the number, each with ``part``: what it gives to it, None where it
                  is left out
    ``sums``      what is made of the rows
    ``paths``     the dimensions it can be filtered by
    ``undated``   rows that would count if they had the day that decides; they are said, never
                  guessed
    ``may``       the action of the matrix that shows it
    """

    code: str
    name: Text
    formula: Text
    unit: str
    days: int
    source: Text
    dated: Text
    rows: Callable[[Frame], QuerySet[Any]]
    sums: Callable[[QuerySet[Any], Frame], Reading]
    paths: Paths = field(default_factory=dict)
    target: float | None = None
    higher_is_better: bool = True
    undated: Callable[[Frame], QuerySet[Any]] | None = None
    may: str = "metrics.view"
    #: Rows for everybody that a segment leaves out, which has to be said.
    for_all: Callable[[Frame], QuerySet[Any]] | None = None
    #: Its rows of one part of what it is taken apart by, ``frame.of``.
    pick: Callable[[QuerySet[Any], Frame], QuerySet[Any]] | None = None
    #: Whether an earlier period can be read at all: not of what is only known as it is now.
    has_past: bool = True

    @property
    def dimensions(self) -> list[str]:
        """By what it can be filtered, besides the period."""
        return [name for name in ("segment", "region", "type", "team") if name in self.paths]

    def not_told_by(self, frame: Frame) -> list[str]:
        """What a frame asks for by which this number is not told apart, so that it is of all."""
        names = ("segment", "region", "type", "team")
        found = [name for name in names if getattr(frame, name) and name not in self.paths]
        if frame.among is not None and not self.is_of_segments(frame):
            found.append("in_segment")
        return found

    def is_of_segments(self, frame: Frame) -> bool:
        """Whether the people or accounts of the frame's saved segment are found in its rows."""
        if frame.among is None:
            return False
        return bool(path_in(self.rows(frame).model, self.paths.get("segment"), frame.among))

    def of_tenant(self) -> Self:
        """With the tenant's own target and period."""
        numbers, thanking = current(Measuring), current(Thanking)
        own: dict[str, dict[str, float]] = {
            "thanked_in_time": {
                "target": thanking.on_time_percent / 100,
                "days": thanking.on_time_days,
            },
            "time_to_fill": {
                "target": numbers.time_to_fill_hours,
                "days": numbers.time_to_fill_days,
            },
            "business_time_to_fill": {
                "target": numbers.fill_business_days,
                "days": numbers.time_to_fill_days,
            },
            "ask_acceptance": {"days": numbers.ask_acceptance_days},
            "busiest_tenth": {"target": numbers.busiest_percent / 100},
        }
        return replace(self, **own.get(self.code, {}))  # type: ignore[arg-type]

    def frame(self, tenant: Tenant) -> Frame:
        """Its own period, up to today."""
        return Frame.of_last(tenant, self.days)

    def behind(self, frame: Frame) -> QuerySet[Any]:
        """The rows it is made of."""
        return self._narrowed(self.rows(frame), frame)

    def without_day(self, frame: Frame) -> QuerySet[Any] | None:
        """The rows that no period holds, None where there can be none."""
        return self._narrowed(self.undated(frame), frame) if self.undated else None

    def read(self, frame: Frame) -> Reading:
        """Its value over a frame: what its rows sum up to."""
        reading = self.sums(self.behind(frame), frame)
        if self.for_all and frame.segment:
            common = self.for_all(frame).aggregate(count=Count("pk"), total=Sum("part"))
            if common["count"]:
                said = LeftOut(
                    "segment", common["count"], of="cost", amount=float(common["total"] or 0)
                )
                reading = replace(reading, left_out=(*reading.left_out, said))
        lost = self.without_day(frame)
        if lost is not None and (count := lost.count()):
            left_out = (*reading.left_out, LeftOut("day", count))
            reading = replace(reading, left_out=left_out)
        return reading

    def now(self, tenant: Tenant) -> Reading:
        """The reading over the metric's own period, up to this moment."""
        return self.read(self.frame(tenant))

    def _narrowed(self, rows: QuerySet[Any], frame: Frame) -> QuerySet[Any]:
        wanted = {
            path: getattr(frame, name)
            for name, path in self.paths.items()
            if path is not None and getattr(frame, name)
        }
        rows = rows.filter(**wanted) if wanted else rows
        if frame.among is not None:
            rows = narrowed(rows, self.paths.get("segment"), frame.among)
        return self.pick(rows, frame) if self.pick and frame.of else rows


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A number taken apart: what each part counts and over which period."""

    code: str
    name: Text
    formula: Text
    read: Callable[[Frame], list[Bar]]
    days: int = 365
    may: str = "metrics.view"
