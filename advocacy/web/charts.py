"""Charts: numbers turned into the shapes that ``templates/components/chart_*.html`` draw as SVG.

Along the picture everything is a share of its width ("12.5%"), so that it fills whatever it stands
in while its words keep their size; upwards it is pixels. Shades are told apart by lightness, by
their order and by their words, never by hue alone; docs/design.md shows which chart is for what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from advocacy.web.shapes import (
    DASHES,
    FOOT,
    PLOT,
    SHADES,
    TOP,
    Mark,
    Rule,
    along,
    percent,
    pixels,
    rules,
    share,
    shown,
    spots,
    steps_to,
    up,
)

#: Per cent of the width that the words of the axis take.
AXIS = 8.0
#: Per cent of the width that a course takes; behind it stand the last values.
LINE = 84.0
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Series:
    """One part of every point: its words and its shade, a key of :data:`SHADES`."""

    label: str
    shade: int = 1

    @property
    def fill(self) -> str:
        """The colour where no style sheet is."""
        return SHADES[self.shade]

    @property
    def dash(self) -> str:
        """How its line is broken."""
        return DASHES[self.shade]


@dataclass(frozen=True, slots=True)
class Point:
    """One place along a chart: a month, a state, a kind. ``short`` is what fits below a bar,
    ``words`` what is said instead of the bare total, ``url`` where its rows are.
    """

    label: str
    values: Sequence[float]
    short: str = ""
    url: str = ""
    words: str = ""
    #: In a map of heat: what is said instead of each bare number, and where its rows are.
    each_words: Sequence[str] = ()
    each_url: Sequence[str] = ()

    @property
    def total(self) -> float:
        """All its parts."""
        return sum(self.values)

    @property
    def said(self) -> str:
        """The total in the reader's way of writing numbers."""
        return self.words or shown(self.total)

    @property
    def cells(self) -> list[str]:
        """Each part likewise."""
        return list(self.each_words) or [shown(value) for value in self.values]

    @property
    def addresses(self) -> Sequence[str]:
        """Where each part leads."""
        return self.each_url or [""] * len(self.values)


