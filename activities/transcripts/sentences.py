"""Where sentences begin and end in what somebody said: positions, so that no word is touched
(TRN-1.b).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: In words: shorter says nothing, longer quotes nobody.
FEWEST_WORDS, MOST_WORDS = 5, 60

_END = re.compile(r"[.!?…]+[\"'”’“»)\]]*(?=\s+[\"'“„‘«(\[¿¡]*[^\Wa-zà-öø-ÿ_])")
#: What ends with a full stop and no sentence.
_ABBREVIATIONS = (
    "dr mr mrs ms prof sr sra dra st no nr vs etc approx inc ltd co e.g i.e z.b d.h u.a bzw ca usw"
    " evtl ggf inkl mind max min std mio mrd tsd bpk ibu sdr dll dsb mis pag av ex p.ex ltda s.a"
)
_SHORT = frozenset(_ABBREVIATIONS.split())


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a transcript as it stands in a turn. ``number`` counts lines from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A part of a turn, word for word, from character ``start`` of line ``number`` on."""

    number: int
    start: int
    text: str


def joined(pieces: Sequence[Piece]) -> str:
    """What somebody said without being interrupted: its lines with a blank between them."""
    return " ".join(piece.text for piece in pieces)


def sentences_of(pieces: Sequence[Piece]) -> Iterator[Sentence]:
    """The sentences of one turn; of one without full stops its lines, where those are short."""
    text = joined(pieces)
    begins, at = [], 0
    for piece in pieces:
        begins.append(at)
        at += len(piece.text) + 1
    for start, end in _spans(text):
        spans = [(start, end)]
        if len(text[start:end].split()) > MOST_WORDS:
            # Nobody said where it ends: what was written as one line is taken as one.
            spans = [
                (max(start, begin), min(end, begin + len(piece.text)))
                for begin, piece in _between(begins, pieces, start, end)
                if begin + len(piece.text) > start
            ]
        for begin_at, last in spans:
            found = text[begin_at:last].strip()
            first = text.index(found, begin_at)
            if FEWEST_WORDS <= len(found.split()) <= MOST_WORDS:
                index = bisect_right(begins, first) - 1
                yield Sentence(pieces[index].number, first - begins[index], found)


def _between(
    begins: Sequence[int], pieces: Sequence[Piece], start: int, end: int
) -> Iterator[tuple[int, Piece]]:
    """Lines with where they begin, from the one that holds ``start`` to the last before ``end``."""
    for at in range(max(0, bisect_right(begins, start) - 1), bisect_left(begins, end)):
        yield begins[at], pieces[at]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END.finditer(text):
        word = re.search(r"[^\s(\[\"“„]*$", text[start : found.start()])
        last = word.group().casefold() if word else ""
        is_short = last in _SHORT or (len(last) == 1 and last.isalpha())
        if found.group().startswith(".") and (is_short or re.fullmatch(r"\d{1,2}", last)):
            # A number with a full stop is a date in German; a single letter is an initial.
            continue
        yield start, found.end()
        start = found.end()
    if text[start:].strip():
        yield start, len(text)
