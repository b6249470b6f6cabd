"""Reading a file's rows: the cells of each, and what is wrong with them (IMP-1, BAD-1)."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from advocates.external_ids import stored_id
from imports import values
from imports.blanks import EMPTIES, is_blank, is_error
from imports.encodings import UNKNOWN
from imports.habits import Habit
from imports.limits import Note
from imports.models import Line
from imports.registry import Column, Kind, Row
from imports.surveys import KEY, Remark, Survey

#: Readers of ids of other systems.
_IDS = (values.code, values.first_code)


def _read_as(read: Callable[..., Any], habit: Habit, cell: str) -> Any:
    return read(cell, habit)


class Reader:
    """Reads the rows of one file; ``remarks`` collects what is wrong with them."""

    def __init__(
        self,
        kind: Kind,
        places: Mapping[str, int],
        width: int,
        known: Survey,
        *,
        source: str = "",
    ) -> None:
        self.width = width
        self.known = known
        self.source = source
        self.remarks: list[Remark] = []
        self._readers: list[tuple[Column, int, Callable[[str], Any]]] = []
        for column in kind.columns:
            if column.field in places:
                read = column.read
                if habit := known.habits.get(column.field):
                    read = partial(_read_as, read, habit)
                self._readers.append((column, places[column.field], read))

    def read(self, line: Line) -> Row | None:
        """A row's values, or None with a remark for each cell that cannot be read."""
        row, good = self.look(line)
        return row if good else None

    def look(self, line: Line) -> tuple[Row, bool]:
        """Those of a row's values that can be read, and whether it may get in."""
        row = Row(line.number, {})
        good = not self._is_odd(line) and not self._too_wide(line)
        for column, place, read in self._readers if good else ():
            cell = line.cells[place] if place < len(line.cells) else ""
            if is_blank(cell):
                if column.required:
                    good = False
                    self._refuse(line, column.field, _("This is empty."), str(column.accepted))
                elif cell == EMPTIES and column.can_be_emptied:
                    row.values[column.field] = column.empty
                continue
            try:
                row.values[column.field] = self._value(line, column, read, cell)
            except values.Odd as odd:
                self._remark(line, column.field, odd.problem, odd.accepted)
            except values.BadValue as bad:
                good = False
                accepted = bad.accepted or str(column.accepted)
                self._refuse(line, column.field, bad.problem, accepted)
        return row, good and not self._repeated(line, row)

    def _value(self, line: Line, column: Column, read: Callable[[str], Any], cell: str) -> Any:
        if UNKNOWN in cell:
            raise values.BadValue(
                _("“%(cell)s” holds a character that cannot be read.") % {"cell": cell[:60]},
                _("Text in the encoding of the rest of the file."),
            )
        if is_error(cell):
            raise values.BadValue(
                _("The spreadsheet shows an error here: %(cell)s.") % {"cell": cell},
                _("A value, or nothing."),
            )
        value = read(cell)
        if isinstance(value, values.Noted):
            self._remark(line, column.field, value.problem, value.accepted)
            return value.value
        return stored_id(self.source, value) if column.read in _IDS else value

    def _is_odd(self, line: Line) -> bool:
        """Whether nobody can say what the cells are; a row that may have swallowed others gets in
        with a remark.
        """
        note = self.known.notes.get(line.number)
        if note == Note.QUOTES:
            self._refuse(
                line,
                "",
                _("A quotation mark closes in the middle of a cell."),
                _("A quotation mark within a quoted cell is written twice."),
            )
        elif note == Note.SWALLOWED:
            self._remark(
                line,
                "",
                _("A cell goes over several lines, and one of them looks like a row of its own."),
                _("A quotation mark at the end of each quoted cell."),
            )
        return note == Note.QUOTES

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
        first = self.known.first_rows.get(row.values.get(KEY, ""), line.number)
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

    def _remark(self, line: Line, name: str, problem: str, accepted: str) -> None:
        self.remarks.append(Remark(line.number, name, problem, accepted, True))
