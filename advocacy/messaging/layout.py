"""A mail's text as HTML, made from the same parts as the plain text (docs/decisions/0025).

Blank lines separate paragraphs. A place that ends its paragraph behind a label and a colon is
something to do: the first one of a mail is its button, the others are links; the address itself
stands in the plain text only. What is below the rule is small print. Addresses that people typed
are links, never buttons.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from django.template.loader import render_to_string

from advocacy.messaging.body import ABOVE, ACT, LINK, PAGE, RULE, SAID, TEXT, Body

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_BREAK = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, perhaps leading somewhere."""

    text: str
    href: str = ""


@dataclass(slots=True)
class Block:
    """A paragraph, what somebody said, or something to do."""

    pieces: list[Piece] = field(default_factory=list)
    kind: Literal["text", "said", "button", "link"] = "text"


def as_html(
    body: Body, *, link: Callable[[str], str], page: Callable[[], str], subject: str
) -> str:
    """The HTML part of a mail; without places and small print it looks like a person's letter."""
    above, below = _blocks(body, link, page)
    acts = [block for block in above if block.kind == "link"]
    if acts:
        acts[0].kind = "button"
    context = {
        "subject": subject,
        "language": body.language,
        "above": above,
        "below": below,
        "answered": next((part[ABOVE] for part in body.parts if ABOVE in part), ""),
        "framed": bool(below or acts),
    }
    return render_to_string("mail/frame.html", context)


def _blocks(
    body: Body, link: Callable[[str], str], page: Callable[[], str]
) -> tuple[list[Block], list[Block]]:
    halves: tuple[list[Block], list[Block]] = ([], [])
    half, open_block = 0, Block()

    def close() -> None:
        nonlocal open_block
        if block := _tidy(open_block):
            halves[half].append(block)
        open_block = Block()

    for part in body.parts:
        if RULE in part:
            close()
            half = 1
        elif ABOVE in part:
            continue
        elif SAID in part:
            close()
            halves[half].append(Block(list(_linked(part[SAID].strip())), "said"))
        elif TEXT in part:
            first, *others = _BREAK.split(part[TEXT])
            open_block.pieces.append(Piece(first))
            for words in others:
                close()
                open_block.pieces.append(Piece(words))
        else:
            is_link = LINK in part or ACT in part
            place = part.get(LINK, part.get(ACT, ""))
            address = link(place) if is_link else page() if PAGE in part else ""
            open_block.pieces.append(Piece(address, address))
    close()
    return halves


def _tidy(block: Block) -> Block | None:
    """A paragraph as it is shown: a label before its place becomes what is pressed."""
    pieces = [piece for piece in block.pieces if piece.text]
    while pieces and not pieces[-1].href and not pieces[-1].text.strip():
        pieces.pop()
    if not pieces or not "".join(piece.text for piece in pieces).strip():
        return None
    match pieces:
        case [Piece(label, ""), Piece(_, address)] if address and label.rstrip().endswith(":"):
            return Block([Piece(label.strip().removesuffix(":"), address)], "link")
    shown: list[Piece] = []
    for place, piece in enumerate(pieces):
        text = piece.text.lstrip() if place == 0 else piece.text
        text = text.rstrip() if place == len(pieces) - 1 else text
        shown += [piece] if piece.href else _linked(text)
    return Block(shown)


def _linked(text: str) -> Iterator[Piece]:
    end = 0
    for found in _ADDRESS.finditer(text):
        yield Piece(text[end : found.start()])
        yield Piece(found[0], found[0])
        end = found.end()
    yield Piece(text[end:])
