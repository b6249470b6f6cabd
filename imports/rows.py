"""From a row's cells to its values, with a remark for whatever cannot be read (IMP-1, BAD-1)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from imports import values
from imports.models import Line
from imports.registry import Column, Kind, Row

#: The field that says which record a row is.
KEY = "external_id"


class Remark(NamedTuple):
    """What is to be said about a cell, and whether its row gets in nevertheless."""

    number: int
    field: str
    problem: str
    accepted: str
    got_in: bool


@dataclass(slots=True)
class Survey:
    """What only the whole file tells: ids that stand in it twice, and how its dates are written."""

    #: Id → row it stands in first, for ids that stand in several.
    first_rows: dict[str, int] = field(default_factory=dict)
    #: Date field → whether the day comes first in 03/04/2026; None when nothing tells.
    day_first: dict[str, bool | None] = field(default_factory=dict)
    slashed: set[str] = field(default_factory=set)

    @property
    def remarks(self) -> list[Remark]:
        """What is to be said about the file as a whole, at its headings."""
        return [
            Remark(
                1,
                name,
                _("These dates could be read both ways; they were read month first."),
                _("Dates such as 2026-11-23."),
                True,
            )
            for name in sorted(self.slashed)
            if self.day_first[name] is None
        ]


def survey(kind: Kind, places: Mapping[str, int], chunks: Iterable[list[Line]]) -> Survey:
    """Walk a file once before its rows are read."""
    found = Survey()
    days = {
        column.field: places[column.field]
        for column in kind.columns
        if column.read is values.day and column.field in places
    }
    found.day_first = dict.fromkeys(days)
    key, seen = places.get(KEY), dict[str, int]()
    for lines in chunks:
        for name, place in days.items():
            if found.day_first[name] is None:
                cells = [line.cells[place] for line in lines if place < len(line.cells)]
                found.day_first[name] = values.day_comes_first(cells)
                if values.has_slashes(cells):
                    found.slashed.add(name)
        if key is None:
            continue
        for line in lines:
            cell = line.cells[key] if key < len(line.cells) else ""
            if cell and (first := seen.setdefault(cell, line.number)) != line.number:
                found.first_rows[cell] = first
    return found


class Reader:
    """Reads the rows of one file; ``remarks`` collects what is wrong with them."""

    def __init__(self, kind: Kind, places: Mapping[str, int], width: int, known: Survey) -> None:
        self.width = width
        self.first_rows = known.first_rows
        self.remarks: list[Remark] = []
        self._readers: list[tuple[Column, int, Callable[[str], Any]]] = []
        for column in kind.columns:
            if column.field in places:
                read = column.read
                if read is values.day:
                    read = partial(values.day, day_first=bool(known.day_first[column.field]))
                self._readers.append((column, places[column.field], read))

    def read(self, line: Line) -> Row | None:
        """A row's values, or None with a remark for each cell that cannot be read."""
        row, good = self.look(line)
        return row if good else None

    def look(self, line: Line) -> tuple[Row, bool]:
        """Those of a row's values that can be read, and whether it may get in."""
        row = Row(line.number, {})
        good = not self._too_wide(line)
        for column, place, read in self._readers if good else ():
            cell = line.cells[place] if place < len(line.cells) else ""
            if not cell:
                if column.required:
                    good = False
                    self._refuse(line, column.field, _("This is empty."), str(column.accepted))
                continue
            try:
                row.values[column.field] = read(cell)
            except values.Odd as odd:
                self.remarks.append(
                    Remark(line.number, column.field, odd.problem, odd.accepted, True)
                )
            except values.BadValue as bad:
                good = False
                accepted = bad.accepted or str(column.accepted)
                self._refuse(line, column.field, bad.problem, accepted)
        return row, good and not self._repeated(line, row)

    def _too_wide(self, line: Line) -> bool:
        if len(line.cells) <= self.width:
            return False
        self._refuse(
            line,
            "",
            _("The row has %(cells)d cells under %(headings)d headings.")
            % {"cells": len(line.cells), "headings": self.width},
            _("Text that contains the separator needs quotes around it."),
        )
        return True

    def _repeated(self, line: Line, row: Row) -> bool:
        """Two rows for one record would undo each other on every run: the first one counts."""
        first = self.first_rows.get(row.values.get(KEY, ""), line.number)
        if first == line.number:
            return False
        self._refuse(
            line,
            KEY,
            _("This id stands in row %(row)d already.") % {"row": first},
            _("One row per record."),
        )
        return True

    def _refuse(self, line: Line, name: str, problem: str, accepted: str) -> None:
        self.remarks.append(Remark(line.number, name, problem, accepted, False))
