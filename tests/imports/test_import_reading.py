"""Files that are broken, renamed, locked or meant to do harm (IMP-1, BAD-1, BAD-2)."""

import io
import os
import resource
import signal
import subprocess
import sys
import tempfile
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from openpyxl import Workbook

from imports import reading
from imports.limits import LAST_ROW, Limits
from imports.reading import ReaderLost, Unreadable, read_file
from tests.support import workbooks
from tests.support.workbooks import HEADINGS, ROW, lie, many, ole, sheet, workbook

FINE = [["A-1", "Quantum"]]
_ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE worksheet [<!ENTITY e0 "ha">{_ENTITIES}]>'
LAUGHING = '<row r="2"><c r="A2" t="inlineStr"><is><t>&e9;</t></is></c></row>'
OUTSIDE = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

_LOADED_BY_A_READER = """
import sys, imports.child, imports.texts, imports.workbooks
print(sorted({name.split(".")[0] for name in sys.modules} & {"django", "celery", "psycopg2"}))
print(sorted(name for name in sys.modules if name.split(".")[0] in ("advocacy", "advocates")))
"""
_LOADED_BY_A_SERVER = """
import django, sys
django.setup()
import advocacy.urls, advocacy.wsgi
print([name for name in sys.modules if name.split(".")[0] == "openpyxl"])
"""


def numbered(data: bytes, name: str = "odd.xlsx") -> list[tuple[int, list[str]]]:
    """The rows of a file with their numbers, the headings first."""
    found: list[tuple[int, list[str]]] = []
    with tempfile.TemporaryFile() as stream:
        stream.write(data)
        with closing(read_file(name, stream, batch=500)) as pieces:
            for piece in pieces:
                if piece.headings is not None:
                    found.append((0, piece.headings))
                found += piece.lines
    return found


def rows(data: bytes) -> list[list[str]]:
    return [cells for _number, cells in numbered(data)[1:]]


def refusal(data: bytes, name: str = "odd.xlsx") -> str:
    with pytest.raises(Unreadable) as refused:
        numbered(data, name)
    assert name in refused.value.message
    return refused.value.message


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return out.getvalue()


def encrypted() -> bytes:
    """A workbook whose parts are marked as encrypted, in both directories."""
    data = bytearray(workbook())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    return bytes(data)


def gap(row: int) -> bytes:
    return workbook(sheet(HEADINGS + ROW.replace('r="2"', f'r="{row}"')))


def test_the_smallest_workbook_is_read() -> None:
    """IMP-1: what the other tests break is whole."""
    assert rows(workbook()) == FINE
    shared = workbooks.strings("<si><t>A-9</t></si><si><r><t>Two </t></r><r><t>parts</t></r></si>")
    cells = '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>'
    assert rows(workbook(sheet(HEADINGS + cells), shared=shared)) == [["A-9", "Two parts"]]


def test_typed_cells_are_read_as_before() -> None:
    """IMP-1: numbers, dates, truth, blanks, as a CSV file would hold them."""
    from datetime import date, datetime

    book = Workbook()
    book.active.append(["a", "b", "c", "d", "e", "f", "g"])
    book.active.append([12, 12.5, -3.0, date(2026, 4, 3), datetime(2026, 4, 3, 8, 15), True, None])
    book.active.append([None, None, "last"])
    out = io.BytesIO()
    book.save(out)
    assert rows(out.getvalue()) == [
        ["12", "12.5", "-3", "2026-04-03", "2026-04-03T08:15:00", "True"],
        ["", "", "last"],
    ]


