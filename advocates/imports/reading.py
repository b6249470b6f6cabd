"""From bytes to rows: encodings, delimiters, workbooks, and limits that say so (IMP-1, BAD-1)."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from advocacy.tenancy.errors import DomainError
from advocacy.web.cells import unguarded
from advocates.models.imports import Line

MAX_BYTES = 25 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 500
#: A workbook is a compressed archive; more than this unpacked is no list of customers.
MAX_UNPACKED = 400 * 1024 * 1024
_DELIMITERS = ",;\t|"
#: Begins the headings of columns that a file of rejected rows adds; they are not read back.
OWN_MARK = "»"


class Unreadable(DomainError):
    """The file as a whole cannot be read; the sentence says why and what can be."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's headings and its rows, which can be walked once."""

    name: str
    headings: list[str]
    lines: Iterator[Line]


def read_sheet(name: str, data: bytes) -> Sheet:
    """The rows of a CSV file or of a workbook's first sheet.

    Raises :class:`Unreadable` for anything else, and for a file beyond the limits; what is wrong
    further down is raised while the rows are walked.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            _("%(file)s is larger than %(limit)d MB; split it.")
            % {"file": name, "limit": MAX_BYTES // 1024 // 1024}
        )
    if data[:4] == b"PK\x03\x04":
        rows = _workbook(name, data)
    elif data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable(
            _("%(file)s is an old Excel file; save it as .xlsx or CSV.") % {"file": name}
        )
    else:
        rows = _csv(name, data)
    return _sheet(name, rows)


def _sheet(name: str, rows: Iterator[list[str]]) -> Sheet:
    numbered = _filled(rows)
    first = next(numbered, None)
    if first is None:
        raise Unreadable(_("%(file)s is empty.") % {"file": name})
    headings = first.cells
    if len(headings) > MAX_COLUMNS:
        raise Unreadable(
            _("%(file)s has more than %(limit)d columns.") % {"file": name, "limit": MAX_COLUMNS}
        )
    own = {place for place, heading in enumerate(headings) if heading.startswith(OWN_MARK)}
    return Sheet(
        name,
        [heading for place, heading in enumerate(headings) if place not in own],
        _lines(name, numbered, own),
    )


def _filled(rows: Iterator[list[str]]) -> Iterator[Line]:
    """The rows with anything in them, with their numbers, each without blanks at its end."""
    for number, row in enumerate(rows, start=1):
        cells = [_clean(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield Line(number, cells)


def _lines(name: str, numbered: Iterator[Line], own: set[int]) -> Iterator[Line]:
    count = 0
    for line in numbered:
        cells = line.cells
        if own:
            cells = [cell for place, cell in enumerate(cells) if place not in own]
            if not cells:
                continue
        count += 1
        if count > MAX_ROWS:
            raise Unreadable(
                _("%(file)s has more than %(limit)d rows; split it.")
                % {"file": name, "limit": MAX_ROWS}
            )
        yield Line(line.number, cells)
    if not count:
        raise Unreadable(_("%(file)s has headings but no rows.") % {"file": name})


def _clean(cell: str) -> str:
    # A file of ours that comes back has apostrophes before signs.
    return unguarded(cell.replace("\x00", "").strip())


def decode(name: str, data: bytes) -> str:
    """Text in UTF-8 (with or without a mark), UTF-16 with a mark, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text[:4096]:
            return text
    raise Unreadable(
        _("%(file)s is no text; choose a CSV file or an Excel workbook (.xlsx).") % {"file": name}
    )


def _csv(name: str, data: bytes) -> Iterator[list[str]]:
    text = decode(name, data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        yield from reader
    except csv.Error as error:
        raise Unreadable(
            _("%(file)s cannot be read from line %(line)d on; save it as CSV in UTF-8 again.")
            % {"file": name, "line": reader.line_num}
        ) from error


def _delimiter(text: str) -> str:
    """The one that occurs most in the first line with anything in it, outside quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for letter in first:
        if letter == '"':
            quoted = not quoted
        elif letter in counts and not quoted:
            counts[letter] += 1
    return max(counts, key=lambda delimiter: counts[delimiter])


def _workbook(name: str, data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise Unreadable(_("%(file)s is too large; split it.") % {"file": name})
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            sheet = next(iter(book.worksheets), None)
            if sheet is not None:
                for row in sheet.iter_rows(values_only=True):
                    yield [_text(cell) for cell in row[: MAX_COLUMNS + 1]]
        finally:
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise Unreadable(
            _("%(file)s is no readable Excel workbook; save it as .xlsx or CSV again.")
            % {"file": name}
        ) from error


def _text(cell: Any) -> str:
    """A workbook's typed cell as the text a CSV file would hold."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
