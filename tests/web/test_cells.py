"""Cells of a CSV file: no formula however it is opened, and back again unharmed."""

import csv
import io
import re
import sys
import tempfile
import time
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.web.cells import INVISIBLE, SIGNS, guarded, unguarded
from advocacy.web.tables import safe_cell
from imports.reading import read_file

EVIL = "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    "before",
    [
        *(
            "",
            " ",
            "\t",
            "\r",
            "\n",
            "\r\n",
            "\x00",
            "\x0b",
            "\xa0",
            "\xad",
            "\u200b",
            "\u200b\u200b",
        ),
        *("\ufeff", "\u202e", "\u2066", "\u2028", "\u3000", "\u3164", "\ufe0f", "\U000e0020"),
        *("a;", "a; ", "a;\u200b", "a\t", "a\n", "a\r\n", "a|", "a;\n ;", 'a;"', 'a;""', 'a;" "'),
        *("a\u2028", "a\x85", "a;\xa0\ufeff", "a;b;c;d;"),
    ],
)
def test_formulas(before: str) -> None:
    """BAD-1: whatever separator somebody opens the file with, no cell of it begins with a sign."""
    for sign in "=+-@＝＋－＠﹢﹣﹦﹫":
        text = before + sign + EVIL
        cell = safe_cell(text)
        assert cell.replace("'", "", 1) == text
        assert unguarded(cell) == text
        for separator in ",;\t|":
            assert not _formulas(cell, separator), (sign, separator)


def _formulas(cell: str, separator: str) -> list[str]:
    """Cells that begin with a sign when a row with this one is split like a spreadsheet does."""
    out = io.StringIO()
    csv.writer(out).writerow(["Name", cell, "x"])
    if separator == ",":
        cells = next(csv.reader(io.StringIO(out.getvalue(), newline="")))
    else:
        # At another separator the marks around our cells are letters like any other.
        cells = re.split(f"[{separator}\r\n]", out.getvalue())
    return [each for each in cells if re.match(f'[{INVISIBLE}"]*[{SIGNS}]', each)]


@pytest.mark.parametrize(
    "text",
    [
        "Acme; Beta",
        "a=b",
        "x;y=1",
        "1-2; 3-4",
        "me@example.com;you@example.com",
        "O'Hara; 'Bill' O'Neil",
        "'t Hooft",
        "price: - 5",
        "a, -5",
        "C++; C#",
        "100 % - sure",
        "Zoë \u200b= x",
        "…; —",
    ],
)
def test_honest_text(text: str) -> None:
    """BAD-3: signs that begin nothing stay as they are."""
    assert safe_cell(text) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-5, "-5"),
        (Decimal("-1234.50"), "-1234.50"),
        (-0.5, "-0.5"),
        ("+49 30 123456", "'+49 30 123456"),
        (" +49 30", "' +49 30"),
        ("\u200b=x", "'\u200b=x"),
        ("a;\u200b=x", "a;\u200b'=x"),
        ("-5", "'-5"),
        ("@handle", "'@handle"),
        ("Calls:\n- one\n- two", "Calls:\n'- one\n'- two"),
        ("'=1", "''=1"),
        (";'-", ";''-"),
    ],
)
def test_what_stays_recognisable(value: object, cell: str) -> None:
    """BAD-3: numbers are numbers; text keeps every character and gets apostrophes."""
    assert safe_cell(value) == cell
    assert unguarded(cell) == str(value)


@given(
    st.text(alphabet=st.sampled_from([*"=+-@'\";|\t\n\r ax\u200b\ufeff＝\x00\xa0"]), max_size=30)
)
def test_the_way_back_is_exact(text: str) -> None:
    """IMP-1: what was exported comes in as it was."""
    assert unguarded(guarded(text)) == text
    assert not _formulas(guarded(text), ";")


def test_through_a_file() -> None:
    """IMP-1: out as an export writes it, in as an import reads it."""
    texts = ["+49 30 2", "=Park", "a;=b", "'=x", "Calls:\n- one", "\u200b=x", "plain", "-5"]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Phone", "n"])
    for number, text in enumerate(texts):
        writer.writerow([safe_cell(text), number])
    with tempfile.TemporaryFile() as stream:
        stream.write(("\ufeff" + out.getvalue()).encode())
        stream.flush()
        pieces = list(read_file("f.csv", stream, batch=100))
    assert [line.cells[0] for piece in pieces for line in piece.lines] == texts


def test_every_invisible_character_is_known() -> None:
    """Counted from Unicode itself, so that a newer Python says what is missing."""
    found = [chr(number) for number in range(sys.maxunicode + 1) if not 0xD800 <= number < 0xE000]
    hidden = {"Cc", "Cf", "Zs", "Zl", "Zp"}
    unknown = [c for c in found if unicodedata.category(c) in hidden]
    assert not [hex(ord(c)) for c in unknown if not re.match(f"[{INVISIBLE}]", c)]
    alike = [c for c in found if unicodedata.normalize("NFKC", c) in {"=", "+", "-", "@"}]
    assert not [hex(ord(c)) for c in alike if not re.match(f"[{SIGNS}]", c)]


@pytest.mark.parametrize("text", ["\n" * 200_000, ";'" * 100_000, "\n=" * 100_000, "'" * 200_000])
def test_no_cell_takes_long(text: str) -> None:
    """BAD-1: a cell made to be slow is not."""
    began = time.process_time()
    guarded(text)
    unguarded(text)
    assert time.process_time() - began < 2