def test_a_gap_of_rows_costs_nothing() -> None:
    """IMP-1: what a sheet leaves out is not made up; a row keeps the number it has in Excel."""
    assert numbered(gap(LAST_ROW))[1:] == [(LAST_ROW, FINE[0])]
    without = HEADINGS.replace(' r="1"', "") + ROW.replace(' r="2"', "")
    assert numbered(workbook(sheet(without)))[1:] == [(2, FINE[0])]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 not really", "no readable Excel workbook"),
        (b"PK\x05\x06" + bytes(18), "is an archive"),
        (workbook()[:-200], "no readable Excel workbook"),
        (workbook()[:400], "no readable Excel workbook"),
        (workbook(sheet("")), "is empty"),
        (workbook(sheet(HEADINGS)), "headings but no rows"),
        (workbook(sheet()[:-30]), "no readable Excel workbook"),
        (workbook("this is no XML"), "no readable Excel workbook"),
        (workbook(leave_out="xl/sheets/one.xml"), "no sheet"),
        (workbook(leave_out="xl/workbook.xml"), "no readable Excel workbook"),
        (workbook(leave_out="xl/_rels/workbook.xml.rels"), "no readable Excel workbook"),
        (workbook(kind="chartsheet"), "no sheet"),
        (workbook(sheet(HEADINGS + '<row><c t="s"><v>7</v></c></row>')), "no readable Excel"),
        (ole(password=False), "old Excel file"),
        (ole(password=True), "protected with a password"),
        (encrypted(), "protected with a password"),
        (b"<html><table><tr><td>Id</td></tr></table></html>", "a web page or XML"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>", "a web page or XML"),
        (b'<?xml version="1.0"?><Workbook/>', "a web page or XML"),
        (archive(**{"mimetype": b"", "content.xml": b"<a/>"}), "OpenDocument"),
        (archive(**{"Index/Document.iwa": b"x"}), "Numbers document"),
        (archive(**{"xl/workbook.bin": b"x"}), "binary Excel workbook"),
        (archive(**{"Accounts.xlsx": workbook()}), "is an archive"),
        (workbooks.gzipped(b"Id,Name\n1,x\n"), "no text"),
        (b"%PDF-1.7\n\x00\x01\x02", "no text"),
        (gap(20_000_000_000), "neither rows nor columns"),
        (workbook(sheet(HEADINGS + ROW.replace("B2", "ZZZ2"))), "neither rows nor columns"),
        (workbook(sheet(HEADINGS + ROW.replace("B2", "ABCDEFG2"))), "no readable Excel workbook"),
        (workbook(sheet(HEADINGS + ROW.replace("B2", "22"))), "no readable Excel workbook"),
        (workbook(sheet(HEADINGS + ROW.replace('r="2"', 'r="two"'))), "no readable Excel"),
        (workbook(sheet(HEADINGS + LAUGHING, prolog=LAUGHS)), "definitions that no workbook"),
        (workbook(sheet(HEADINGS + LAUGHING, prolog=OUTSIDE)), "definitions that no workbook"),
        (workbook(shared=LAUGHS + workbooks.strings("")), "definitions that no workbook"),
        (
            workbook(sheet(HEADINGS + LAUGHING, prolog=LAUGHS).encode("utf-16")),
            "definitions that no workbook",
        ),
        (workbook(sheet(prolog=" " * 100_000 + LAUGHS)), "no readable Excel workbook"),
        (lie(workbook(), "xl/sheets/one.xml", 20), "no readable Excel workbook"),
        (b'Id,Name\nA-1,"Quantum\nA-2,Kanfase\n', "a quotation mark in row 2 is never closed"),
        (b'Id,Name\nA-1,"Quantum', "a quotation mark in row 2 is never closed"),
    ],
)
def test_each_is_a_sentence(data: bytes, says: str) -> None:
    """BAD-1: whatever is chosen, somebody can do something about what they read."""
    assert says in refusal(data)


def test_external_links_are_not_followed() -> None:
    """IMP-1: a workbook that points at others is read without them."""
    data = workbook(
        more={
            "xl/externalLinks/externalLink1.xml": "<not><closed>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": "<Relationships/>",
        }
    )
    assert rows(data) == FINE


