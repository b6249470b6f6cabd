"""Writes the sample workbook to its output: ``python -m imports.sample_book 2026-11-27``."""

import io
import sys
from collections.abc import Sequence
from datetime import date, timedelta

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from imports.sample import DAYS, SHEETS


def book_of(today: date) -> bytes:
    """The sample, its days counted from ``today``."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in SHEETS.items():
        sheet = book.create_sheet(title)
        headings = rows[0]
        for row in rows:
            sheet.append(list(row) if row is headings else _dated(headings, row, today))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for number in range(1, len(headings) + 1):
            sheet.column_dimensions[get_column_letter(number)].width = 20
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _dated(headings: Sequence[object], row: Sequence[object], today: date) -> list[object]:
    return [
        today - timedelta(days=value) if heading in DAYS and isinstance(value, int) else value
        for heading, value in zip(headings, row, strict=True)
    ]


if __name__ == "__main__":
    sys.stdout.buffer.write(book_of(date.fromisoformat(sys.argv[1])))
