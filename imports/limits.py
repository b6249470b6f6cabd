"""What a file to import may be, and why one is refused.

Imports nothing of the product: the process that reads a file (``child``) lives by it, too.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MEGABYTE = 1024 * 1024
#: Begins the headings of columns that a file of rejected rows adds; they are not read back.
OWN_MARK = "»"
#: The last row and the last column that Excel has.
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
#: Status of the process that reads when it has no memory left to say so.
OUT_OF_MEMORY = 77


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of everything; times in seconds, sizes in bytes, texts in characters."""

    rows: int = 100_000
    #: Rows at the beginning among which the headings are looked for.
    titles: int = 20
    #: Rows with odd quotation marks; a file with more of them is quoted in some other way.
    notes: int = 1_000
    columns: int = 500
    cells: int = 5_000_000
    #: One cell: the longest text field of Salesforce.
    cell: int = 131_072
    #: One row, and about as much is handed on at a time.
    row: int = 2_000_000
    #: All cells: one long text of a workbook may stand in a million of them.
    text: int = 200_000_000
    #: A workbook is a compressed archive; more than this unpacked is no list of customers.
    unpacked: int = 300 * MEGABYTE
    parts: int = 5_000
    cpu: int = 90
    #: Also counts the time in which the machine did something else; a task may take 540.
    wall: int = 400
    #: Address space of the process that reads.
    memory: int = 1024 * MEGABYTE


class Note(StrEnum):
    """What is odd about a row although it could be read."""

    #: A quotation mark closes where no cell ends: nobody knows what its cells are.
    QUOTES = "quotes"
    #: A cell goes over several lines, of which one looks like a row.
    SWALLOWED = "swallowed"
    #: Of no row: the file could not be read in the encoding that was chosen.
    ENCODING = "encoding"


class Refused(Exception):
    """A file that is not read: a code that ``reading`` has a sentence for, and its values."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def fold(heading: str) -> str:
    """A heading without case, blanks and punctuation: "Billing Country" is "BillingCountry"."""
    return re.sub(r"[\W_]+", "", heading.casefold())
