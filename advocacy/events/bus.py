"""Verbs and same-transaction subscribers: how a lower app causes something in a higher one.

A verb is declared once, by the app that records it; a higher app subscribes in its
``AppConfig.ready()``. Subscribers run inside the transaction of the change, in ascending
``order``, and an exception in one undoes the change. ``manage.py events`` lists them all.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.functional import Promise

if TYPE_CHECKING:
    from advocacy.events.models import Event
    from advocacy.tenancy.actors import Actor

Handler = Callable[["Event", models.Model, "Actor"], None]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A handler and its place in the order."""

    order: int
    handler: Handler
    why: str


_verbs: dict[str, str | Promise] = {}
_subscriptions: dict[str, list[Subscription]] = defaultdict(list)


def declare(verbs: dict[str, str | Promise]) -> None:
    """Make verbs known, each with the words a timeline shows (a past-tense phrase)."""
    _verbs.update(verbs)


def require(verb: str) -> None:
    """Raise ``LookupError`` for a verb nobody declared."""
    if verb not in _verbs:
        raise LookupError(f"event verb {verb!r} is not declared")


def words(verb: str) -> str:
    """What a timeline says for a verb."""
    return str(_verbs.get(verb, verb))


def subscribe(verb: str, handler: Handler, *, order: int, why: str) -> None:
    """Run ``handler(event, subject, actor)`` whenever ``verb`` is recorded."""
    entry = Subscription(order, handler, why)
    if entry not in _subscriptions[verb]:
        _subscriptions[verb] = sorted(
            [*_subscriptions[verb], entry], key=lambda subscription: subscription.order
        )


def is_followed(verb: str) -> bool:
    """Whether anybody subscribes to a verb."""
    return bool(_subscriptions.get(verb))


def publish(event: "Event", subject: models.Model, actor: "Actor") -> None:
    """Hand an event to its subscribers."""
    for subscription in _subscriptions.get(event.verb, ()):
        subscription.handler(event, subject, actor)


def listing() -> dict[str, list[Subscription]]:
    """Every declared verb with its subscribers, for ``manage.py events`` and the docs."""
    return {verb: list(_subscriptions.get(verb, ())) for verb in sorted(_verbs)}
