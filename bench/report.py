"""Figures beside their floors, as a table people read and a test can read."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from time import perf_counter
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One figure and the floor of the same run.

    ``unit`` is ``/s`` (more is better), ``ms`` or ``kB`` (less is better).
    """

    what: str
    value: float
    floor: float
    unit: str
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times the floor's time it takes."""
        return self.floor / self.value if self.unit == "/s" else self.value / self.floor

    @property
    def row(self) -> str:
        """A row of the table."""
        return (
            f"| {self.what} | {_figure(self.value)} {self.unit} | {_figure(self.floor)} {self.unit}"
            f" | {self.ratio:.1f} × | {self.note} |"
        )


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def tell(title: str, lines: Iterable[Line]) -> None:
    """Print a table in Markdown, each row as soon as it is measured."""
    print(f"\n### {title}\n\n| what | measured | floor | ratio | |\n|---|---:|---:|---:|---|")
    for line in lines:
        print(line.row, flush=True)


def least(
    work: Callable[[], Any], rounds: int, within: Callable[[], AbstractContextManager[Any]]
) -> float:
    """The shortest of some runs, in milliseconds; each in a context of its own that is not timed.

    Other work on the machine only ever adds time, so the least is nearest to the truth.
    """
    return min(_once(work, within) for _round in range(rounds))


def _once(work: Callable[[], Any], within: Callable[[], AbstractContextManager[Any]]) -> float:
    with within():
        start = perf_counter()
        work()
        return (perf_counter() - start) * 1000
