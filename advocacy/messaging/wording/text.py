"""The text of a letter as people write it: words, ``{first name}``, and ``[what may be unknown]``.

In square brackets stands what needs something that is not always known: with a hole in it, it is
left out, or what follows a ``|`` is said instead. Outside of them a hole refuses the letter
(MSG-1.c). Fields are looked for in the text alone, never in what is put in (docs/decisions/0017).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from advocacy.messaging.body import Marks
from advocacy.messaging.rendering import MissingMergeData, RenderedMail
from advocacy.tenancy.text import one_line

_FIELD = re.compile(r"\{([^{}\[\]\n]{1,60})\}")
_BRACES = re.compile(r"\{([^{}]*)\}")
_GROUP = re.compile(r"\[([^\[\]]*\{[^\[\]]*)\]")
#: Stands where a group was left out, until the blanks around it are tidied.
_NOTHING = "\x00"


class _Hole(Exception):
    """A field for which nothing is known."""


@dataclass(frozen=True, slots=True)
class Written:
    """A subject and a text with fields, by a tenant or by us."""

    subject: str
    text: str

    @property
    def whole(self) -> str:
        """Both."""
        return f"{self.subject}\n{self.text}"


def fields_in(text: str) -> list[str]:
    """The names in braces, in order, each once."""
    return list(dict.fromkeys(name.strip() for name in _FIELD.findall(text)))


def no_fields_in(text: str) -> list[str]:
    """What stands in braces and can be no name: nothing, more than a line, or too much. It would go
    out as it stands there.
    """
    return [found for found in _BRACES.findall(text) if not _FIELD.fullmatch(f"{{{found}}}")]


def times_in(text: str, name: str) -> int:
    """How often a field stands there, with blanks around its name or without."""
    return sum(found.strip() == name for found in _FIELD.findall(text))


def fields_outside(text: str) -> list[str]:
    """Those that stand outside of square brackets: without them there is no letter."""
    return fields_in(_GROUP.sub("", text))


def fill(written: Written, values: Mapping[str, Any], marks: Marks, language: str) -> RenderedMail:
    """The mail; ``values`` are by the fields' names, places as ``marks`` prints them.

    Raises :class:`MissingMergeData`.
    """
    subject = _filled(written.subject, values)
    if marks.are_in(subject):
        raise MissingMergeData(f"a link cannot stand in the subject {written.subject!r}")
    text = re.sub(r"\n{3,}", "\n\n", _filled(written.text, values)).strip() + "\n"
    return RenderedMail(one_line(subject), marks.body(text, language))


def _filled(text: str, values: Mapping[str, Any]) -> str:
    def value(name: str) -> str:
        said = str(values.get(name) or "")
        if not said.strip():
            raise _Hole(name)
        return said

    try:
        made = "".join(_pieces(text, value))
    except _Hole as hole:
        raise MissingMergeData(f"nothing to put in for {{{hole}}}") from hole
    made = re.sub(rf"(^|\n)[ \t]*{_NOTHING}[ \t]*", r"\1", made)
    return re.sub(rf"[ \t]*{_NOTHING}", "", made)


def _pieces(text: str, value: Callable[[str], str]) -> Iterator[str]:
    end = 0
    for group in _GROUP.finditer(text):
        yield _put(text[end : group.start()], value)
        yield _first_known(group[1].split("|"), value)
        end = group.end()
    yield _put(text[end:], value)


def _first_known(ways: list[str], value: Callable[[str], str]) -> str:
    for way in ways:
        try:
            return _put(way, value)
        except _Hole:
            continue
    return _NOTHING


def _put(text: str, value: Callable[[str], str]) -> str:
    return _FIELD.sub(lambda found: value(found[1].strip()), text)
