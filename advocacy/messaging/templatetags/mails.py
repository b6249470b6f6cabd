"""What templates of mails have beside Django's own; built into ``rendering``'s engine.

``{% link %}`` the personal link · ``{% link "preferences" as there %}`` another page of it ·
``{% act link.pk %}`` a personal link beside the mail's own ·
``{% page %}`` the mail's page of this site · ``{% rule %}`` before the small print ·
``{% said reason %}`` what somebody wrote, quoted · ``{% own_line %}`` where a letter takes a line
of one's own · ``{{ reason|lines }}`` keeps the paragraphs of what somebody wrote; any other value
stands on one line · ``{{ name|given }}`` how one greets somebody ·
``{{ needed_by|day }}`` a date as pages write it.
"""

from datetime import date
from typing import Any

from django.template import Library, VariableDoesNotExist

from advocacy.messaging.body import ACT, LINK, PAGE, RULE, marks_of
from advocacy.tenancy.text import plain
from advocacy.web import formatting

register = Library()

OWN_LINE = "ownline"


class Lines(str):
    """Text whose line breaks are meant."""

    __slots__ = ()


@register.simple_tag(takes_context=True)
def link(context: Any, page: str = "") -> str:
    """The personal link, or another page that its secret opens."""
    return marks_of(context).mark(LINK, page)


@register.simple_tag(takes_context=True)
def act(context: Any, link: Any) -> str:
    """A personal link beside the mail's own, by its id."""
    return marks_of(context).mark(ACT, link.hex)


@register.simple_tag(takes_context=True)
def page(context: Any) -> str:
    """The address of the page the mail is about."""
    return marks_of(context).mark(PAGE)


@register.simple_tag(takes_context=True)
def rule(context: Any) -> str:
    """Below it stands who writes, and why one gets it."""
    return marks_of(context).mark(RULE)


@register.simple_tag(takes_context=True)
def said(context: Any, words: Any) -> str:
    """What somebody wrote. Nothing where words belong is a hole in the mail (MSG-1)."""
    if not str(words or "").strip():
        raise VariableDoesNotExist("%s is empty", ("what somebody said",))
    return marks_of(context).said(str(words))


@register.filter
def given(name: Any) -> str:
    """The first name in a whole one; all of it where that cannot be told: "Dr. Ito", "Ana"."""
    first, _space, rest = str(name).strip().partition(" ")
    return first if rest and len(first) > 1 and not first.endswith(".") else str(name)


@register.filter
def day(value: date) -> str:
    """A date as every page writes it: "Fri 27 Nov"."""
    return formatting.day(value)


@register.simple_tag(takes_context=True)
def own_line(context: Any) -> str:
    """The place of the personal line."""
    return marks_of(context).mark(OWN_LINE)


@register.filter
def lines(value: Any) -> Lines:
    """Paragraphs as they were written."""
    return Lines(plain(str(value)).strip())
