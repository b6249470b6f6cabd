"""Cells of a CSV file that no spreadsheet takes for a formula, and the way back (OWASP, CSV
injection).

An apostrophe goes before each sign a formula begins with, where a spreadsheet would look for one:
at the beginning of the cell, and after whatever may end a cell or a row when the file is opened
with another separator. (Quotation marks do not help there: to a program that splits at semicolons
the first quoted cell of a row ends at its second mark, and the rest is bare.) Characters nobody
sees do not hide a sign. What has the apostrophes already gets one more, so that the way back is
exact: ``unguarded(guarded(text)) == text`` for every text.
"""

import re

#: Controls, formats, spaces and fillers: nothing to look at (tests/web/test_cells.py counts them).
INVISIBLE = (
    "\x00-\x20\x7f-\xa0\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    "\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e01ef"
)
#: What begins a formula, also in the wide, small, raised and lowered forms of the same signs.
SIGNS = (
    "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
    "\u207c\u207a\u207b\u208c\u208a\u208b\ufb29"
)
_ENDS_A_CELL = re.compile("[;|\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BEFORE = f"{INVISIBLE};|\"'"
#: All that stands between two visible things, if a sign follows. It is looked at once, from its
#: beginning, so that a cell of nothing but line breaks costs no more than another.
_LEADS_TO_SIGN = re.compile(f"(?<![{_BEFORE}])[{_BEFORE}]*(?=[{SIGNS}])")


def guarded(text: str) -> str:
    """The text as a spreadsheet may read it."""
    return _LEADS_TO_SIGN.sub(_add, text)


def unguarded(text: str) -> str:
    """The text as it was before :func:`guarded`."""
    return _LEADS_TO_SIGN.sub(_remove, text)


def _add(found: re.Match[str]) -> str:
    if _ENDS_A_CELL.search(found[0]):
        return f"{found[0]}'"
    return f"'{found[0]}" if found.start() == 0 else found[0]


def _remove(found: re.Match[str]) -> str:
    if _ENDS_A_CELL.search(found[0]):
        return found[0].removesuffix("'")
    return found[0].removeprefix("'") if found.start() == 0 else found[0]
