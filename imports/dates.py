"""Dates as people and systems write them (IMP-1)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel import Locale

#: Languages in which a month's name is understood.
_LANGUAGES = ("en", "de", "de_AT", "fr", "es", "it", "nl", "pt_BR", "id", "ms")
_SPELLINGS = {"mrz": 3, "maerz": 3, "agt": 8, "nop": 11}
#: A time may stand behind a date, with a zone or without; it is dropped.
_TIME = (
    r"(?:(?:T[0-2]\d:?[0-5]\d(?::?[0-5]\d(?:[.,]\d{1,9})?)?"
    r"|,?\s+[0-2]?\d[:.][0-5]\d(?:[:.][0-5]\d(?:[.,]\d{1,9})?)?(?:\s*[AaPp]\.?[Mm]\.?)?)"
    r"\s*(?:Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?"
)
_LETTERS = r"[^\W\d_]+"
_NUMBERED = re.compile(
    rf"(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}}){_TIME}"
    rf"|(?P<year2>\d{{4}})(?P<month2>\d{{2}})(?P<day2>\d{{2}}){_TIME}"
    rf"|(?P<year3>\d{{4}})\s?[年년]\s?(?P<month3>\d{{1,2}})\s?[月월]\s?(?P<day3>\d{{1,2}})\s?[日일]{_TIME}"
    rf"|(?P<day4>\d{{1,2}})\.\s?(?P<month4>\d{{1,2}})\.\s?(?P<year4>\d{{4}}|\d{{2}}){_TIME}"
)
_SLASHED = re.compile(rf"(\d{{1,2}})([-/])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_WORDED = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?[\s-]*(?:de\s+)?(?P<month>{_LETTERS})\.?,?[\s-]+"
    rf"(?:de\s+)?(?P<year>\d{{4}}|\d{{2}}){_TIME}"
    rf"|(?P<month2>{_LETTERS})\.?[\s-]+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]+"
    rf"(?P<year2>\d{{4}}){_TIME}"
    rf"|(?P<year3>\d{{4}})[\s-](?P<month3>{_LETTERS})\.?[\s-](?P<day3>\d{{1,2}}){_TIME}"
)
#: A spreadsheet's number of a day between 1954 and 2119; the fraction is a time.
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
_FIRST_SERIAL = date(1899, 12, 30)
_YEARS = range(1900, 2200)
#: A year of two digits from here on is one of the last century, as POSIX has it.
_LAST_CENTURY = 69


@dataclass(frozen=True, slots=True)
class Read:
    """A date, and whether it was the number that a spreadsheet gives it."""

    day: date
    is_serial: bool = False


def slashed(cell: str) -> tuple[int, int] | None:
    """The two numbers before the year where either may be the day: 03/04/2026, 3-4-26."""
    found = _SLASHED.fullmatch(cell)
    return (int(found[1]), int(found[3])) if found else None


def has_short_year(cell: str) -> bool:
    """Whether it is a date with a year of two digits."""
    if found := _SLASHED.fullmatch(cell):
        return len(found[4]) == 2
    for form in (_NUMBERED, _WORDED):
        if found := form.fullmatch(cell):
            return len(_parts(found)[0]) == 2
    return False


def read(cell: str, *, day_first: bool) -> Read | None:
    """The date in a cell with nothing but a date, and perhaps a time, in it; None for none.

    ``day_first`` is the order in 03/04/2026, where a date does not tell itself.
    """
    try:
        if found := _SLASHED.fullmatch(cell):
            first, second = found[1], found[3]
            if (day_first and int(second) <= 12) or int(first) > 12:
                return _date(found[4], int(second), first)
            return _date(found[4], int(first), second)
        if found := _NUMBERED.fullmatch(cell):
            year, month, day = _parts(found)
            return _date(year, int(month), day)
        if found := _WORDED.fullmatch(cell):
            year, name, day = _parts(found)
            return _date(year, _months().get(name.casefold(), 0), day)
    except ValueError:
        return None
    if found := _SERIAL.fullmatch(cell):
        return Read(_FIRST_SERIAL + timedelta(days=int(found[1])), is_serial=True)
    return None


def _parts(found: re.Match[str]) -> tuple[str, str, str]:
    year, month, day = (
        next(value for name, value in found.groupdict().items() if value and name.startswith(part))
        for part in ("year", "month", "day")
    )
    return year, month, day


def _date(year: str, month: int, day: str) -> Read:
    full = int(year)
    if len(year) == 2:
        full += 1900 if full >= _LAST_CENTURY else 2000
    if full not in _YEARS:
        raise ValueError(year)
    return Read(date(full, month, int(day)))


@cache
def _months() -> dict[str, int]:
    """Names and abbreviations of months, in lower case without full stops."""
    found = dict(_SPELLINGS)
    for language in _LANGUAGES:
        months = Locale.parse(language).months
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[use][width].items():
                    found[name.casefold().rstrip(".")] = number
    return found
