"""Reading single cells. Each reader raises :class:`BadValue` with what it would have accepted."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from advocacy.tenancy.text import one_line
from advocates.countries import parse_country
from imports import currencies as words_beside
from imports import numbers
from imports.habits import Habit, Marks, Order, Percents


class BadValue(ValueError):
    """A cell that cannot be read: the problem and what is accepted, as sentences."""

    def __init__(self, problem: str, accepted: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.accepted = accepted


class Odd(BadValue):
    """A cell that is left out with a remark; the row gets in."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A value with a remark about how it was read; the row gets in with it."""

    value: Any
    problem: str
    accepted: str = ""


def text(cell: str) -> str:
    """Text on one line, its accents as most systems write them: a name is the same from a
    Macintosh, which keeps them apart from their letters.
    """
    return unicodedata.normalize("NFC", one_line(cell))


def paragraphs(cell: str) -> str:
    """Text with its line breaks."""
    return cell


#: What a spreadsheet makes of a long number: the digits behind are lost.
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)


def code(cell: str) -> str:
    """An id of another system."""
    if _SHORTENED.fullmatch(cell):
        raise BadValue(
            _("A spreadsheet has shortened this id to %(cell)s.") % {"cell": cell[:60]},
            _("The whole id, exported anew or from a column of text."),
        )
    if len(cell) > 200:
        raise BadValue(_("This id is too long."), _("At most 200 characters."))
    return cell


def first_code(cell: str) -> str:
    """The first of several ids, the primary one where HubSpot lists all associated records."""
    return code(cell.split(";", maxsplit=1)[0].strip())


def words(cell: str) -> list[str]:
    """Several words in one cell, as Salesforce and HubSpot write a choice of many."""
    return [word for word in (part.strip() for part in re.split(r"[;\n]", cell)) if word]


def whole_number(cell: str, marks: Marks | None = None) -> int:
    """A number of people or the like: "1,200", "250", "250.0", "10K"."""
    found = _number(cell, marks or _alone(Marks(), cell), scales=True)
    if found is None or found.codes or not 0 <= found.value < 2**31 or found.value % 1:
        raise BadValue(
            _("“%(cell)s” is no whole number.") % {"cell": _short(cell)},
            _("A whole number such as 250."),
        )
    return int(found.value)


def percent(cell: str, marks: Percents | None = None) -> int:
    """A probability between 0 and 100, with or without its sign; 0.75 where all are shares."""
    value = _to_hundred(cell, marks or Percents())
    if value is None:
        raise BadValue(
            _("“%(cell)s” is no percentage.") % {"cell": _short(cell)},
            _("A number from 0 to 100."),
        )
    return value


def score(cell: str, marks: Percents | None = None) -> int:
    """A score from 0 to 100."""
    value = _to_hundred(cell, marks or Percents())
    if value is None:
        raise BadValue(
            _("“%(cell)s” is no score.") % {"cell": _short(cell)}, _("A number from 0 to 100.")
        )
    return value


_SKILL = range(1, 6)
_ANSWERS = {
    **dict.fromkeys(("yes", "y", "true", "1", "ja", "oui", "sí", "si"), True),
    **dict.fromkeys(("no", "n", "false", "0", "nein", "non"), False),
}


def skill(cell: str) -> int:
    """From 1 to 5."""
    if cell.strip() not in {str(each) for each in _SKILL}:
        raise BadValue(
            _("“%(cell)s” is no skill.") % {"cell": _short(cell)}, _("A number from 1 to 5.")
        )
    return int(cell)


def yes_or_no(cell: str) -> bool:
    """A company's policy; an empty cell says nothing."""
    answer = _ANSWERS.get(cell.strip().casefold())
    if answer is None:
        raise BadValue(_("“%(cell)s” is no answer.") % {"cell": _short(cell)}, _("Yes or no."))
    return answer


