"""Numbers as people and systems write them (IMP-1)."""

import re
from dataclasses import dataclass
from decimal import Decimal

#: Wide forms as East Asia types them, and the blanks and apostrophes that set thousands apart.
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    0xFFE1: ord("£"),
    0xFFE5: ord("¥"),
    0x3000: ord(" "),
    **dict.fromkeys(map(ord, "’ʼ´`"), ord("'")),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), ord(" ")),
}
_PARTS = re.compile(r"([^\d]*)(\d(?:[\d.,' ]*\d)?)([^\d]*)")
#: The dash instead of decimals in "1.200,-", and a mark without any.
_NO_DECIMALS = re.compile(r"[.,](?:\s*[-–—]{1,2}(?!\S))?")
_MINUS = "-−–"


@dataclass(frozen=True, slots=True)
class Parts:
    """A cell with one number in it, taken apart."""

    negative: bool
    digits: str
    #: What stands beside the number, without blanks and full stops: currencies, "Mio", "%".
    words: tuple[str, ...]


def split(cell: str) -> Parts | None:
    """The parts of "€ 1'234.50", "(500)", "5 Mio. EUR", "500-"; None where no number is."""
    found = _PARTS.fullmatch(cell.translate(_WIDE))
    if found is None:
        return None
    before, digits, after = found.groups()
    if before[-1:] in (".", ",") and not before[-2:-1].isalpha():
        # ".5"; in "Rs.5000" the mark belongs to the word.
        before, digits = before[:-1], f"{before[-1]}{digits}"
    if mark := _NO_DECIMALS.match(after):
        after = after[mark.end() :]
    bracketed = before.count("(") == after.count(")") == 1
    if bracketed:
        before, after = before.replace("(", " "), after.replace(")", " ")
    minuses = sum(sign in _MINUS for sign in before + after)
    if "+" in after:
        # "100+" is no number but a least one.
        return None
    pluses = before.count("+")
    if minuses + pluses + bracketed > 1:
        return None
    if (minuses or pluses) and not _is_at_an_edge(before, after):
        return None
    for sign in f"{_MINUS}+":
        before, after = before.replace(sign, " "), after.replace(sign, " ")
    words = tuple(word.strip(".") for word in f"{before} {after.replace('%', ' % ')}".split())
    if not all(words):
        return None
    return Parts(bool(minuses or bracketed), digits, words)


def _is_at_an_edge(before: str, after: str) -> bool:
    """Whether a sign begins or ends the cell, or touches the number: "-€5", "€-5", "5-"."""
    signs = f"{_MINUS}+"
    return (
        before.strip()[:1] in tuple(signs)
        or before.rstrip()[-1:] in tuple(signs)
        or after.rstrip()[-1:] in tuple(signs)
    )


def _number(mark: str) -> re.Pattern[str]:
    other = "," if mark == "." else "."
    grouped = "|".join(rf"[1-9]\d{{0,2}}(?:{group}\d{{3}})+" for group in (f"[{other}]", "'", " "))
    # In India all but the last three digits stand in pairs.
    pairs = rf"[1-9]\d?(?:[{other}]\d{{2}})+[{other}]\d{{3}}"
    return re.compile(rf"({grouped}|{pairs}|\d+|)(?:[{mark}](\d+))?")


_NUMBERS = {".": _number("."), ",": _number(",")}


def readings(digits: str) -> dict[str, Decimal]:
    """What digits with marks are worth, by the decimal mark under which they are a number.

    "1.500" has two readings; those of "1500" are the same; "12,5" has one.
    """
    found = {}
    for mark, number in _NUMBERS.items():
        if parts := number.fullmatch(digits):
            whole = re.sub(r"[.,' ]", "", parts[1]) or "0"
            found[mark] = Decimal(f"{whole}.{parts[2]}" if parts[2] else whole)
    return found
