"""Rows of a text file: delimiters and quotes (IMP-1, BAD-1).

Imports nothing of the product; runs in a process of its own (``child``).
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from imports.encodings import Decoded
from imports.limits import Limits, Note, Refused

_DELIMITERS = ",;\t|"
#: Lines that are looked at for the delimiter, and characters of each.
_LOOKED_AT, _TELLING = 20, 100_000
#: What many programs call an Excel file is a web page, or XML.
_MARKUP = re.compile(r"\s*<(!doctype|!--|\?xml|html|head|body|meta|style|table|div)\b", re.I)
#: What Excel reads as an order and no row: how the cells of the file are separated.
_SEPARATOR = re.compile(r'"?sep=(\t|[^"\r\n])"?[ ]*(?:\r\n?|\n|$)', re.IGNORECASE)
_UNCLOSED = "unexpected end of data"


class _Lines:
    """The lines of a text one after the other, remembering those of the row that is being read."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._size = len(text)
        self.row: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.row.append(line)
            yield line

    @property
    def share(self) -> float:
        """How much of the text was read, 0 to 1."""
        return self._lines.tell() / self._size if self._size else 1.0


class Text:
    """A text file's rows with their numbers; ``notes`` says what is odd about some of them."""

    def __init__(self, decoded: Decoded, limits: Limits) -> None:
        text = decoded.text
        if _MARKUP.match(text):
            raise Refused("markup")
        csv.field_size_limit(limits.cell)
        self._limits = limits
        self._above = 0
        if told := _SEPARATOR.match(text):
            self._above, text = 1, text[told.end() :]
        self._lines = _Lines(text)
        self._delimiter = told[1] if told else _delimiter(text)
        self.encoding, self.is_guess = decoded.encoding, decoded.is_guess
        self.notes: list[tuple[int, str]] = []
        self._noted = 0

    @property
    def share(self) -> float:
        """How much was read, 0 to 1."""
        return self._lines.share

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Number and cells of each row.

        A quote that is never closed would make one cell of all that follows; it is refused. So is
        one that closes in a later line where no cell ends: the rows between would be gone.
        """
        lines, cells = self._lines, 0
        reader = csv.reader(lines, delimiter=self._delimiter)
        number = self._above
        try:
            for number, row in enumerate(reader, start=1 + self._above):
                cells += len(row)
                if cells > self._limits.cells:
                    raise Refused("cells", limit=self._limits.cells)
                begun, lines.row = lines.row, []
                if any('"' in line for line in begun):
                    self._look_at_quotes(number, begun, len(row))
                yield number, row
        except csv.Error as error:
            if "field limit" in str(error):
                raise Refused("long", row=number + 1, limit=self._limits.cell) from error
            raise Refused("line", line=reader.line_num + self._above) from error

    def _look_at_quotes(self, number: int, lines: list[str], width: int) -> None:
        """Note a row that is quoted wrongly, or may have swallowed others."""
        try:
            list(csv.reader(lines, delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            if _UNCLOSED in str(error) or len(lines) > 1:
                raise Refused("quote", row=number) from error
            self._note(number, Note.QUOTES)
            return
        # A line inside a cell that has the separators of a whole row.
        delimiter = self._delimiter
        if any(
            line.count(delimiter) >= max(width - 1, 1) and delimiter in line.split('"', 1)[0]
            for line in lines[1:]
        ):
            self._note(number, Note.SWALLOWED)

    def _note(self, number: int, note: Note) -> None:
        self._noted += 1
        if self._noted > self._limits.notes:
            raise Refused("odd", limit=self._limits.notes)
        self.notes.append((number, note))


def _delimiter(text: str) -> str:
    """The one that the first lines have equally often outside quotes; the more, the better.

    A title may stand above the headings, and text in a cell has separators of its own.
    """
    lines = (line for line in io.StringIO(text, newline="") if line.strip())
    counts = [_counts(line[:_TELLING]) for line in islice(lines, _LOOKED_AT)]

    def score(delimiter: str) -> tuple[int, int]:
        found = Counter(each[delimiter] for each in counts if each[delimiter])
        return max(((lines, count) for count, lines in found.items()), default=(0, 0))

    return max(_DELIMITERS, key=score)


def _counts(line: str) -> dict[str, int]:
    counts = dict.fromkeys(_DELIMITERS, 0)
    # Every second part stands between quotes.
    for outside in line.split('"')[::2]:
        for delimiter in _DELIMITERS:
            counts[delimiter] += outside.count(delimiter)
    return counts
