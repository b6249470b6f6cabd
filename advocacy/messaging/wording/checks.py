"""What a text of a tenant's own must be like (MSG-1.a, MSG-1.c)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from advocacy.messaging.wording.kinds import Kind
from advocacy.messaging.wording.text import fields_in, fields_outside, no_fields_in, times_in
from advocacy.tenancy.text import cut, has_words, one_line

_SIGNS = re.compile(r"[{}\[\]]")


def problem_of(kind: Kind, text: str, *, is_subject: bool = False) -> str:
    """What is wrong with a subject or text, naming it and what is accepted; nothing if all is
    well.
    """
    return next(_problems(kind, text, is_subject), "")


def _problems(kind: Kind, text: str, is_subject: bool) -> Iterator[str]:
    if not has_words(text):
        yield _("Write something.")
    if bad := _unbalanced(text):
        yield _(
            "There is a “%(sign)s” without its other half. {first name} is put in; what may be"
            " left out stands in [one pair of square brackets]."
        ) % {"sign": bad}
    known = ", ".join(f"{{{each.name}}}" for each in kind.fields if not _is_place(each.sort))
    for name in [*fields_in(text), *no_fields_in(text)]:
        field = kind.field(name)
        if field is None:
            yield _("Nothing is called {%(name)s} in this mail. It knows: %(known)s.") % {
                "name": cut(one_line(name), 60),
                "known": known,
            }
        elif is_subject and (_is_place(field.sort) or field.sort == "lines"):
            yield _("{%(name)s} cannot stand in the subject.") % {"name": name}
    for name in fields_outside(text):
        if (field := kind.field(name)) and not field.known:
            yield _(
                "{%(name)s} is not always known. Put what needs it in square brackets, and it is"
                " left out then: [It took {%(name)s}.]"
            ) % {"name": name}
    for field in kind.fields:
        if _is_place(field.sort) and times_in(text, field.name) > 1:
            yield _("{%(name)s} stands in it twice.") % {"name": field.name}
        if _is_place(field.sort) and field.name in set(fields_in(text)) - set(fields_outside(text)):
            yield _("{%(name)s} is never left out: take it out of the square brackets.") % {
                "name": field.name
            }


def _is_place(sort: str) -> bool:
    return sort in ("link", "own line")


def _unbalanced(text: str) -> str:
    """The first brace or bracket that has no other half, or opens within one of its sort."""
    open_ones: list[str] = []
    for sign in _SIGNS.findall(text):
        if sign in "{[":
            if sign in open_ones or "{" in open_ones:
                return str(sign)
            open_ones.append(sign)
        elif not open_ones or open_ones.pop() != {"}": "{", "]": "["}[sign]:
            return str(sign)
    return open_ones[-1] if open_ones else ""