def spent() -> float:
    """Seconds of the processor that ended children took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (lambda: gap(20_000_000_000), "neither rows nor columns"),
        (lambda: workbook(shared=many(b"<si><t>a</t></si>", 380)), "larger than 300 MB"),
        (lambda: workbook(sheet(HEADINGS + LAUGHING, prolog=LAUGHS)), "definitions"),
        (lambda: b"x" * reading.MAX_BYTES, "more than 131072 characters in row 1"),
        (lambda: b'Id,Name\n1,"' + b"x\n" * 12_000_000, "more than 131072 characters in row 2"),
        (lambda: b"Id," * 100_000, "more than 500 columns"),
    ],
    ids=["row gap", "shared strings", "laughs", "one line", "one quote", "columns"],
)
def test_harm_is_refused_soon(data: object, says: str) -> None:
    """BAD-1: a kilobyte that names row twenty billion, a megabyte that unpacks to 380."""
    body = data()  # type: ignore[operator]
    assert len(body) <= reading.MAX_BYTES
    before = spent()
    assert says in refusal(body)
    assert spent() - before < 5.0, "whoever reads all of it takes minutes"


def limited(monkeypatch: pytest.MonkeyPatch, **limits: int) -> None:
    monkeypatch.setattr(reading, "LIMITS", replace(Limits(), **limits))


def test_every_limit_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """BAD-1: more than is read of anything is a sentence, not a part of the file."""
    wide = b"Id,Name\n" + b"1," * 600 + b"\n"
    for limits, data, says in (
        ({"rows": 1}, b"Id\n1\n2\n", "more than 1 rows"),
        ({"cells": 500}, wide, "more than 500 cells"),
        ({"cells": 3}, workbook(), "more than 3 cells"),
        ({"columns": 1}, workbook(), "more than 1 columns"),
        ({"row": 5}, workbook(), "more than 5 characters in row 1"),
        ({"text": 9}, workbook(), "too much text"),
        ({"parts": 2}, workbook(), "when unpacked"),
    ):
        limited(monkeypatch, **limits)
        assert says in refusal(data)
    # One cell too many is kept of what is too wide: the row is refused later, not the file.
    limited(monkeypatch)
    assert [len(row) for row in rows(wide)] == [501]
    assert [len(row) for row in rows(workbook(sheet(HEADINGS + ROW.replace("B2", "XFD2"))))] == [
        501
    ]


def test_one_text_in_a_million_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """BAD-1: a shared string is a small entity; what all cells come to is limited."""
    shared = workbooks.strings(f"<si><t>{'x' * 30_000}</t></si>")
    one = '<c t="s"><v>0</v></c>'
    data = workbook(sheet(HEADINGS + f"<row>{one * 50}</row>" * 200), shared=shared)
    limited(monkeypatch, text=20_000_000)
    assert "too much text" in refusal(data)


def test_seconds_and_memory_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """BAD-1: what no other limit foresaw ends with the seconds or the memory it may have."""
    slow = workbook(shared=many(b"<si><t>a</t></si>", 60))
    limited(monkeypatch, cpu=1)
    before = spent()
    assert "takes too long to read" in refusal(slow)
    assert spent() - before < 3
    limited(monkeypatch, wall=0)
    assert "takes too long to read" in refusal(slow)
    limited(monkeypatch, memory=90 * 1024 * 1024)
    cells = workbook(sheet(HEADINGS + "<row>" + '<c r="A2"/>' * 2_000_000 + "</row>"))
    assert "too much memory" in refusal(cells)


def test_who_reads_can_do_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """BAD-1: the process that reads has neither settings nor secrets nor the product's modules."""
    told = subprocess.run(
        [
            *(sys.executable, "-c"),
            _LOADED_BY_A_READER,
        ],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines() == ["[]", "['advocacy', 'advocacy.web', 'advocacy.web.cells']"]
    monkeypatch.setenv("SECRET_KEY", "telltale")
    with tempfile.TemporaryFile() as stream:
        process = reading._start(stream, 500)
        try:
            own = Path(f"/proc/{process.pid}/environ")
            if own.exists():
                assert b"telltale" not in own.read_bytes()
        finally:
            process.kill()
            process.communicate()


def test_a_web_process_knows_no_parser() -> None:
    """BAD-1: nothing that serves requests imports what reads workbooks."""
    told = subprocess.run(
        [
            *(sys.executable, "-c"),
            _LOADED_BY_A_SERVER,
        ],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "advocacy.settings.test"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip().splitlines()[-1] == "[]"


def children() -> list[int]:
    """Readers that this process has started and that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            line = (stat.parent / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == os.getpid() and b"imports.child" in line:
            found.append(int(stat.parent.name))
    return found


needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc")
SLOW = b"Id,Name\n" + b"1,x\n" * 90_000


@needs_proc
def test_a_killed_reader_is_no_verdict() -> None:
    """BAD-2: somebody killed it; nobody says that the file is to blame."""
    with tempfile.TemporaryFile() as stream:
        stream.write(SLOW)
        with closing(read_file("firms.csv", stream, batch=1)) as pieces:
            next(pieces)
            (reader,) = children()
            os.kill(reader, signal.SIGKILL)
            with pytest.raises(ReaderLost):
                list(pieces)
    assert children() == []


@needs_proc
def test_a_reader_ends_when_nobody_listens() -> None:
    """BAD-2: an upload that is thrown away while it is read leaves no process behind."""
    with tempfile.TemporaryFile() as stream:
        stream.write(SLOW)
        with closing(read_file("firms.csv", stream, batch=1)) as pieces:
            next(pieces)
            assert len(children()) == 1
    assert children() == []
