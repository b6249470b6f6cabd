"""Reading single cells. Each reader raises :class:`BadValue` with what it would have accepted."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from advocacy.tenancy.text import one_line
from advocates.countries import parse_country


class BadValue(ValueError):
    """A cell that cannot be read: the problem and what is accepted, as sentences."""

    def __init__(self, problem: str, accepted: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.accepted = accepted


class Odd(BadValue):
    """A cell that is left out with a remark; the row gets in."""


def text(cell: str) -> str:
    """Text on one line."""
    return one_line(cell)


def paragraphs(cell: str) -> str:
    """Text with its line breaks."""
    return cell


def code(cell: str) -> str:
    """An id of another system."""
    if len(cell) > 200:
        raise BadValue(_("This id is too long."), _("At most 200 characters."))
    return cell


def first_code(cell: str) -> str:
    """The first of several ids, the primary one where HubSpot lists all associated records."""
    return code(cell.split(";", maxsplit=1)[0].strip())


def words(cell: str) -> list[str]:
    """Several words in one cell, as Salesforce and HubSpot write a choice of many."""
    return [word for word in (part.strip() for part in re.split(r"[;\n]", cell)) if word]


def whole_number(cell: str) -> int:
    """A number of people or the like: "1,200", "250", "250.0"."""
    amount = _decimal(cell)
    if amount is None or amount != amount.to_integral_value() or not 0 <= amount < 2**31:
        raise BadValue(
            _("“%(cell)s” is no whole number.") % {"cell": _short(cell)},
            _("A whole number such as 250."),
        )
    return int(amount)


def percent(cell: str) -> int:
    """A probability between 0 and 100, with or without its sign."""
    amount = _decimal(cell.rstrip("% "))
    if amount is None or not 0 <= amount <= 100:
        raise BadValue(
            _("“%(cell)s” is no percentage.") % {"cell": _short(cell)},
            _("A number from 0 to 100."),
        )
    return round(amount)


def money(cell: str) -> Decimal:
    """An amount, whichever way its thousands and decimals are set apart."""
    amount = _decimal(cell)
    if amount is None or abs(amount) >= Decimal(10) ** 12:
        raise BadValue(
            _("“%(cell)s” is no amount.") % {"cell": _short(cell)},
            _("An amount such as 1200, 1,200.50 or 1.200,50."),
        )
    return amount.quantize(Decimal("0.01"))


def _decimal(cell: str) -> Decimal | None:
    """A number out of "1,234.50", "1.234,50", "1 234,5", "€ 1'234", "(500)"; None for no number."""
    found = re.fullmatch(
        r"(\()?\s*([-−+])?\s*(?:[^\d\s().,'-]{1,4}\s*)?([\d.,'’\s]+?)"
        r"\s*(?:[^\d\s().,'-]{1,4})?\s*\)?",
        cell,
    )
    if found is None:
        return None
    digits = re.sub(r"[\s'’]", "", found[3])
    comma, dot = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and dot >= 0:
        last, other = (",", ".") if comma > dot else (".", ",")
        digits = digits.replace(other, "").replace(last, ".")
    elif comma >= 0:
        thousands = digits.count(",") > 1 or len(digits) - comma == 4
        digits = digits.replace(",", "" if thousands else ".")
    elif digits.count(".") > 1:
        digits = digits.replace(".", "")
    try:
        amount = Decimal(digits)
    except InvalidOperation:
        return None
    return -amount if found[1] or found[2] in ("-", "−") else amount


_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_WORDED = ("%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d-%b-%y", "%Y/%m/%d")


def day_comes_first(cells: list[str]) -> bool | None:
    """Whether a column of dates like 03/04/2026 puts the day first; None when nothing tells."""
    for cell in cells:
        if found := _SLASHED.match(cell):
            if int(found[1]) > 12:
                return True
            if int(found[2]) > 12:
                return False
    return None


def has_slashes(cells: list[str]) -> bool:
    """Whether any date of a column is written with slashes, so that the order matters."""
    return any(_SLASHED.match(cell) for cell in cells)


def day(cell: str, *, day_first: bool = False) -> date:
    """A date: 2026-11-23 (a time behind it is dropped), 23.11.2026, 11/23/2026, 23 Nov 2026."""
    try:
        return _day(cell, day_first)
    except ValueError:
        raise BadValue(
            _("“%(cell)s” is no date.") % {"cell": _short(cell)},
            _("A date such as 2026-11-23, 23.11.2026 or 11/23/2026."),
        ) from None


def _day(cell: str, day_first: bool) -> date:
    if re.match(r"\d{4}-\d{2}-\d{2}", cell):
        return date.fromisoformat(cell[:10])
    if found := _DOTTED.match(cell):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := _SLASHED.match(cell):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        return date(year, second, first) if day_first else date(year, first, second)
    for form in _WORDED:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(cell)


def country(cell: str) -> str:
    """A country's two-letter code."""
    found = parse_country(cell)
    if found is None:
        raise BadValue(
            _("“%(cell)s” is no country.") % {"cell": _short(cell)},
            _("A country's name or two-letter code, such as Germany or DE."),
        )
    return found


def score(cell: str) -> int:
    """A score from 0 to 100."""
    amount = _decimal(cell.rstrip("% "))
    if amount is None or not 0 <= amount <= 100:
        raise BadValue(
            _("“%(cell)s” is no score.") % {"cell": _short(cell)}, _("A number from 0 to 100.")
        )
    return round(amount)


def nps(cell: str) -> int:
    """An answer to "would you recommend us", 0 to 10."""
    amount = _decimal(cell)
    if amount is None or amount != amount.to_integral_value() or not 0 <= amount <= 10:
        raise BadValue(
            _("“%(cell)s” is no NPS answer.") % {"cell": _short(cell)},
            _("A whole number from 0 to 10."),
        )
    return int(amount)


def _short(cell: Any) -> str:
    shown = " ".join(str(cell).split())
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
