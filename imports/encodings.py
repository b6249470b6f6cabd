"""Which encoding a text is in: told by a mark, proven, else guessed (IMP-1, BAD-3).

Imports nothing of the product; runs in a process of its own (``child``), and says to whoever
chooses an encoding which there are.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from imports.limits import Refused

#: Those that can be chosen.
ENCODINGS = (
    "utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257",
    "mac_roman", "cp932", "gb18030", "big5", "cp949",
)  # fmt: skip
#: In the place of what cannot be read.
UNKNOWN = "\ufffd"
#: As much tells what encoding a text is in.
_TELLING = 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_SEQUENCES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
#: A letter's byte in a word. Quotation marks, dots and the sign of a trademark do not count.
_IN_WORD = re.compile(
    rb"(?<=[A-Za-z])[\x80-\xff](?=[A-Za-z])"
    rb"|(?<=[a-z])[\x80-\xff](?![A-Za-z\x80-\xff])"
    # Capitals with a caron in Windows-1252; no word begins with these of the Macintosh.
    rb"|(?<![A-Za-z\x80-\xff])[\x80-\x89\x8b-\x8d\x8f-\xff](?=[a-z])"
)
_EAST_ASIAN = re.compile("[\u3041-\u30ff\u4e00-\u9fff]{2,}")
_NO_LETTERS = b"\x85\x91\x92\x93\x94\x99"
#: No letters in Windows-1252; in Windows-1250 those of Polish and Slovak.
_POLISH = frozenset(b"\x8d\x8f\x9d\x9f\xa3\xa5\xaf\xb3\xb9\xbc\xbe\xbf")
#: The same letters in both, and letters that Czech, Slovene and Croatian have beside them.
_CARONS, _BESIDE_CARONS = frozenset(b"\x8a\x8e\x9a\x9e"), frozenset(b"\xe6\xe8\xec\xf2\xf8\xf9")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was read in."""

    text: str
    #: A code, "" for a text that is the same in all of them.
    encoding: str
    #: Whether it could be in another one; nobody asks where a mark told.
    is_guess: bool


def decode(data: bytes, encoding: str = "") -> Decoded:
    """The text in an encoding, else in the one that is told or the likeliest.

    What cannot be read is :data:`UNKNOWN`: it spoils the row it stands in, not the file. Raises
    :class:`Refused` for what is no text.
    """
    for mark, told in _MARKS:
        if data.startswith(mark):
            return Decoded(_text(data[len(mark) :], told), told, is_guess=False)
    if encoding:
        return Decoded(_text(data, encoding), encoding, is_guess=True)
    if wide := _wide(data):
        return Decoded(_text(data, wide), wide, is_guess=True)
    if data.isascii():
        return Decoded(_text(data, "ascii"), "", is_guess=False)
    likeliest = _likeliest(data)
    return Decoded(_text(data, likeliest), likeliest, is_guess=True)


def _text(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace")
    if "\x00" in text[:4096]:
        raise Refused("binary")
    return text


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of what is written in Latin letters is zero."""
    start = data[:4096]
    pairs = len(start) // 2
    even, odd = start[0 : 2 * pairs : 2].count(0), start[1 : 2 * pairs : 2].count(0)
    # In other scripts at least separators and ends of lines have their zeros.
    for zeros, others, code in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros >= max(4, pairs // 20) and others * 20 < zeros:
            text = start[: 2 * pairs].decode(code, "replace")
            if all(sign >= " " or sign in "\t\r\n" for sign in text):
                return code
    return ""


def _likeliest(data: bytes) -> str:
    first = _HIGH.search(data)
    start = max(first.start() - 1, 0) if first else 0
    sample = data[start : start + _TELLING]
    runs = _HIGH.findall(sample)
    total = sum(map(len, runs))
    # In other encodings hardly any two letters look like one of UTF-8.
    if sum(map(len, _SEQUENCES.findall(sample))) * 2 > total:
        return "utf-8"
    long = sum(len(run) for run in runs if len(run) > 2)
    if _is_japanese(sample, total):
        return "cp932"
    if long * 2 > total and _share(sample.decode("cp1251", "replace"), "CYRILLIC") > 0.7:
        return "cp1251"
    inside = b"".join(_IN_WORD.findall(sample)).translate(None, _NO_LETTERS)
    # Letters of the Macintosh are signs in Windows-1252, and the other way round.
    if sum(byte < 0xA0 for byte in inside) * 2 > len(inside):
        return "mac_roman"
    if sum(byte in _POLISH for byte in inside) * 5 > len(inside):
        return "cp1250"
    both = _CARONS & frozenset(sample) and _BESIDE_CARONS & frozenset(inside)
    return "cp1250" if both else "cp1252"


def _is_japanese(sample: bytes, high: int) -> bool:
    text = sample.decode("cp932", "replace")
    # By chance a letter of it stands alone between Latin ones.
    letters = sum(map(len, _EAST_ASIAN.findall(text)))
    return letters * 3 > high and text.count(UNKNOWN) * 10 <= letters


def _share(text: str, script: str) -> float:
    """How many of a text's letters beyond ASCII are of a script."""
    letters = [sign for sign in text if sign > "\x7f"]
    of_it = sum(unicodedata.name(sign, "").startswith(script) for sign in letters)
    return of_it / len(letters) if letters else 0.0
