"""What the toast of a press offers to take back (UI-1).

Whoever holds back what a press sends offers it here; the page that answers the press puts the
offer into its toast. In between lies only the service, which knows nothing of pages.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

#: The address at which it is taken back, of the app that holds the mails.
URL_NAME = "undo"


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


def offered() -> Offers:
    """What this request can take back so far."""
    return _offers.get() or Offers()
