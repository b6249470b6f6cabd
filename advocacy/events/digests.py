"""What a seal stands for: a digest over the one before it and everything the log shows (AUD-2)."""

import hashlib
import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model

from advocacy.events.models import Event, EventSubject

#: Every column of an event, and of the rows that say on whose timelines it appears. A column
#: added to these models is added here, in a migration that seals anew what is sealed already.
EVENT_COLUMNS = (
    "tenant_id",
    "id",
    "at",
    "actor_kind",
    "actor_id",
    "actor_ref",
    "actor_label",
    "verb",
    "subject_type",
    "subject_id",
    "payload",
)
SUBJECT_COLUMNS = ("tenant_id", "id", "event_id", "subject_type", "subject_id", "at")


def digest_of(
    *,
    previous: str,
    seal_id: uuid.UUID,
    seq: int,
    event: Event,
    subjects: Iterable[EventSubject],
) -> str:
    """SHA-256 in hex over the previous digest, the seal, the event and its timelines.

    ``previous`` is the chain's own id for the first seal of a tenant.
    """
    content = json.dumps(
        [
            previous,
            str(seal_id),
            seq,
            _plain(event, EVENT_COLUMNS),
            sorted(_plain(subject, SUBJECT_COLUMNS) for subject in subjects),
        ],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(content.encode()).hexdigest()


def _plain(row: Model, columns: tuple[str, ...]) -> list[Any]:
    return [_value(row.__dict__[column]) for column in columns]


def _value(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value
