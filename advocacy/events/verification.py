"""Checking the event log: what was edited, taken away, added or put elsewhere (AUD-2).

The walk recomputes every digest in Python, so it believes nothing the database says about itself.
What the chain alone cannot show, because its own head went too, shows against anchors that were
kept elsewhere (``anchors``).
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from advocacy import clock
from advocacy.events.anchors import Anchor
from advocacy.events.digests import digest_of
from advocacy.events.models import Chain, Event, EventSeal, EventSubject, PendingSeal

#: Events sealed at a time are few; those looked at in one go are these.
BATCH = 2000
#: The sealer looks every few seconds; who waits longer than this is kept from it.
PATIENCE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A place where the log does not add up."""

    seq: int
    problem: str


def verify_chain(anchors: Iterable[Anchor] = ()) -> Iterator[ChainFault]:
    """Walk the log of the scope's tenant and name everything that was tampered with.

    Needs a scope with ``snapshot`` while others write. ``anchors`` are the tenant's own.
    """
    heads = list(Chain.objects.order_by("pk"))
    head = heads[0] if heads else Chain(id=uuid.UUID(int=0))
    if len(heads) > 1:
        yield ChainFault(head.seq, f"foreign: the tenant has {len(heads)} chains")
    previous, expected = str(head.pk), 1
    for seal, event, subjects in _sealed():
        if seal.seq > expected:
            yield ChainFault(expected, f"missing: the next sealed event is {seal.seq}")
        elif seal.seq < expected:
            yield ChainFault(seal.seq, "duplicate: the place is taken by another event")
        if event is None:
            yield ChainFault(seal.seq, f"missing: the sealed event {seal.event_id} is gone")
        elif seal.digest != digest_of(
            previous=previous, seal_id=seal.pk, seq=seal.seq, event=event, subjects=subjects
        ):
            yield ChainFault(seal.seq, "edited or reordered: the digest does not match")
        previous, expected = seal.digest, seal.seq + 1
    last = previous if expected > 1 else ""
    if (head.seq, head.digest) != (expected - 1, last):
        yield ChainFault(
            expected,
            f"missing: the chain's head says {head.seq}, the last sealed event is {expected - 1}",
        )
    yield from _loose_faults(expected)
    yield from _anchor_faults(anchors, expected - 1)


def holds(event: Event) -> bool | None:
    """Whether one event is as it was sealed, after the one before it; None while it waits to be.

    For a page that shows what an event proves; :func:`verify_chain` looks at all of them.
    """
    seal = EventSeal.objects.filter(event=event).first()
    if seal is None:
        return None
    before = EventSeal.objects.filter(seq=seal.seq - 1).first()
    first = Chain.objects.order_by("pk").first()
    return seal.digest == digest_of(
        previous=before.digest if before else str(first.pk if first else ""),
        seal_id=seal.pk,
        seq=seal.seq,
        event=event,
        subjects=EventSubject.objects.filter(event=event),
    )


def _sealed() -> Iterator[tuple[EventSeal, Event | None, list[EventSubject]]]:
    """Seals in their order with what they stand for; an event that is gone is ``None``."""
    after: tuple[int, uuid.UUID] | None = None
    while True:
        rows = EventSeal.objects.order_by("seq", "pk")
        if after:
            rows = rows.filter(Q(seq__gt=after[0]) | Q(seq=after[0], pk__gt=after[1]))
        seals = list(rows[:BATCH])
        if not seals:
            return
        ids = [seal.event_id for seal in seals]
        events = Event.objects.in_bulk(ids)
        subjects = defaultdict(list)
        for subject in EventSubject.objects.filter(event_id__in=ids):
            subjects[subject.event_id].append(subject)
        for seal in seals:
            yield seal, events.get(seal.event_id), subjects[seal.event_id]
        after = (seals[-1].seq, seals[-1].pk)


def _loose_faults(seq: int) -> Iterator[ChainFault]:
    """Rows that no seal holds: events outside the chain, and what belongs to no event."""
    pending = PendingSeal.objects.filter(event_id=OuterRef("pk"))
    sealed = EventSeal.objects.filter(event_id=OuterRef("pk"))
    for event in Event.objects.filter(~Exists(sealed), ~Exists(pending)).order_by("at", "pk"):
        yield ChainFault(seq, f"outside: event {event.pk} was never sealed and never will be")
    for row in PendingSeal.objects.filter(
        Exists(EventSeal.objects.filter(event_id=OuterRef("event_id")))
    ):
        yield ChainFault(seq, f"outside: event {row.event_id} is sealed and waits to be sealed")
    late = Event.objects.filter(
        Exists(pending), ~Exists(sealed), at__lt=clock.now() - PATIENCE
    ).order_by("at", "pk")
    if first := late.first():
        yield ChainFault(
            seq,
            f"waiting: {late.count()} event(s) are not sealed yet, the oldest of {first.at:%F %T}"
            " UTC; while no worker runs that is so, otherwise somebody keeps them from it",
        )
    present = Event.objects.filter(pk=OuterRef("event_id"))
    for model in (EventSubject, PendingSeal):
        for astray in model.objects.filter(~Exists(present)):  # type: ignore[attr-defined]
            yield ChainFault(
                seq,
                f"foreign: {model._meta.label} {astray.pk} belongs to no event of the tenant",
            )


def _anchor_faults(anchors: Iterable[Anchor], last: int) -> Iterator[ChainFault]:
    """Whether the chain passes through what was seen of it before."""
    anchors = list(anchors)
    digests = dict(
        EventSeal.objects.filter(seq__in={anchor.seq for anchor in anchors}).values_list(
            "seq", "digest"
        )
    )
    for anchor in anchors:
        where = f"the anchor of {anchor.at} (line {anchor.line})"
        if not anchor.is_signed:
            yield ChainFault(
                anchor.seq, f"{where} is not signed with a key of the settings; nobody can trust it"
            )
        elif anchor.seq not in digests:
            yield ChainFault(anchor.seq, f"cut off: {where} saw it, the chain ends at {last}")
        elif digests[anchor.seq] != anchor.digest:
            yield ChainFault(anchor.seq, f"rewritten: {where} saw another digest")
