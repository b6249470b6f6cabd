"""What templates of mails have beside Django's own; built into ``rendering``'s engine.

``{% link %}`` the personal link · ``{% link "preferences" as there %}`` another page of it ·
``{% page %}`` the mail's page of this site · ``{% own_line %}`` where a letter takes a line of
one's own · ``{{ reason|lines }}`` keeps the paragraphs of what somebody wrote; any other value
stands on one line.
"""

from typing import Any

from django.template import Library

from advocacy.messaging.body import LINK, PAGE, marks_of
from advocacy.tenancy.text import plain

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
def page(context: Any) -> str:
    """The address of the page the mail is about."""
    return marks_of(context).mark(PAGE)


@register.simple_tag(takes_context=True)
def own_line(context: Any) -> str:
    """The place of the personal line."""
    return marks_of(context).mark(OWN_LINE)


@register.filter
def lines(value: Any) -> Lines:
    """Paragraphs as they were written."""
    return Lines(plain(str(value)).strip())
