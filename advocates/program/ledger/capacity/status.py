"""Who may be asked: the verdict of the guard for some people or for all (CAP-1 to CAP-7)."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from advocacy.tenancy.scope import current_tenant_id
from advocates.models import ActivityType
from advocates.program.ledger.capacity.reasons import FIGURES, GuardReason, GuardStatus
from advocates.program.ledger.capacity.statement import (
    COLUMNS,
    DAYS,
    FIRST,
    as_kept,
    guardrail_sql,
    limits_of,
    status_sql,
)


def guard_status(
    *,
    activity_type: ActivityType,
    advocate_ids: Iterable[uuid.UUID] | None = None,
    detail: str = "",
) -> dict[uuid.UUID, GuardStatus]:
    """What the guard would say to one more ask of this type, for all or the given advocates.

    One statement, whatever their number (CAP-1, CAP-2, CAP-3, CAP-7). ``detail`` is the topic or
    site, where the type limits those. Unknown ids are left out.
    """
    found = guard_statuses(activity_types=[activity_type], advocate_ids=advocate_ids, detail=detail)
    return found[activity_type.pk]


def guard_statuses(
    *,
    activity_types: Iterable[ActivityType],
    advocate_ids: Iterable[uuid.UUID] | None = None,
    detail: str = "",
) -> dict[uuid.UUID, dict[uuid.UUID, GuardStatus]]:
    """:func:`guard_status` of several types, still in one statement; by type, then by advocate."""
    kinds = list(activity_types)
    ids = None if advocate_ids is None else list(advocate_ids)
    found: dict[uuid.UUID, dict[uuid.UUID, GuardStatus]] = {kind.pk: {} for kind in kinds}
    if ids == [] or not kinds:
        return found
    detail, limits = as_kept(detail), [limits_of(kind) for kind in kinds]
    parameters: dict[str, Any] = {
        "tenant": current_tenant_id(),
        "ids": ids,
        "detail": detail,
        **(limits[0] if len(kinds) == 1 else {n: [own[n] for own in limits] for n in limits[0]}),
    }
    told = [(*(own[name] for name in FIGURES[COLUMNS + 2 : -1]), detail) for own in limits]
    with connection.cursor() as cursor:
        cursor.execute(status_sql(named=ids is not None, several=len(kinds) > 1), parameters)
        for place, *row in cursor.fetchall():
            found[kinds[place - 1].pk][row[0]] = _status(tuple(row), told[place - 1])
    return found


def guardrails(
    *, activity_type: ActivityType, rules: Sequence[str], detail: str = ""
) -> dict[uuid.UUID, str | None]:
    """Of everybody whether they are :data:`OVER` their allowance, or else the first of these rules
    that would refuse this type now; without the figures that :func:`guard_status` reads.
    """
    parameters: dict[str, Any] = {"tenant": current_tenant_id(), "detail": as_kept(detail)}
    parameters |= limits_of(activity_type)
    with connection.cursor() as cursor:
        cursor.execute(guardrail_sql(rules), parameters)
        return dict(cursor.fetchall())


def _status(row: tuple[Any, ...], limits: tuple[Any, ...]) -> GuardStatus:
    _id, allowance, used, open_now, last_asked_at, refusing, warning = row[:FIRST]
    if not refusing and not warning:
        return GuardStatus(allowance, used, open_now, last_asked_at)
    figures = (*row[FIRST : FIRST + COLUMNS], used, allowance, *limits)

    def reason(code: str) -> GuardReason:
        place = DAYS.get(code)
        return GuardReason(code, None if place is None else row[place], figures)

    return GuardStatus(
        allowance,
        used,
        open_now,
        last_asked_at,
        tuple(map(reason, refusing)),
        tuple(map(reason, warning)),
    )
