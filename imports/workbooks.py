"""Rows of one of a workbook's sheets (IMP-1, BAD-1).

openpyxl reads the parts; the row is taken from its parser as it is written, because what openpyxl
makes of a sheet fills every gap: a row number of twenty digits is twenty digits of empty rows.

Imports nothing of the product; runs in a process of its own (``child``), which ends it when it
takes too much.
"""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import IO, Any
from xml.etree.ElementTree import iterparse
from xml.parsers import expat

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._reader import INLINE_STRING, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from imports.formats import GENERAL, Format, parse
from imports.limits import LAST_COLUMN, LAST_ROW, Limits, Refused

_ITEM, _PLAIN = f"{{{SHEET_MAIN_NS}}}si", f"{{{SHEET_MAIN_NS}}}t"
#: A part's first element stands at its beginning.
_PROLOG = 64 * 1024
_ENCRYPTED = 1
#: Parts by which other archives that spreadsheets are kept in are known.
_OTHERS = {
    "xl/workbook.bin": "xlsb",
    "Index/Document.iwa": "numbers",
    "Index.zip": "numbers",
    "content.xml": "ods",
}


class Workbook:
    """The rows of one of a workbook's sheets with their numbers; ``sheets`` names all of them."""

    encoding = ""
    is_guess = False

    def __init__(self, stream: IO[bytes], limits: Limits, sheet_number: int = 0) -> None:
        self._limits = limits
        self.notes: list[tuple[int, str]] = []
        self._book = _Reader(_checked(stream, limits), limits)
        found = self._book.sheets()
        self.sheets = [name for name, _path in found]
        if sheet_number >= len(found):
            raise Refused("sheets")
        sheet = found[sheet_number][1]
        self._size = self._book.archive.getinfo(sheet).file_size
        self._source = self._book.archive.open(sheet)

    @property
    def share(self) -> float:
        """How much was read, 0 to 1."""
        return min(self._source.tell() / self._size, 1.0) if self._size else 1.0

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Number and cells of each row that the sheet holds; what it leaves out is not made up."""
        book = self._book.wb
        parser = _Sheet(
            self._source,
            self._book.shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        parser.formats = _formats(book)
        last = total = 0
        for said, cells in parser.parse():
            if said > LAST_ROW:
                raise Refused("beyond")
            total += len(cells)
            if total > self._limits.cells:
                raise Refused("cells", limit=self._limits.cells)
            last = max(said, last + 1)
            yield last, self._row(cells)

    def _row(self, cells: list[tuple[int, str]]) -> list[str]:
        """Cells by their columns; what stands far to the right counts as one too many."""
        row: list[str] = []
        for column, text in cells:
            if column > LAST_COLUMN:
                raise Refused("beyond")
            if not text:
                continue
            place = min(column - 1, self._limits.columns)
            if place >= len(row):
                row += [""] * (place + 1 - len(row))
            row[place] = text
        return row


class _Sheet(WorkSheetParser):  # type: ignore[misc]
    """Reads cells as column and text, the usual ones without what openpyxl makes of them first."""

    #: How each style shows its numbers.
    formats: Sequence[Format] = ()

    def parse_cell(self, element: Any) -> tuple[int, str]:
        """A cell; dates, which only their format tells from numbers, are left to openpyxl."""
        where = element.get("r")
        if where:
            self.col_counter = column_index_from_string(where.rstrip("0123456789").strip("$"))
        else:
            self.col_counter += 1
        kind = element.get("t", "n")
        if kind == "inlineStr":
            inline = element.find(INLINE_STRING)
            return self.col_counter, "" if inline is None else _string(inline)
        value = element.findtext(VALUE_TAG)
        if not value:
            return self.col_counter, ""
        if kind == "s":
            return self.col_counter, self.shared_strings[int(value)]
        style = int(element.get("s", 0))
        if kind == "n" and style not in self.date_formats:
            shown = self.formats[style] if style < len(self.formats) else GENERAL
            return self.col_counter, _number(value, shown)
        if kind == "e" and value == "#N/A":
            # A look-up that found nothing. As text it is the order to empty a value (``rows``).
            return self.col_counter, ""
        return self.col_counter, _text(super().parse_cell(element)["value"])


class _Reader(ExcelReader):  # type: ignore[misc]
    """Reads what is needed to understand the cells of one sheet, and nothing else."""

    def __init__(self, stream: IO[bytes], limits: Limits) -> None:
        super().__init__(stream, read_only=True, data_only=True, keep_links=False)
        self._limits = limits
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)

    def read_strings(self) -> None:
        """The texts that cells point at; openpyxl takes five times as long, and all there are."""
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName.lstrip("/")) as source:
            # No part defines entities (``_require_plain``), and the process is under limits.
            steps = iterparse(source, events=("start", "end"))  # noqa: S314
            _event, root = next(steps)
            for event, element in steps:
                if event == "start" or element.tag != _ITEM:
                    continue
                self.shared_strings.append(_string(element))
                root.clear()
                if len(self.shared_strings) > self._limits.cells:
                    raise Refused("cells", limit=self._limits.cells)

    def sheets(self) -> list[tuple[str, str]]:
        """Name and path of each sheet that has cells."""
        return [
            (str(sheet.name or ""), str(rel.target))
            for sheet, rel in self.parser.find_sheets()
            if rel.target in self.valid_files and "chartsheet" not in rel.Type
        ]


def _string(element: Any) -> str:
    """A text, which may come in pieces of different looks."""
    if len(element) == 1 and element[0].tag == _PLAIN:
        text = element[0].text or ""
    else:
        text = Text.from_tree(element).content
    return text.replace("x005F_", "")


def _checked(stream: IO[bytes], limits: Limits) -> IO[bytes]:
    """The same archive, once it is known what it is, how large, and that its XML is plain."""
    with zipfile.ZipFile(stream) as archive:
        parts = archive.infolist()
        if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
            raise Refused("unpacked", limit=limits.unpacked // 1024 // 1024)
        names = {part.filename for part in parts}
        for name, code in _OTHERS.items():
            if name in names:
                raise Refused(code)
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise Refused("locked")
        if "[Content_Types].xml" not in names:
            raise Refused("archive")
        for part in parts:
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Refused("broken")
            _require_plain(archive, part)
    stream.seek(0)
    return stream


def _require_plain(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No part may define entities, which can stand for gigabytes; no workbook needs them."""
    if part.file_size == 0:
        return
    with archive.open(part) as source:
        start = source.read(_PROLOG)
    parser = expat.ParserCreate()
    found: list[str] = []
    parser.StartDoctypeDeclHandler = lambda *_args: found.append("doctype")
    parser.StartElementHandler = lambda *_args: found.append("element")
    try:
        parser.Parse(start, part.file_size <= _PROLOG)
    except expat.ExpatError:
        # A picture, say. A part that is read as XML all the same is refused by its reader.
        found.append("error")
    if not found:
        raise Refused("broken")
    if found[0] == "doctype":
        raise Refused("entities")


def _formats(book: Any) -> list[Format]:
    """The number format of each style of cells."""
    own = list(book._number_formats)
    codes = [
        own[number - BUILTIN_FORMATS_MAX_SIZE]
        if number >= BUILTIN_FORMATS_MAX_SIZE
        else BUILTIN_FORMATS.get(number, "General")
        for number in (style.numFmtId for style in book._cell_styles)
    ]
    # Most formats change nothing that matters here.
    known = {code: parse(code) for code in set(codes)}
    return [GENERAL if known[code] == GENERAL else known[code] for code in codes]


def _number(value: str, shown: Format) -> str:
    if shown is GENERAL:
        try:
            return str(int(value))
        except ValueError:
            pass
    return shown.show(value)


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
