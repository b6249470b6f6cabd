"""Rows of a text file: encodings, delimiters, quotes (IMP-1, BAD-1).

Imports nothing of the product; runs in a process of its own (``child``).
"""

import csv
import io
import re
from collections.abc import Iterator

from imports.limits import Limits, Refused

_DELIMITERS = ",;\t|"
#: Characters of a line that are looked at for its delimiter.
_TELLING = 100_000
#: What many programs call an Excel file is a web page, or XML.
_MARKUP = re.compile(r"\s*<(!doctype|!--|\?xml|html|head|body|meta|style|table|div)\b", re.I)
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
    """A text file's rows with their numbers."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        text = _decode(data)
        if _MARKUP.match(text):
            raise Refused("markup")
        csv.field_size_limit(limits.cell)
        self._limits = limits
        self._lines = _Lines(text)
        self._delimiter = _delimiter(text)

    @property
    def share(self) -> float:
        """How much was read, 0 to 1."""
        return self._lines.share

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Number and cells of each row.

        A quote that is never closed would make one cell of all that follows; it is refused.
        """
        lines, cells = self._lines, 0
        reader = csv.reader(lines, delimiter=self._delimiter)
        number = 0
        try:
            for number, row in enumerate(reader, start=1):
                cells += len(row)
                if cells > self._limits.cells:
                    raise Refused("cells", limit=self._limits.cells)
                begun, lines.row = lines.row, []
                yield number, row
        except csv.Error as error:
            if "field limit" in str(error):
                raise Refused("long", row=number + 1, limit=self._limits.cell) from error
            raise Refused("line", line=reader.line_num) from error
        if number and self._is_unclosed(begun):
            raise Refused("quote", row=number)

    def _is_unclosed(self, lines: list[str]) -> bool:
        """Whether a file's last row ended only because the file did."""
        try:
            list(csv.reader(lines, delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            return _UNCLOSED in str(error)
        return False


def _decode(data: bytes) -> str:
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
    raise Refused("binary")


def _delimiter(text: str) -> str:
    """The one that occurs most in the first line with anything in it, outside quotes.

    The beginning of a line tells as much as all of a line of megabytes.
    """
    lines = io.StringIO(text, newline="")
    first = next((line for line in lines if line.strip()), "")
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for letter in first[:_TELLING]:
        if letter == '"':
            quoted = not quoted
        elif letter in counts and not quoted:
            counts[letter] += 1
    return max(counts, key=lambda delimiter: counts[delimiter])
