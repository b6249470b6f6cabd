"""The tiers as they stand while one evaluation holds them: minimums, seats and who sits there."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.backends.utils import CursorWrapper

_LOCK = """
WITH gate AS (
  SELECT id FROM advocates_tier WHERE tenant_id = %(tenant)s ORDER BY rank DESC FOR NO KEY UPDATE
)
UPDATE advocates_tier t SET version = t.version + 1
  FROM gate WHERE t.tenant_id = %(tenant)s AND t.id = gate.id
RETURNING t.id, t.rank, t.min_activities, t.min_high_effort, t.seats_percent
"""

# Nobody takes or leaves a seat while the tiers are locked, so the next statement sees the same.
_SEATS = """
SELECT ceil(t.seats_percent * enrolled.people / 100)::int,
       held.people, held.others, held.others - held.waiting, held.pinned
  FROM advocates_tier t
 CROSS JOIN (SELECT count(*) AS people FROM advocates_advocate a
              WHERE a.tenant_id = %(tenant)s AND a.status IN ('active', 'paused')) enrolled
 CROSS JOIN LATERAL (
       SELECT count(*) AS people,
              count(*) FILTER (WHERE o.advocate_id <> ALL (%(ids)s::uuid[])) AS others,
              count(o.waiting_for_id) FILTER (WHERE o.advocate_id <> ALL (%(ids)s::uuid[]))
                AS waiting,
              count(*) FILTER (WHERE o.overridden AND o.advocate_id <> ALL (%(ids)s::uuid[]))
                AS pinned
         FROM advocates_tierstanding o
        WHERE o.tenant_id = %(tenant)s AND o.tier_id = t.id) held
 WHERE t.tenant_id = %(tenant)s AND t.id = %(tier)s
"""


@dataclass(frozen=True, slots=True)
class Rung:
    """A tier as it was when it was locked."""

    tier_id: uuid.UUID
    rank: int
    min_activities: int
    min_high_effort: int
    seats_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Seats:
    """A limited tier's seats, its holders, those not among the given, and of them those who do
    not wait for a better one, and those whose tier was set by hand.
    """

    seats: int
    held: int
    others: int
    settled: int
    pinned: int


def lock_tiers(cursor: CursorWrapper, parameters: dict[str, Any]) -> list[Rung]:
    """The tiers from the top down, locked until the transaction ends."""
    cursor.execute(_LOCK, parameters)
    found = (Rung(*row) for row in cursor.fetchall())
    return sorted(found, key=lambda rung: rung.rank, reverse=True)


def count_seats(
    cursor: CursorWrapper, rungs: Sequence[Rung], parameters: dict[str, Any]
) -> dict[int, Seats]:
    """The seats of each limited tier, by rank."""
    found = {}
    for rung in rungs:
        if rung.seats_percent is not None:
            cursor.execute(_SEATS, {**parameters, "tier": rung.tier_id})
            found[rung.rank] = Seats(*cursor.fetchone())
    return found
