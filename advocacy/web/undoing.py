"""What the toast of a press offers to take back (UI-1).

Whoever holds back what a press sends offers it here; the page that answers the press puts the
offer into its toast. In between lies only the service, which knows nothing of pages.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from advocacy.tenancy.models import Membership

#: The address at which it is taken back, of the app that holds the mails.
URL_NAME = "undo"
#: In the query of a form: the press that was taken back, and made here.
PRESS = "press"


@dataclass(slots=True)
class Offers:
    """What can be taken back of one press, and until when."""

    ids: list[str] = field(default_factory=list)
    until: datetime | None = None


_offers: ContextVar[Offers | None] = ContextVar("offers", default=None)


@contextmanager
def collecting() -> Iterator[Offers]:
    """Gather what is offered in this block: one request."""
    made = Offers()
    token = _offers.set(made)
    try:
        yield made
    finally:
        _offers.reset(token)


def offer(key: UUID, until: datetime) -> None:
    """Something can be taken back for a while."""
    offers = _offers.get()
    if offers is not None:
        offers.ids.append(str(key))
        offers.until = until if offers.until is None else min(offers.until, until)


#: What somebody had typed when they made a press that they took back, by the form's field.
Typed = Callable[[Membership, UUID], Mapping[str, Any]]
_typed: list[Typed] = []


def remember_typed(typed: Typed) -> None:
    """Say who keeps what was typed."""
    _typed.append(typed)


def typed_before(member: Membership, press: UUID | None) -> dict[str, Any]:
    """What a form starts with that is opened again after its press was taken back."""
    found: dict[str, Any] = {}
    for typed in _typed:
        found |= typed(member, press) if press else {}
    return found


def offered() -> Offers:
    """What this request can take back so far."""
    return _offers.get() or Offers()
