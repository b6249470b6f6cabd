"""What a workbook's number format makes of a number, as far as it changes what is meant (IMP-1).

Imports nothing of the product; runs in a process of its own (``child``).
"""

import re
from dataclasses import dataclass
from decimal import Decimal

#: The pieces of a format: quoted text, an escaped character, "[$€-407]", a colour or condition,
#: blanks as wide as a character, fillers, the places of digits, anything else.
_PIECES = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<bracket>\[[^\]]*\])'
    r"|_.|\*.|(?P<places>[0#?](?:[0#?.,/ ]|E[+-])*)|(?P<general>General)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
#: Digits that a workbook's numbers have at most.
_LONGEST = 330
_ZEROS = re.compile(r"0{2,}")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


@dataclass(frozen=True, slots=True)
class Format:
    """How a column of a sheet shows its numbers."""

    before: str = ""
    after: str = ""
    percent: bool = False
    #: Zeros that fill up an id such as 00123.
    width: int = 0

    def show(self, value: str) -> str:
        """A number, as it stands in the file, with what the sheet shows beside it."""
        number = Decimal(value)
        if abs(number.adjusted()) > _LONGEST:
            return value
        if self.percent:
            number *= 100
        text = f"{number:f}"
        if "." in text:
            text = text.rstrip("0").removesuffix(".")
        if text == "-0":
            text = "0"
        if self.width and text.isdecimal():
            text = text.zfill(self.width)
        if _THOUSANDS.fullmatch(text.removeprefix("-")):
            # One decimal more: nobody takes the dot in 1.500 for a mark of thousands then.
            text += "0"
        return f"{self.before}{text}{self.after}"


GENERAL = Format()


def parse(code: str) -> Format:
    """The format of positive numbers: percent, currency, filled up ids, units.

    What a format divides by ("0.0,,") is worth what the file says, and its unit ("M") is left out.
    """
    before, after = "", ""
    percent = divided = False
    places = ""
    for piece in _PIECES.finditer(code.split(";", maxsplit=1)[0]):
        if piece["places"] or piece["general"]:
            found = (piece["places"] or "").strip()
            places = places or found
            divided = divided or found.endswith(",")
            continue
        if piece["other"] == "%":
            percent = True
        text = next(
            (piece[name] for name in ("quoted", "escaped", "currency", "other") if piece[name]), ""
        )
        if places:
            after += text
        else:
            before += text
    if divided:
        before, after = _currency(before), _currency(after)
    width = len(places) if _ZEROS.fullmatch(places) else 0
    return Format(_beside(before), _beside(after, behind=True), percent, width)


def _currency(text: str) -> str:
    """A sign alone; a letter may be a unit that the number is worth already."""
    return "".join(sign for sign in text if not sign.isalpha() and sign not in "().,")


def _beside(text: str, *, behind: bool = False) -> str:
    """Text beside a number, without the brackets that only a negative one has."""
    text = text.strip(" ()")
    if not text:
        return ""
    return f" {text}" if behind else f"{text} "
