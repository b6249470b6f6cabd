"""Reading the event log."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import QuerySet

from advocacy.events.models import Chain, Event, EventSeal, PendingSeal
from advocacy.events.services import digest_of


def timeline(record: models.Model, *, limit: int = 50) -> QuerySet[Event]:
    """The newest events on a record's timeline."""
    return (
        Event.objects.filter(subjects__subject_id=record.pk)
        .select_related("actor__user")
        .order_by("-subjects__at", "-id")[:limit]
    )


def audit() -> QuerySet[Event]:
    """Every event of the tenant, newest first."""
    return Event.objects.select_related("actor__user").order_by("-at", "-id")


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A place where the sealed sequence does not add up."""

    seq: int
    problem: str


def verify_chain() -> Iterator[ChainFault]:
    """Walk the tenant's sealed events and name every edit, gap and reordering (AUD-2).

    Goes as far as the head of the chain at the start; what is sealed meanwhile waits for the next
    walk.
    """
    head = Chain.objects.first() or Chain()
    previous, expected = "", 1
    seals = EventSeal.objects.filter(seq__lte=head.seq).select_related("event").order_by("seq")
    for seal in seals.iterator(chunk_size=2000):
        if seal.seq != expected:
            yield ChainFault(expected, f"missing: the next sealed event is {seal.seq}")
        if seal.digest != digest_of(previous, seal.seq, seal.event):
            yield ChainFault(seal.seq, "edited or reordered: the digest does not match")
        previous, expected = seal.digest, seal.seq + 1
    if (head.seq, head.digest) != (expected - 1, previous):
        yield ChainFault(expected, f"missing: the sequence has been as long as {head.seq}")
    outside = Event.objects.filter(seal__isnull=True).exclude(
        pk__in=PendingSeal.objects.values("event_id")
    )
    for event in outside.order_by("at", "id"):
        yield ChainFault(expected, f"outside: event {event.pk} was never sealed and never will be")
