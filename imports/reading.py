"""From a file to rows, in a process of its own, and the sentences for files that are none (BAD-1).

A workbook of a kilobyte can unpack to gigabytes, and no parser is proof against the next one like
it. So nobody who serves anybody else parses: ``child`` does, under limits of rows, cells, bytes,
seconds and memory, and is ended from here when it takes longer or nobody wants its answer any more.
"""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from advocacy.tenancy.errors import DomainError
from imports.limits import MEGABYTE, OUT_OF_MEMORY, Limits
from imports.models import Line

log = logging.getLogger(__name__)

MAX_BYTES = 25 * MEGABYTE
LIMITS = Limits()
#: Seconds after which whoever reads is told that nothing came yet.
TICK = 1.0
#: More than this is no piece that ``child`` writes.
_LONGEST_PIECE = 64 * MEGABYTE
#: Why a process ended that could not say so: status → code of a sentence.
_ENDS = {-signal.SIGXCPU: "slow", OUT_OF_MEMORY: "memory"}
#: The only variables the process needs; the product's own hold secrets.
_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")


class Unreadable(DomainError):
    """The file as a whole cannot be read; the sentence says why and what can be."""


class ReaderLost(Exception):
    """The process that read a file ended without an answer; nobody knows whose fault it was."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a file's rows, or its headings, or neither when nothing came for a second."""

    headings: list[str] | None = None
    #: The row of the headings, the encoding of a text, and whether it could be another one.
    row: int = 1
    encoding: str = ""
    is_guess: bool = False
    #: The names of a workbook's sheets.
    sheets: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    #: Rows that are odd although they could be read: [row, code of ``limits.Note``].
    notes: list[list[int | str]] = field(default_factory=list)
    #: How much of the file was read, in percent.
    percent: int = 0


def read_file(
    name: str,
    stream: IO[bytes],
    *,
    batch: int,
    known: Iterable[str] = (),
    encoding: str = "",
    sheet: int = 0,
) -> Generator[Piece]:
    """The headings of a CSV file or of a workbook's sheet, then its rows, some at a time.

    ``stream`` is a file of the operating system; ``known`` are the folded headings that are
    recognised, ``encoding`` is the one that somebody chose for a text. Closing the iterator ends
    the process that reads. Raises :class:`Unreadable` for what is no such file or is beyond the
    limits, which may turn out in the middle; :class:`ReaderLost` when somebody killed the process.
    """
    process = _start(stream, batch, known, encoding, sheet)
    try:
        if (yield from understood(name, _answers(process))):
            return
        status = process.wait()
        if status in _ENDS:
            raise Unreadable(sentence(name, _ENDS[status]))
        raise ReaderLost(f"status {status}")
    except TimeoutError as error:
        raise Unreadable(sentence(name, "slow")) from error
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def understood(name: str, answers: Iterable[dict[str, Any]]) -> Generator[Piece, None, bool]:
    """What a reader says, as pieces; whether it came to its end."""
    for answer in answers:
        if "refused" in answer:
            if "error" in answer:
                log.info("a file to import broke its reader: %s", answer["error"])
            raise Unreadable(sentence(name, answer["refused"], answer["values"]))
        if "end" in answer:
            return True
        yield _piece(answer)
    return False


def _start(
    stream: IO[bytes],
    batch: int,
    known: Iterable[str] = (),
    encoding: str = "",
    sheet: int = 0,
) -> "subprocess.Popen[bytes]":
    stream.seek(0)
    options = {
        "limits": asdict(LIMITS),
        "batch": batch,
        "parent": os.getpid(),
        "known": sorted(known),
        "encoding": encoding,
        "sheet": sheet,
    }
    return subprocess.Popen(
        # Safe from whatever stands in the environment, and without leaving anything behind.
        [sys.executable, "-E", "-s", "-B", "-m", "imports.child", json.dumps(options)],
        stdin=stream,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=settings.BASE_DIR,
        env={name: os.environ[name] for name in _VARIABLES if name in os.environ},
    )


