"""The process that reads one file: ``python -m imports.child OPTIONS < file``.

It has neither settings nor a database nor a secret, little memory and little time, and writes a
line of JSON for each piece: ``{"headings": […], "row": 1, "encoding": "cp1252", "guess": true,
"sheets": […]}``, then ``{"rows": [[number, cells], …], "notes": [[number, code], …],
"share": 0.5}`` over and over, and at last ``{"end": true}`` or ``{"refused": code, "values": {}}``.
What a hostile file does to it, it does to nobody else; ``reading`` starts and ends it.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from statistics import median_low
from typing import IO, Any, Protocol

from advocacy.web.cells import unguarded
from imports.limits import OUT_OF_MEMORY, OWN_MARK, Limits, Refused, fold

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
#: What Office kept files in before 2007, and keeps those in that have a password.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Options:
    """What whoever starts this process asks for."""

    limits: Limits
    #: Rows in a piece.
    batch: int
    parent: int
    #: Headings that are recognised, folded: the row with them is no title.
    known: frozenset[str] = frozenset()
    #: The encoding that somebody chose for a text.
    encoding: str = ""
    #: Which sheet of a workbook, from 0.
    sheet: int = 0


class Table(Protocol):
    """A file's rows, the encoding of a text, and what is odd about rows that were read."""

    encoding: str
    is_guess: bool
    notes: list[tuple[int, str]]

    @property
    def share(self) -> float:
        """How much was read, 0 to 1."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Number and cells of each row."""


def confine(limits: Limits, parent: int) -> None:
    """Give up what a reader of one file does not need. Ends with its parent, where Linux helps."""
    os.nice(5)
    # What reads workbooks takes it along where it is installed: more memory than there is here.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 1))
    with contextlib.suppress(ValueError, OSError):
        # macOS knows no limit of the address space.
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def open_table(stream: IO[bytes], options: Options) -> Table:
    """A text file or a workbook, by what it begins with; names are not to be trusted."""
    limits = options.limits
    start = stream.read(8)
    stream.seek(0)
    if start[:4] in _ZIP:
        from imports.workbooks import Workbook

        return Workbook(stream, limits, options.sheet)
    data = stream.read()
    if start == _OLE:
        raise Refused("password" if _PASSWORD in data else "old")
    from imports.encodings import decode
    from imports.texts import Text

    return Text(decode(data, options.encoding), limits)


def pieces(table: Table, options: Options) -> Iterator[dict[str, Any]]:
    """The headings, then the rows with anything in them, some at a time."""
    limits = options.limits
    filled = _filled(table, limits)
    first = list(islice(filled, limits.titles))
    if not first:
        raise Refused("empty")
    place = find_headings([row for _number, row in first], options.known)
    number, headings = first[place]
    if len(headings) > limits.columns:
        raise Refused("columns", limit=limits.columns)
    own = {place for place, heading in enumerate(headings) if heading.startswith(OWN_MARK)}
    yield {
        "headings": _without(headings, own),
        "row": number,
        "encoding": table.encoding,
        "guess": table.is_guess,
        "sheets": getattr(table, "sheets", []),
    }
    rows: list[tuple[int, list[str]]] = []
    count = size = 0
    for number, row in chain(first[place + 1 :], filled):
        cells = _without(row, own)
        if not cells:
            continue
        count += 1
        if count > limits.rows:
            raise Refused("rows", limit=limits.rows)
        rows.append((number, cells))
        size += sum(map(len, cells))
        if len(rows) >= options.batch or size >= limits.row:
            yield {"rows": rows, "share": round(table.share, 3), **_noted(table)}
            rows, size = [], 0
    if rows:
        yield {"rows": rows, "share": 1, **_noted(table)}
    if not count:
        raise Refused("headings")
    yield {"end": True}


def _noted(table: Table) -> dict[str, Any]:
    notes, table.notes = table.notes, []
    return {"notes": notes} if notes else {}


def find_headings(rows: list[list[str]], known: frozenset[str]) -> int:
    """Which of a file's first rows holds the headings: titles and filters may stand above them.

    It is the first one of which at least half are headings that are known; else the first one
    with several cells, and at least half as many as most rows have.
    """
    filled = [[cell for cell in row if cell] for row in rows]
    for place, cells in enumerate(filled):
        recognised = len({fold(cell) for cell in cells} & known)
        if recognised >= 2 and recognised * 2 >= len(cells):
            return place
    least = max(median_low(map(len, filled)) / 2, 2)
    return next((place for place, cells in enumerate(filled) if len(cells) >= least), 0)


def _filled(table: Table, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """The rows with anything in them, each without blanks at its end."""
    total = 0
    for number, row in table.rows():
        # One cell too many is enough to see that there are too many.
        cells = [_clean(cell) for cell in row[: limits.columns + 1]]
        while cells and not cells[-1]:
            cells.pop()
        size = sum(map(len, cells))
        total += size
        if size > limits.row:
            raise Refused("long", row=number, limit=limits.row)
        if total > limits.text:
            raise Refused("text")
        if cells:
            yield number, cells


def _clean(cell: str) -> str:
    cell = cell.replace("\x00", "").strip()
    return unguarded(cell)


def _without(cells: list[str], own: set[int]) -> list[str]:
    return [cell for place, cell in enumerate(cells) if place not in own] if own else cells


def answers(stream: IO[bytes], options: Options) -> Iterator[dict[str, Any]]:
    """What to write, also when the file cannot be read."""
    said: dict[str, Any] = {"refused": "memory", "values": {}}
    try:
        yield from pieces(open_table(stream, options), options)
        return
    except Refused as refused:
        said |= {"refused": refused.code, "values": refused.values}
    except MemoryError:
        # Only after this block is what was read let go of.
        pass
    except Exception as error:
        # Whatever a broken file makes of its reader; the message may quote the file.
        said |= {"refused": "broken", "error": type(error).__name__}
    yield said


def main() -> None:
    """Read the file on standard input."""
    said = json.loads(sys.argv[1])
    options = Options(
        Limits(**said["limits"]),
        said["batch"],
        said["parent"],
        frozenset(said["known"]),
        said["encoding"],
        said["sheet"],
    )
    confine(options.limits, options.parent)
    # Nothing that a library prints may get between the pieces.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        for answer in answers(sys.stdin.buffer, options):
            text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
            out.write(text.encode("utf-8", "surrogatepass") + b"\n")
            out.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
