"""Bringing standings in line with the ledger, for some or for everyone (TIER-1 to TIER-7)."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from advocacy import clock
from advocacy.events.services import record_many
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocates.models import TierChange, TierRun
from advocates.program.tiers.seats import Rung, Seats, count_seats, lock_tiers
from advocates.program.tiers.statement import statement


def evaluate_tiers(
    *,
    advocate_ids: Iterable[uuid.UUID] | None = None,
    why: str,
    actor: Actor | None = None,
    run: TierRun | None = None,
) -> list[TierChange]:
    """Bring standings in line with the ledger; returns the changes of tier it made.

    With ``advocate_ids`` only these are looked at, and everybody who waits where there may be a
    seat; other holders are only counted. Without, everyone (TIER-3). ``why`` says what happened:
    ``TierChange.Why.VOIDED`` makes it demote the given at once, where no other completion covers
    them (TIER-7); otherwise the reason of each change is found from the change.

    Idempotent: a second run on the same data writes no standing (TIER-2, TIER-7). Seats are
    handed out one evaluation at a time: the tiers' rows are changed first, and stay locked
    until the transaction ends. Records ``tier.changed`` for each (TIER-6).
    """
    ids = None if advocate_ids is None else list(advocate_ids)
    if ids == []:
        return []
    tenant = Tenant.objects.get(pk=current_tenant_id())
    parameters: dict[str, Any] = {
        "tenant": tenant.pk,
        "now": clock.now(),
        "zone": tenant.time_zone,
        "ids": ids,
        "voided": ids if ids is not None and why == TierChange.Why.VOIDED else [],
        "run": run.pk if run else None,
        "actor": actor.membership.pk if actor and actor.membership else None,
    }
    with transaction.atomic():
        with connection.cursor() as cursor:
            rungs = lock_tiers(cursor, parameters)
            if not rungs:
                return []
            # Statements of their own: they see what was committed while this one waited.
            seats = count_seats(cursor, rungs, parameters)
            if ids is None:
                made = _write(cursor, rungs, seats, parameters, partial=False)
            else:
                first = any(row.held < row.seats for row in seats.values())
                made = _write(cursor, rungs, seats, parameters, partial=True, waiting=first)
                if not first and any(row.held > row.others for row in seats.values()):
                    # One of the given held a seat: where it became free, who waits gets it.
                    seats = count_seats(cursor, rungs, parameters)
                    if any(row.held < row.seats for row in seats.values()):
                        made += _write(cursor, rungs, seats, parameters, partial=True, waiting=True)
        changes = list(
            TierChange.objects.filter(pk__in=made)
            .select_related("advocate__account", "from_tier", "to_tier")
            .order_by("advocate_id")
        )
        record_many(
            "tier.changed",
            [(change, _payload(change), [change.advocate]) for change in changes],
            actor=actor or Actor.system("tiers"),
        )
    return changes


def recalculate_tiers(*, reason: str) -> TierRun:
    """Recalculate everyone (TIER-3): the nightly job, or after the tiers were edited.

    One transaction: killed half-way it leaves nothing, run twice it changes nothing more.
    """
    with transaction.atomic():
        run = TierRun.objects.create(reason=reason)
        run.changed = len(evaluate_tiers(why=TierChange.Why.EARNED, run=run))
        if run.changed:
            run.save(update_fields=["changed"])
    return run


def _payload(change: TierChange) -> dict[str, Any]:
    return {
        "from": change.from_tier.code if change.from_tier else None,
        "to": change.to_tier.code if change.to_tier else None,
        "why": change.why,
        "activities": change.activities,
        "high_effort": change.high_effort,
    }


def _write(
    cursor: CursorWrapper,
    rungs: Sequence[Rung],
    seats: dict[int, Seats],
    parameters: dict[str, Any],
    *,
    partial: bool,
    waiting: bool = False,
) -> list[uuid.UUID]:
    """Run the statement; returns the ids of the changes it wrote."""
    cursor.execute(statement(rungs, seats, partial=partial, waiting=waiting), parameters)
    return [row[0] for row in cursor.fetchall()]
