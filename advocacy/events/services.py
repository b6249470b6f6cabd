"""Writing the event log: :func:`record` in the transaction of the change, :func:`seal` after it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from advocacy import clock
from advocacy.events import bus
from advocacy.events.digests import digest_of
from advocacy.events.models import Event, EventSubject, PendingSeal
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.bulk import insert_columns
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.inserting import insert_together
from advocacy.tenancy.scope import current_tenant_id, tenant_scope
from advocacy.tenancy.wakeups import wake

SWEEP = "seal-events"
SEAL_BATCH = 500
#: Events of a set that are written in one statement.
_AT_ONCE = 1000


class RecordedOutsideTransaction(RuntimeError):
    """An event outside the transaction of its change could survive without it."""


def _build(
    verb: str,
    subject: models.Model,
    actor: Actor,
    payload: Mapping[str, Any] | None,
    *,
    at: datetime | None = None,
) -> Event:
    return Event(
        at=at or clock.now(),
        actor_kind=actor.kind,
        actor=actor.membership,
        actor_ref=actor.id,
        actor_label=actor.label,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        payload=dict(payload or {}),
    )


def record(
    verb: str,
    subject: models.Model,
    *,
    actor: Actor,
    payload: Mapping[str, Any] | None = None,
    about: Iterable[models.Model] = (),
) -> Event:
    """Write one event and run its subscribers, all in the caller's transaction (AUD-1).

    ``verb`` is ``noun.past_participle`` (``request.submitted``) and must be declared with
    :func:`advocacy.events.bus.declare`. ``payload`` holds ids, codes, numbers and dates only.
    ``about`` names further records on whose timelines it appears. ``subject`` itself is handed to
    the subscribers, so they need not read it again.

    Raises :class:`RecordedOutsideTransaction` when nothing ties the event to its change.
    """
    if not connection.in_atomic_block:
        raise RecordedOutsideTransaction(verb)
    bus.require(verb)
    event = _build(verb, subject, actor, payload)
    records = _kinds([subject, *about]).items()
    insert_together(
        [event],
        [EventSubject(event=event, subject_id=k, subject_type=t, at=event.at) for k, t in records],
        [PendingSeal(event=event)],
    )
    wake(SWEEP, current_tenant_id())
    bus.publish(event, subject, actor)
    return event


def record_many(
    verb: str,
    subjects: Sequence[tuple[models.Model, Mapping[str, Any], Sequence[models.Model]]],
    *,
    actor: Actor,
) -> None:
    """:func:`record` for a set: ``(subject, payload, about)`` each, in three statements.

    Nobody builds an event where nobody subscribes to it.
    """
    if not connection.in_atomic_block:
        raise RecordedOutsideTransaction(verb)
    bus.require(verb)
    for start in range(0, len(subjects), _AT_ONCE):
        _record(verb, subjects[start : start + _AT_ONCE], actor)


def _record(
    verb: str,
    subjects: Sequence[tuple[models.Model, Mapping[str, Any], Sequence[models.Model]]],
    actor: Actor,
) -> None:
    at = clock.now()
    ids = insert_columns(
        Event,
        {
            "subject_type": [subject._meta.label_lower for subject, _payload, _about in subjects],
            "subject_id": [subject.pk for subject, _payload, _about in subjects],
            "payload": [dict(payload) for _subject, payload, _about in subjects],
        },
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.membership and actor.membership.pk,
        actor_ref=actor.id,
        actor_label=actor.label,
        verb=verb,
    )
    links = [
        (event_id, record_id, record_type)
        for event_id, (subject, _payload, about) in zip(ids, subjects, strict=True)
        for record_id, record_type in _kinds([subject, *about]).items()
    ]
    events, records, types = zip(*links, strict=True)
    insert_columns(
        EventSubject, {"event_id": events, "subject_id": records, "subject_type": types}, at=at
    )
    insert_columns(PendingSeal, {"event_id": ids})
    wake(SWEEP, current_tenant_id())
    if bus.is_followed(verb):
        for event_id, (subject, payload, _about) in zip(ids, subjects, strict=True):
            event = _build(verb, subject, actor, payload, at=at)
            event.pk, event.tenant_id = UUID(event_id), current_tenant_id()
            event._state.adding = False
            bus.publish(event, subject, actor)


def _kinds(records: Iterable[models.Model]) -> dict[UUID, str]:
    """The records on whose timelines an event appears, each once."""
    return {record.pk: record._meta.label_lower for record in records}


def seal(*, limit: int = SEAL_BATCH) -> int:
    """Give committed events of the scope's tenant their places; returns how many.

    One sealer of a tenant works at a time; a second one waits and finds the rest. An event that
    commits late gets a later place, so a reader who follows ``seq`` never misses one (API-5). The
    rows are written by the owner's ``seal_events``, which refuses a place that is not the next one
    and an event that does not wait.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # Everything is read before the owner's functions write: after that, Citus lets nobody else
        # read the tenant's rows in this transaction. So another lock keeps sealers in line.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"seal:{current_tenant_id()}"]
        )
        pending = list(
            PendingSeal.objects.select_related("event").order_by("event__at", "event_id")[:limit]
        )
        if not pending:
            return 0
        subjects = defaultdict(list)
        for subject in EventSubject.objects.filter(event__in=[row.event_id for row in pending]):
            subjects[subject.event_id].append(subject)
        cursor.execute("SELECT id, seq, digest FROM lock_chain()")
        chain_id, head, head_digest = cursor.fetchone()
        previous, seals = head_digest or str(chain_id), []
        for seq, row in enumerate(pending, start=head + 1):
            seal_id = uuid7()
            previous = digest_of(
                previous=previous,
                seal_id=seal_id,
                seq=seq,
                event=row.event,
                subjects=subjects[row.event_id],
            )
            seals.append((str(seal_id), str(row.event_id), previous))
        ids, events, digests = (list(column) for column in zip(*seals, strict=True))
        cursor.execute(
            "SELECT seal_events(%s, %s, %s::uuid[], %s::uuid[], %s)",
            [head, head_digest, ids, events, digests],
        )
        return len(seals)


def seal_all(tenant_id: UUID) -> int:
    """Seal until nothing waits, a transaction for each batch; returns how many."""
    total = 0
    while True:
        with tenant_scope(tenant_id):
            sealed = seal()
        total += sealed
        if sealed < SEAL_BATCH:
            return total