def _answers(process: "subprocess.Popen[bytes]") -> Iterator[dict[str, Any]]:
    """What the process writes, and an empty answer for each second without; ``TimeoutError``."""
    if process.stdout is None:
        raise ValueError("the process has no output")
    ends = time.monotonic() + LIMITS.wall
    buffer = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if time.monotonic() > ends:
                raise TimeoutError
            if not selector.select(TICK):
                yield {}
                continue
            chunk = os.read(process.stdout.fileno(), MEGABYTE)
            if not chunk:
                return
            searched = len(buffer)
            buffer += chunk
            if len(buffer) > _LONGEST_PIECE:
                raise ReaderLost("too long an answer")
            if b"\n" not in chunk:
                continue
            end = buffer.rindex(b"\n", searched)
            whole, buffer = bytes(buffer[:end]), buffer[end + 1 :]
            for line in whole.split(b"\n"):
                yield json.loads(line.decode("utf-8", "surrogatepass"))


def _piece(answer: dict[str, Any]) -> Piece:
    return Piece(
        headings=answer.get("headings"),
        row=answer.get("row", 1),
        encoding=answer.get("encoding", ""),
        is_guess=answer.get("guess", False),
        sheets=answer.get("sheets", []),
        lines=[Line(number, cells) for number, cells in answer.get("rows", ())],
        notes=answer.get("notes", []),
        percent=round(100 * answer.get("share", 0)),
    )


def sentence(name: str, code: str, values: dict[str, Any] | None = None) -> str:
    """Why a file cannot be read and what to do, for a code of ``Refused``."""
    known = _sentences()
    return known.get(code, known["broken"]) % {"file": name, **(values or {})}


def too_large(name: str) -> str:
    """A file is not even taken."""
    return _("%(file)s is larger than %(limit)d MB; split it.") % {
        "file": name,
        "limit": MAX_BYTES // MEGABYTE,
    }


def _sentences() -> dict[str, str]:
    return {
        "archive": _(
            "%(file)s is an archive; unpack it and choose the files in it, as CSV or .xlsx."
        ),
        "beyond": _(
            "%(file)s has cells where Excel has neither rows nor columns; save it as .xlsx or CSV"
            " again."
        ),
        "binary": _("%(file)s is no text; choose a CSV file or an Excel workbook (.xlsx)."),
        "broken": _("%(file)s is no readable Excel workbook; save it as .xlsx or CSV again."),
        "cells": _("%(file)s has more than %(limit)d cells; leave columns out or split it."),
        "columns": _("%(file)s has more than %(limit)d columns."),
        "empty": _("%(file)s is empty."),
        "entities": _(
            "%(file)s contains definitions that no workbook needs; save it as .xlsx or CSV again."
        ),
        "headings": _("%(file)s has headings but no rows."),
        "line": _("%(file)s cannot be read from line %(line)d on; save it as CSV in UTF-8 again."),
        "locked": _("%(file)s is protected with a password; save it without one."),
        "long": _(
            "%(file)s has more than %(limit)d characters in row %(row)d; perhaps a quotation mark"
            " is missing there."
        ),
        "lost": _(
            "%(file)s: reading it was broken off twice; save it as CSV, or split it, and choose it"
            " again."
        ),
        "markup": _("%(file)s is a web page or XML; open it in Excel and save it as .xlsx or CSV."),
        "memory": _("%(file)s takes too much memory to read; save it as CSV, or split it."),
        "numbers": _("%(file)s is a Numbers document; export it as Excel (.xlsx) or CSV."),
        "odd": _(
            "%(file)s has more than %(limit)d rows with quotation marks in odd places; save it as"
            " CSV again."
        ),
        "ods": _("%(file)s is an OpenDocument file; save it as .xlsx or CSV."),
        "old": _("%(file)s is an old Excel file; save it as .xlsx or CSV."),
        "password": _("%(file)s is protected with a password; save it without one."),
        "quote": _(
            "%(file)s: a quotation mark in row %(row)d is never closed, or not where its cell ends;"
            " close it and save the file again."
        ),
        "rows": _("%(file)s has more than %(limit)d rows; split it."),
        "sheets": _("%(file)s has no sheet with cells."),
        "slow": _("%(file)s takes too long to read; save it as CSV, or split it."),
        "text": _("%(file)s holds too much text; leave columns out or split it."),
        "unpacked": _("%(file)s is larger than %(limit)d MB when unpacked; split it."),
        "xlsb": _("%(file)s is a binary Excel workbook; save it as .xlsx or CSV."),
    }
