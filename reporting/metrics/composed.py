"""Numbers made of other numbers: every term is one of its own, with rows of its own (MET-5.b)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.db.models import IntegerField, QuerySet, Value

from advocacy.tenancy.models import Tenant
from reporting.metrics.definitions import Metric, Reading
from reporting.metrics.frame import Frame

#: What a term is to the number: worth, cost, or that by which it is divided.
Side = Literal["value", "cost", "by"]


@dataclass(frozen=True, slots=True)
class Term:
    """A metric that goes into a number, times a ``factor`` where there is one; a factor of 0 leaves
    it out.
    """

    metric: Metric
    side: Side
    factor: Callable[[], float] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A term as it was read: ``amount`` is what it gives, None where it gives nothing."""

    metric: Metric
    side: Side
    reading: Reading
    factor: float | None

    @property
    def amount(self) -> float | None:
        """Its value times its factor."""
        if self.reading.value is None or self.factor == 0:
            return None
        return self.reading.value * (1 if self.factor is None else self.factor)


def _none(_frame: Frame) -> QuerySet[Any]:
    """It has no rows but those of its terms."""
    return Tenant.objects.none().annotate(part=Value(None, output_field=IntegerField()))


def _unread(_rows: QuerySet[Any], _frame: Frame) -> Reading:
    return Reading(None, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed(Metric):
    """A number made of terms; ``make`` does it, and says what lacks where it cannot."""

    terms: tuple[Term, ...]
    make: Callable[[Sequence[Step]], Reading]
    rows: Callable[[Frame], QuerySet[Any]] = field(default=_none)
    sums: Callable[[QuerySet[Any], Frame], Reading] = field(default=_unread)

    def steps(self, frame: Frame) -> list[Step]:
        """Its terms over a frame; what not all of them can be narrowed by narrows none."""
        frame = self.of_all(frame)
        return [
            Step(each.metric, each.side, each.metric.read(frame), each.factor and each.factor())
            for each in self.terms
        ]

    def of_all(self, frame: Frame) -> Frame:
        """The frame without what the number itself is not told apart by."""
        asked = {"segment": "", "region": "", "team": "", "type": None, "among": None}
        wide: dict[str, Any] = {n: none for n, none in asked.items() if n not in self.paths}
        return replace(frame, of="", **wide)

    def is_of_segments(self, frame: Frame) -> bool:
        """Never: what is spent is not spent for some people."""
        return False

    def read(self, frame: Frame) -> Reading:
        """Its value over a frame: what its terms come to."""
        return self.make(self.steps(frame))


def _sum(steps: Sequence[Step], side: Side) -> float:
    return sum(step.amount or 0 for step in steps if step.side == side)


def _reading(steps: Sequence[Step], value: float | None, lacks: str = "", **more: Any) -> Reading:
    counted = sum(step.reading.counted for step in steps if step.side != "by")
    lost = tuple(each for step in steps for each in step.reading.left_out)
    return Reading(value, counted, left_out=lost, lacks=lacks, **more)


def total(steps: Sequence[Step]) -> Reading:
    """All costs together; nothing where none was written."""
    if all(step.amount is None for step in steps):
        return _reading(steps, None, "costs")
    return _reading(steps, _sum(steps, "cost"))


def cost_by(steps: Sequence[Step]) -> Reading:
    """Costs for each of what they are divided by; nothing without costs or without any of those."""
    cost, by = _sum(steps, "cost"), _sum(steps, "by")
    if not by:
        return _reading(steps, None, "divisor", numerator=cost, denominator=by)
    if not any(step.amount for step in steps if step.side == "cost"):
        return _reading(steps, None, "costs", numerator=cost, denominator=by)
    return _reading(steps, cost / by, numerator=cost, denominator=by)


def gain(steps: Sequence[Step]) -> Reading:
    """(value − cost) / cost; nothing without costs."""
    cost, value = _sum(steps, "cost"), _sum(steps, "value")
    if not cost:
        return _reading(steps, None, "costs", numerator=value, denominator=cost)
    return _reading(steps, (value - cost) / cost, numerator=value, denominator=cost)
