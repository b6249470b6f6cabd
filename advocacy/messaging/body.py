"""What a mail says, as a structure: words, and between them the places filled in at sending.

A place is never looked for in words. Templates set it with a tag, the row keeps it as a part of
its own, so whatever people write (``{link}``, ``{{ x }}``, ``%s``) is words (docs/decisions/0017).
"""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from django.utils.translation import gettext as _

from advocacy.tenancy.text import plain

#: A part of the text as the row keeps it: ``{"text": …}``, ``{"link": ""}`` for the page of the
#: personal link, ``{"link": "preferences"}`` for another that its secret opens, ``{"page": ""}``
#: for the mail's own page of this site, ``{"said": …}`` for what somebody wrote and is quoted,
#: ``{"rule": ""}`` before the small print: who writes, and why one gets it, ``{"act": "<id>"}`` for
#: a personal link beside the mail's own: of several things in one mail each has its own.
Part = dict[str, str]
TEXT, LINK, PAGE, SAID, RULE, ACT = "text", "link", "page", "said", "rule", "act"
#: Set at sending alone: the line above which an answer is written (``quoting``).
ABOVE = "above"
#: The rule in plain text, as mail programs know it (RFC 3676).
_RULE = "-- "


@dataclass(frozen=True, slots=True)
class Body:
    """A mail's text, and the language it is in where that is known."""

    parts: tuple[Part, ...]
    language: str = field(default="", compare=False)

    @classmethod
    def of(cls, text: str, language: str = "") -> Self:
        """Words alone."""
        return cls(({TEXT: plain(text)},), language)

    @classmethod
    def kept(cls, parts: Iterable[Part], language: str = "") -> Self:
        """As a row keeps it."""
        return cls(tuple(parts), language)

    def signed(self, name: str) -> Self:
        """With the sender's name at the end of the small print, where there is any."""
        if not name or all(RULE not in part for part in self.parts):
            return self
        *parts, last = self.parts
        parts += [{TEXT: last[TEXT].rstrip()} if TEXT in last else last]
        return type(self)((*parts, {TEXT: f"\n\n{name}\n"}), self.language)

    def noted(self, words: str) -> Self:
        """With a paragraph below the greeting, or at the top where there is none."""
        first, *rest = self.parts
        greeting, gap, text = first.get(TEXT, "").partition("\n\n")
        if not gap or not greeting.rstrip().endswith(","):
            return type(self)(({TEXT: f"{words}\n\n"}, *self.parts), self.language)
        noted = {TEXT: f"{greeting}\n\n{words}\n\n{text}"}
        return type(self)((noted, *rest), self.language)

    def answered_above(self, line: str) -> Self:
        """With the line above which an answer is written."""
        return type(self)(({ABOVE: line}, *self.parts), self.language)

    @property
    def has_link(self) -> bool:
        """Whether a personal link stands in it."""
        return any(LINK in part for part in self.parts)

    @property
    def acts(self) -> list[str]:
        """The ids of the links beside its own."""
        return [part[ACT] for part in self.parts if ACT in part]

    @property
    def has_page(self) -> bool:
        """Whether the address of a page of this site stands in it."""
        return any(PAGE in part for part in self.parts)

    def around(self, place: str) -> tuple[str, str]:
        """The words before and behind a place; all of them before it when it is not there."""
        at = next((n for n, part in enumerate(self.parts) if place in part), len(self.parts))
        return str(Body(self.parts[:at])), str(Body(self.parts[at + 1 :]))

    def filled(self, *, link: Callable[[str], str], page: Callable[[], str]) -> str:
        """The text as it goes out; ``link`` makes an address for a page of the link, or for the id
        of one beside it.
        """
        return "".join(self._filled(link, page))

    def _filled(self, link: Callable[[str], str], page: Callable[[], str]) -> Iterator[str]:
        for part in self.parts:
            if LINK in part or ACT in part:
                yield link(part.get(LINK, part.get(ACT, "")))
            elif PAGE in part:
                yield page()
            elif RULE in part:
                yield _RULE
            elif ABOVE in part:
                yield f"{part[ABOVE]}\n\n"
            else:
                yield part.get(TEXT, part.get(SAID, ""))

    def __str__(self) -> str:
        """The text to read; a link is named, since only its recipient may see it."""
        return self.filled(
            link=lambda page: (
                f"[{_('personal link')}: {page}]"
                if page and page not in self.acts
                else f"[{_('personal link')}]"
            ),
            page=lambda: f"[{_('link')}]",
        )


class Marks:
    """The places of one text while a template writes it.

    What stands for a place until then is drawn by lot for this one text, so that no words in it
    can be the same.
    """

    def __init__(self) -> None:
        self._lot = secrets.token_hex(16)
        self._said: list[str] = []

    def mark(self, kind: str, value: str = "") -> str:
        """What a tag prints."""
        return f"[{self._lot}:{kind}:{value}]"

    def said(self, words: str) -> str:
        """What a tag prints for words that are quoted."""
        self._said.append(plain(words).strip())
        return self.mark(SAID, str(len(self._said) - 1))

    def body(self, written: str, language: str = "") -> Body:
        """The structure of a text in which they stand."""
        found = re.split(rf"\[{self._lot}:([a-z]+):([a-z0-9]*)\]", written)
        parts = [{TEXT: plain(found[0])}]
        for kind, value, text in zip(found[1::3], found[2::3], found[3::3], strict=True):
            marked = self._said[int(value)] if kind == SAID else value
            parts += [{kind: marked}, {TEXT: plain(text)}]
        return Body(tuple(part for part in parts if part != {TEXT: ""}), language)

    def are_in(self, written: str) -> bool:
        """Whether any place was set."""
        return self._lot in written


def marks_of(context: Any) -> Marks:
    """The places of the text that a template is writing."""
    marks = getattr(context, "marks", None)
    if not isinstance(marks, Marks):
        raise TypeError("places are set in the texts of mails only")
    return marks
