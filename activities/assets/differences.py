"""What changed between two texts, word by word (AST-1.a, APR-1.c)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "gone"]

_PARAGRAPHS = re.compile(r"(\n+)")
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
#: Texts with more pairs of equal words take seconds, whoever wrote them to do so: of these, what
#: lies between their equal beginning and end is shown as replaced.
_MOST_PAIRS = 15_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The text as it is, with what was taken out between: paragraphs first, then the words of
    those that changed.
    """
    return list(_joined(_of_paragraphs(before, after)))


def changed_parts(before: str, after: str) -> list[str]:
    """The paragraphs in which something changed, for a mail: ``[-gone-]`` and ``[+added+]``."""
    marks = {"same": "{}", "gone": "[-{}-]", "added": "[+{}+]"}
    found, at, is_changed = [], "", False
    for piece in differences(before, after):
        for part in _PARAGRAPHS.split(piece.text):
            if part.startswith("\n"):
                if is_changed:
                    found.append(at.strip())
                at, is_changed = "", False
            elif part:
                at += marks[piece.kind].format(part)
                is_changed |= piece.kind != "same"
    return [*found, at.strip()] if is_changed else found


def _of_paragraphs(before: str, after: str) -> Iterator[Piece]:
    old, new = _PARAGRAPHS.split(before), _PARAGRAPHS.split(after)
    for tag, a, b, c, d in _opcodes(old, new):
        if tag == "equal":
            yield Piece("same", "".join(new[c:d]))
        else:
            yield from _of_words("".join(old[a:b]), "".join(new[c:d]))


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """What :meth:`SequenceMatcher.get_opcodes` says, in a time that no text can draw out.

    Blanks and line breaks are equal everywhere, so no stretch begins with one; what is left takes
    as long as there are pairs of equal words, over and over.
    """
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    most = shorter - head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if head:
        yield "equal", 0, head, 0, head
    had = Counter(each for each in a if not each.isspace())
    pairs = sum(had[each] for each in b if not each.isspace())
    if pairs > _MOST_PAIRS:
        yield "replace", head, head + len(a), head, head + len(b)
    else:
        for tag, *at in SequenceMatcher(str.isspace, a, b, autojunk=False).get_opcodes():
            c, d, e, f = (head + each for each in at)
            yield tag, c, d, e, f
    if tail:
        yield "equal", len(old) - tail, len(old), len(new) - tail, len(new)


def _of_words(before: str, after: str) -> Iterator[Piece]:
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    gone, added = list[str](), list[str]()
    for tag, a, b, c, d in _opcodes(old, new):
        stayed = "".join(new[c:d]) if tag == "equal" else ""
        if stayed.strip() or (stayed and not gone and not added):
            yield from _replaced(gone, added)
            yield Piece("same", stayed)
            gone, added = [], []
        else:
            # A blank between two changed words is no stretch that stayed.
            gone += old[a:b]
            added += new[c:d]
    yield from _replaced(gone, added)


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if old:
        yield Piece("gone", "".join(old))
    if new:
        yield Piece("added", "".join(new))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and piece.kind == last.kind:
            last = Piece(piece.kind, last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None and last.text:
        yield last
