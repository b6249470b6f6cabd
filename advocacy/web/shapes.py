"""What charts are drawn of: shades, marks, scales, and the numbers beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from django.utils.formats import number_format

#: Strong to faint, and the grey of a rest; the colours where no style sheet is (a file, a PDF).
SHADES = {1: "#3a57c4", 2: "#8b9fe6", 3: "#cfd8f7", 0: "#dcdee4"}
#: The dashes that tell lines apart, in the order of their shades.
DASHES = {1: "none", 2: "7 4", 3: "2 4", 0: "1 6"}
#: Pixels: room for the words above the highest mark, the picture itself, the words below.
TOP, PLOT, FOOT = 20, 150, 24


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle, or a part of a line of rectangles."""

    shade: int
    x: str
    width: str
    y: str = "0"
    height: str = "0"

    @property
    def fill(self) -> str:
        """The colour where no style sheet is."""
        return SHADES[self.shade]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across with its words: a step of the axis, or the goal."""

    y: str
    words: str


@dataclass(frozen=True, slots=True)
class Pace:
    """How far something is on a scale from 0 to ``whole``, beside a goal or a range to be in."""

    value: float
    whole: float
    words: str
    goal: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def width(self) -> str:
        """How far the bar goes."""
        return self._at(self.value)

    @property
    def goal_at(self) -> str:
        """Where the goal stands; nothing without one."""
        return self._at(self.goal) if self.goal is not None else ""

    @property
    def range_at(self) -> tuple[str, str] | None:
        """Where the range begins, and how wide it is."""
        if self.low is None or self.high is None:
            return None
        return self._at(self.low), share(100 * (self.high - self.low) / self.whole)

    def _at(self, value: float) -> str:
        return share(min(100.0, max(0.0, 100 * value / self.whole)))


def along(values: Iterable[float], whole: float, *, shades: Sequence[int]) -> list[Mark]:
    """Values one after the other along a line of which ``whole`` is all."""
    marks, start = [], 0.0
    for at, value in enumerate(values):
        width = 100 * value / whole if whole else 0
        marks.append(Mark(shades[min(at, len(shades) - 1)], share(start), share(width)))
        start += width
    return marks


def steps_to(highest: float) -> list[float]:
    """From 0 in three to five round steps to at least ``highest``; whole numbers."""
    rough = max(highest, 1) / 4
    size = 10.0 ** floor(log10(rough))
    step = max(1.0, next(size * n for n in (1, 2, 5, 10) if size * n >= rough))
    return [step * n for n in range(ceil(max(highest, 1) / step) + 1)]


def shown(value: float) -> str:
    """A number as the reader writes it; parts of one only where it has some."""
    places = 0 if value == int(value) else 1
    return number_format(round(value, places), places, force_grouping=True)


def percent(value: float, digits: int = 0) -> str:
    """``0.974`` as "97 %"."""
    return f"{number_format(round(value * 100, digits), decimal_pos=digits)} %"


def share(value: float) -> str:
    """A length along the picture; an attribute is written the same in every language."""
    return f"{value:.2f}%"


def spots(values: Sequence[float], low: float, high: float) -> list[tuple[float, float]]:
    """Values from ``low`` to ``high`` as spots in a square of 100, the first at the left."""
    span = (high - low) or 1
    step = 100 / max(1, len(values) - 1)
    return [(at * step, 100 - 100 * (value - low) / span) for at, value in enumerate(values)]


def pixels(value: float, highest: float) -> float:
    """How far below the top of a picture a value lies, in pixels."""
    return TOP + PLOT * (1 - value / highest)


def up(value: float, highest: float) -> str:
    """The same, as an attribute."""
    return f"{pixels(value, highest):.1f}"


def rules(steps: Sequence[float]) -> list[Rule]:
    """The lines across at some steps, the last of them at the top."""
    return [Rule(up(step, steps[-1]), shown(step)) for step in steps]