def _to_hundred(cell: str, marks: Percents) -> int | None:
    parts = numbers.split(cell)
    value = marks.read(parts.digits) if parts else None
    if parts is None or value is None or parts.words not in ((), ("%",)):
        return None
    if marks.are_shares:
        value *= 100
    if value > 100 or (parts.negative and value):
        return None
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def nps(cell: str, marks: Marks | None = None) -> int:
    """An answer to "would you recommend us", 0 to 10."""
    found = _number(cell, marks or Marks(thousands=False))
    if found is None or not 0 <= found.value <= 10 or found.value % 1:
        raise BadValue(
            _("“%(cell)s” is no NPS answer.") % {"cell": _short(cell)},
            _("A whole number from 0 to 10."),
        )
    return int(found.value)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount, and the currencies that the sign beside it may stand for, the likeliest first."""

    value: Decimal
    codes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join([str(self.value), *self.codes[:1]])


def money(cell: str, marks: Marks | None = None) -> Amount:
    """An amount, whichever way its thousands and decimals are set apart; "1.2M" is 1,200,000."""
    found = _number(cell, marks or _alone(Marks(), cell), scales=True, currencies=True)
    if found is None or abs(found.value) >= Decimal(10) ** 12:
        raise BadValue(
            _("“%(cell)s” is no amount.") % {"cell": _short(cell)},
            _("An amount such as 1200, 1,200.50, 1.200,50 EUR or 1.2M."),
        )
    return Amount(found.value.quantize(Decimal("0.01")), found.codes)


def currency(cell: str) -> str:
    """A currency's code, or a sign that stands for one only."""
    codes = words_beside.currencies(cell.strip("."))
    if len(codes) != 1:
        raise BadValue(
            _("“%(cell)s” is no currency.") % {"cell": _short(cell)},
            _("A code of three letters such as EUR."),
        )
    return codes[0]


def _alone(marks: Marks, cell: str) -> Marks:
    """How the one cell is written, where nobody looked at its column."""
    marks.see(cell)
    return marks


def _number(
    cell: str, marks: Marks, *, scales: bool = False, currencies: bool = False
) -> Amount | None:
    """A number with what stands beside it; None where anything does that is not understood."""
    parts = numbers.split(cell)
    value = marks.read(parts.digits) if parts else None
    if parts is None or value is None:
        return None
    factors: list[Decimal] = []
    codes: list[tuple[str, ...]] = []
    for word in parts.words:
        times = words_beside.factor(word) if scales else None
        named = words_beside.currencies(word) if currencies else ()
        if times is None and not named and scales and currencies:
            times, named = words_beside.both(word) or (None, ())
        if times is None and not named:
            return None
        factors += [times] if times is not None else []
        codes += [named] if named else []
    if len(factors) > 1 or len(codes) > 1:
        return None
    for times in factors:
        value *= times
    return Amount(-value if parts.negative else value, codes[0] if codes else ())


def day(cell: str, order: Order | None = None) -> date | Noted:
    """A date; a time behind it is dropped, anything else refuses it.

    2026-11-23, 23.11.2026, 11/23/2026, 20261123, 23 Nov 2026, "23. November 2026", and the number
    that a spreadsheet gives a day, with a remark.
    """
    order = order or Order()
    accepted = _("A date such as 2026-11-23, 23.11.2026 or 11/23/2026.")
    if order.is_open(cell):
        raise BadValue(
            _("“%(cell)s” could be several days.") % {"cell": _short(cell)},
            _("A year of four digits, such as in 2026-11-23."),
        )
    found = order.read(cell)
    if found is None:
        raise BadValue(_("“%(cell)s” is no date.") % {"cell": _short(cell)}, accepted)
    if found.is_serial:
        return Noted(
            found.day,
            _("“%(cell)s” was read as a spreadsheet's number of a day, %(day)s.")
            % {"cell": _short(cell), "day": found.day.isoformat()},
            accepted,
        )
    return found.day


def country(cell: str) -> str:
    """A country's two-letter code."""
    found = parse_country(cell)
    if found is None:
        raise BadValue(
            _("“%(cell)s” is no country.") % {"cell": _short(cell)},
            _("A country's name or two-letter code, such as Germany or DE."),
        )
    return found


#: What a value is when a cell empties it; the others cannot be empty.
EMPTY: Mapping[Callable[..., Any], Any] = {
    **dict.fromkeys((text, paragraphs, country, currency), ""),
    **dict.fromkeys((whole_number, percent, money, day, score, nps)),
}

#: Readers that need to know how their column is written, and what finds it out.
HABITS: Mapping[Callable[..., Any], Callable[[], Habit]] = {
    day: Order,
    money: Marks,
    whole_number: Marks,
    percent: Percents,
    score: Percents,
    nps: partial(Marks, thousands=False),
}


def _short(cell: Any) -> str:
    shown = " ".join(str(cell).split())
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