@dataclass(frozen=True, slots=True)
class Column:
    """One place of a chart of bars: what it is, its marks, and where its words stand."""

    point: Point
    tip: str
    middle: str
    left: str
    width: str
    top: str
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its path in a square of 100, and what it fills where it stands alone."""

    series: Series
    path: str
    area: str
    y: str
    last: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its words. ``title`` names it, ``note`` says what is counted and in which
    unit, ``over`` what the points are; ``goal`` is a line to reach, ``goal_words`` its name.
    """

    code: str
    title: str
    note: str
    over: str
    series: list[Series]
    points: list[Point]
    goal: float | None = None
    goal_words: str = ""
    #: Where rows are shares of something larger than the longest of them.
    whole: float | None = None

    @property
    def name(self) -> str:
        """What a screen reader calls the picture."""
        return f"{self.title}: {self.note}"

    @property
    def total(self) -> float:
        """Everything counted."""
        return sum(point.total for point in self.points)

    @property
    def said(self) -> str:
        """The total in the reader's way of writing numbers."""
        return shown(self.total)

    @property
    def longest(self) -> float:
        """The longest row; at least 1, so that it can be divided by."""
        return self.whole or max([1, *(point.total for point in self.points)])

    @property
    def leads(self) -> bool:
        """Whether any point has rows to open."""
        return any(point.url for point in self.points)

    # -- bars, one beside the other ----------------------------------------------------------------

    @property
    def height(self) -> int:
        """Of bars and lines, in pixels."""
        return TOP + PLOT + FOOT

    @property
    def plot(self) -> tuple[int, int]:
        """Where the picture itself begins, and how high it is."""
        return TOP, PLOT

    @property
    def foot(self) -> int:
        """Where the words below stand."""
        return self.height - 6

    @property
    def rules(self) -> list[Rule]:
        """The steps of the axis of bars, the lowest first."""
        return rules(self._top())

    @property
    def line_rules(self) -> list[Rule]:
        """Those of lines, which do not stand on each other."""
        return rules(self._line_top())

    @property
    def goal_rule(self) -> Rule | None:
        """The line to reach."""
        if self.goal is None:
            return None
        return Rule(up(self.goal, self._top()[-1]), self.goal_words)

    def _top(self) -> list[float]:
        return steps_to(max([self.goal or 0, *(point.total for point in self.points)]))

    def _line_top(self) -> list[float]:
        values = (value for point in self.points for value in point.values)
        return steps_to(max([self.goal or 0, *values]))

    @property
    def columns(self) -> list[Column]:
        """A bar a point, its parts on top of each other, the first at the bottom."""
        room = (100 - AXIS) / max(1, len(self.points))
        width, highest = min(room * 0.66, 9.0), self._top()[-1]
        found = []
        for place, point in enumerate(self.points):
            left = AXIS + place * room
            x, wide = share(left + (room - width) / 2), share(width)
            marks, below = [], 0.0
            for series, value in zip(self.series, point.values, strict=True):
                if value:
                    # A pixel of the ground stands between two parts.
                    top, bottom = pixels(below + value, highest), pixels(below, highest)
                    high = max(1.0, bottom - top - (1 if below else 0))
                    marks.append(Mark(series.shade, x, wide, f"{top:.1f}", f"{high:.1f}"))
                    below += value
            words_at = f"{pixels(below, highest) - 5:.1f}"
            middle = share(left + room / 2)
            column = Column(
                point, self.tip(point), middle, share(left), share(room), words_at, marks
            )
            found.append(column)
        return found

    def tip(self, point: Point) -> str:
        """A point in words: "March 2026: 5 (Low 2, High 3)"."""
        head = f"{point.label}: {point.said}"
        if len(self.series) < 2:
            return head
        parts = zip(self.series, point.cells, point.values, strict=True)
        inside = ", ".join(f"{series.label} {cell}" for series, cell, value in parts if value)
        return f"{head} ({inside})" if inside else head

    # -- lines -------------------------------------------------------------------------------------

    @property
    def lines(self) -> list[Line]:
        """A line a series; one alone also fills what is below it."""
        top = self._line_top()[-1]
        return [self._line(at, series, top) for at, series in enumerate(self.series)]

    @property
    def feet(self) -> list[tuple[str, str]]:
        """Where the words below a course stand, and which; few enough to stand apart."""
        step, every = LINE / max(1, len(self.points) - 1), ceil(len(self.points) / 12)
        named = list(enumerate(self.points))[::every]
        return [(share(AXIS + at * step), point.short) for at, point in named]

    def _line(self, at: int, series: Series, top: float) -> Line:
        values = [point.values[at] for point in self.points]
        found = spots(values, 0, top)
        path = "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in found)
        area = f"{path} L100,100 L0,100 Z" if len(self.series) == 1 else ""
        last = values[-1] if values else 0
        return Line(series, path, area, up(last, top), shown(last))

    # -- one line of parts, and rows of them -------------------------------------------------------

    @property
    def parts(self) -> list[tuple[Mark, Point, str]]:
        """The points as parts of one whole, each with its share in words."""
        marks = along([point.total for point in self.points], self.total, shades=(1, 2, 3, 0))
        return [
            (mark, point, percent(point.total / self.total))
            for mark, point in zip(marks, self.points, strict=True)
            if self.total
        ]

    @property
    def rows(self) -> list[tuple[Point, list[Mark], str]]:
        """Each point as a line of its parts, as long as it is much, and in words."""
        shades = [series.shade for series in self.series]
        return [
            (point, along(point.values, self.longest, shades=shades), self.tip(point))
            for point in self.points
        ]

    # -- a map of heat, and a line among words -----------------------------------------------------

    @property
    def heat(self) -> list[tuple[Point, list[tuple[int, str, str]]]]:
        """Each point's values as steps of 0 to 4 with their numbers and addresses."""
        values = [value for point in self.points for value in point.values]
        highest = max([1, self.whole or 0, *values])
        found = []
        for point in self.points:
            steps = [ceil(value / highest * (_STEPS - 1)) for value in point.values]
            found.append((point, list(zip(steps, point.cells, point.addresses, strict=True))))
        return found

    @property
    def spark(self) -> tuple[str, str, str, str]:
        """A path in a square of 100, its last spot, and the course in words."""
        values = [point.total for point in self.points]
        found = spots(values, min(values), max(values))
        path = "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in found)
        course = f"{self.points[0].short} {shown(values[0])} → {self.points[-1].short} "
        return path, f"{found[-1][0]:.1f}%", f"{found[-1][1]:.1f}%", course + shown(values[-1])
