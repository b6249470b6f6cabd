"""Tables as an Excel workbook (XLSX), written row by row: memory stays the same however many.

A cell is a number, a day, a moment or text. Text is written as text and never read as a formula or
as an address, so it needs no sign before it; what Excel cannot hold as a number stays text.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify

from advocacy.web.tables import yes_or_no

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Rows a sheet of Excel holds, and characters a cell of it.
_SHEET_ROWS, _CELL_TEXT = 1_048_576, 32_767
#: Numbers of more digits lose some in a spreadsheet.
_DIGITS = 15
_WIDTH = 18
#: What the name of a sheet may not hold.
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(
    sheets: Iterable[tuple[str, Sequence[Any], Iterable[Sequence[Any]]]],
) -> IO[bytes]:
    """A file with one sheet each for (name, headings, rows), at its beginning. What a sheet does
    not hold goes on in another one.
    """
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        for name, head, rows in sheets:
            _sheets(book, name, head, rows)
    file.seek(0)
    return file


def xlsx_answer(
    sheets: Iterable[tuple[str, Sequence[Any], Iterable[Sequence[Any]]]], name: str
) -> FileResponse:
    """The answer to download a workbook."""
    file_name = f"{slugify(name) or 'list'}.xlsx"
    file = workbook(sheets)
    return FileResponse(file, as_attachment=True, filename=file_name, content_type=KIND)


def _sheets(
    book: xlsxwriter.Workbook, name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> None:
    bold = book.add_format({"bold": True})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet, at = None, _SHEET_ROWS
    for cells in rows:
        if at >= _SHEET_ROWS:
            sheet, at = _begin(book, name, head, bold), 1
        for column, value in enumerate(cells):
            _write(sheet, at, column, value, days, moments)
        at += 1
    if sheet is None:
        _begin(book, name, head, bold)


def _begin(book: xlsxwriter.Workbook, name: str, head: Sequence[Any], bold: Any) -> Any:
    taken = {each.get_name().casefold() for each in book.worksheets()}
    base = _NO_NAME.sub(" ", name).strip()[:26] or "1"
    called, number = base, 1
    while called.casefold() in taken:
        number += 1
        called = f"{base} {number}"
    sheet = book.add_worksheet(called)
    sheet.set_column(0, max(0, len(head) - 1), _WIDTH)
    sheet.freeze_panes(1, 0)
    for column, label in enumerate(head):
        sheet.write_string(0, column, _text(label), bold)
    return sheet


def _write(sheet: Any, row: int, column: int, value: Any, days: Any, moments: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, yes_or_no(value))
    elif isinstance(value, int | float | Decimal) and _is_number(value):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        if local.year < 1900:
            sheet.write_string(row, column, local.isoformat(sep=" ", timespec="minutes"))
        else:
            sheet.write_datetime(row, column, local.replace(tzinfo=None), moments)
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(row, column, value, days)
    else:
        sheet.write_string(row, column, _text(value))


def _is_number(value: float | Decimal) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite() and len(value.as_tuple().digits) <= _DIGITS
    if isinstance(value, int):
        return abs(value) < 10**_DIGITS
    return isfinite(value)


def _text(value: str | Promise | Any) -> str:
    # Half of a character that takes two is none in the file.
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    if text.startswith("<r>"):
        text = f" {text}"  # XlsxWriter takes such text for XML of its own, and writes it as it is
    return text if len(text) <= _CELL_TEXT else f"{text[: _CELL_TEXT - 1]}…"
