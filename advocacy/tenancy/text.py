"""Text as people type it, and what of it may stand in a line, a header or a letter (BAD-3).

Names, titles and subjects are :class:`LineField` and :class:`Line`: one line, whichever way they
come in. :func:`one_line` and :func:`plain` are the only places that say which characters that
leaves.
"""

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.db.models.expressions import Combinable

#: Invisible, but Persian words and emoji of several signs are wrong without them.
_JOINERS = "\u200c\u200d"
#: Format characters that are seen: Arabic, Syriac and Kaithi number and abbreviation signs.
_SIGNS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
#: What turns the direction of everything behind it.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LOOSE_JOINERS = re.compile(rf"(?<!\S)[{_JOINERS}]+|[{_JOINERS}]+(?!\S)")
_NEWLINES = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")

#: Letters and signs by their category, and nothing to look at.
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def has_words(text: str) -> bool:
    """Whether there is anything to read: a letter, a number or a sign somebody sees."""
    return any(unicodedata.category(s)[0] in "LNPS" and s not in _FILLERS for s in text)


def one_line(text: str) -> str:
    """Text on one line: breaks, tabs and runs of blanks are one blank, what is invisible goes.

    Control characters, direction marks and zero-width characters break headers, hide in names and
    make two equal names different. Joiners stay inside a word.
    """
    if text.isprintable():  # the blank is the only space that counts as printable
        return " ".join(text.split())
    shown = _LOOSE_JOINERS.sub("", "".join(_in_line(sign) for sign in text))
    return " ".join(shown.split())


def _in_line(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    if category == "Cf":
        return sign if sign in _JOINERS or sign in _SIGNS else ""
    return "" if _is_no_character(sign, category) else sign


def plain(text: str) -> str:
    """Text with its paragraphs: ``\\n`` ends a line, no control characters, nothing that turns
    the direction of what follows.
    """
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        sign
        for sign in _NEWLINES.sub("\n", text)
        if sign in "\n\t" or not _is_hidden(sign, unicodedata.category(sign))
    )


def _is_hidden(sign: str, category: str) -> bool:
    return category == "Cc" or sign in _TURNS or _is_no_character(sign, category)


def _is_no_character(sign: str, category: str) -> bool:
    """Half of a character, or one that Unicode will never assign: no encoding, no font has it."""
    if category == "Cs":
        return True
    code = ord(sign)
    return category == "Cn" and (code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF)


def cut(text: str, longest: int) -> str:
    """Text of at most so many characters; an ellipsis says that something is missing."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def typed_line(value: Any) -> Any:
    """What somebody typed for a name, on one line.

    Nobody types a NUL: it stays, for the field to refuse it with a sentence.
    """
    return one_line(value) if isinstance(value, str) and "\0" not in value else value


class Line(forms.CharField):
    """A form's field for a name or title."""

    def to_python(self, value: Any) -> Any:
        """On one line, before anything is checked."""
        return super().to_python(typed_line(value))


if TYPE_CHECKING:
    _CharField = models.CharField[str | Combinable, str]
else:
    _CharField = models.CharField


class LineField(_CharField):
    """A column of names or titles: one line, whoever writes it and by which way.

    To the database, and so to migrations, it is a ``CharField``.
    """

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return super().clean(_lined(value), model_instance)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = _lined(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Also for ``update()``, which knows no object."""
        return super().get_db_prep_save(_lined(value), connection)

    def deconstruct(self) -> Any:
        """As the ``CharField`` it is in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """:class:`Line`, unless it is a choice."""
        return super().formfield(**{"form_class": Line, **kwargs})


def _lined(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value
