"""Who stands on which tier: one set-based statement for one advocate or for everyone.

How a standing follows from the ledger (TIER-1, TIER-2, TIER-4, TIER-7):

1. *earned*: the highest tier whose minimums are met by what was completed within the year.
2. *wanted*: the earned tier, or the one held while a shortfall is in its grace period.
3. From the top down, a tier with limited seats takes its holders, then new entrants by a total
   order; who finds no seat wants the next tier down and waits. Holders beyond the seats enter
   grace, last in the order first.

The order of a tier's people: more high-effort activities, more minutes (unknown = midpoint of
the type), more recent last completion, earlier enrolment, id.

The day a shortfall arose is the day the completion that was needed dropped out of the year; a
shortfall nobody's completion explains (the minimums were raised) arose with the last recalculation.
Taking back a completion is no shortfall: the tier was never earned by it, so grace only covers
what the remaining completions once earned (TIER-7).
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from advocacy.events.services import record_many
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocates.models import TierChange, TierRun

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
       held.people, held.others, held.others - held.waiting
  FROM advocates_tier t
 CROSS JOIN (SELECT count(*) AS people FROM advocates_advocate a
              WHERE a.tenant_id = %(tenant)s AND a.status IN ('active', 'paused')) enrolled
 CROSS JOIN LATERAL (
       SELECT count(*) AS people,
              count(*) FILTER (WHERE o.advocate_id <> ALL (%(ids)s::uuid[])) AS others,
              count(o.waiting_for_id) FILTER (WHERE o.advocate_id <> ALL (%(ids)s::uuid[]))
                AS waiting
         FROM advocates_tierstanding o
        WHERE o.tenant_id = %(tenant)s AND o.tier_id = t.id) held
 WHERE t.tenant_id = %(tenant)s AND t.id = %(tier)s
"""

_ORDER = "high DESC, minutes DESC, last DESC NULLS LAST, enrolled_at NULLS LAST, id"

# The pool of a partial evaluation: the given, and who waits, where there may be a seat for them.
_POOL = """
pool AS (
  SELECT unnest(%(ids)s::uuid[]) AS id {waiting}
),
"""
_WAITING = """
   UNION
  SELECT s.advocate_id FROM advocates_tierstanding s
   WHERE s.tenant_id = %(tenant)s AND s.waiting_for_id IS NOT NULL
"""

_SCORED = """
today AS (
  SELECT (clock() AT TIME ZONE %(zone)s)::date AS day, policy.grace_days,
         (SELECT (max(run.started_at) AT TIME ZONE %(zone)s)::date FROM advocates_tierrun run
           WHERE run.tenant_id = %(tenant)s AND run.id IS DISTINCT FROM %(run)s::uuid) AS last_run
    FROM advocates_programpolicy policy WHERE policy.tenant_id = %(tenant)s
),
limited (rank, seats, outside) AS (VALUES {limited}),
facts AS {materialized} (
  SELECT p.advocate_id, p.activity_type_id, p.effort, p.minutes, p.completed_at
    FROM advocates_participation p
   WHERE p.tenant_id = %(tenant)s AND p.state = 'completed' AND p.counts_for_tier
     AND p.completed_at >= (SELECT year_start(%(zone)s)) {only_given}
),
given AS (
  SELECT p.advocate_id, count(*) AS n, count(*) FILTER (WHERE p.effort = 'high') AS high,
         sum(coalesce(p.minutes, (k.minutes_low + k.minutes_high) / 2)) AS minutes,
         max(p.completed_at) AS last
    FROM facts p
    JOIN advocates_activitytype k ON k.tenant_id = %(tenant)s AND k.id = p.activity_type_id
   GROUP BY p.advocate_id
),
people AS (
  SELECT a.id, a.enrolled_at, a.status IN ('active', 'paused') AS enrolled,
         s.id IS NOT NULL AS stands, s.grace_until,
         (s.since AT TIME ZONE %(zone)s)::date AS since,
         {held} AS held, {waited} AS waited, s.tier_id AS held_id,
         {min_activities} AS min_activities, {min_high_effort} AS min_high_effort,
         coalesce(g.n, 0) AS n, coalesce(g.high, 0) AS high,
         coalesce(g.minutes, 0) AS minutes, g.last,
         a.id = ANY(%(voided)s::uuid[]) AS voided,
         CASE {earned} END AS earned
    FROM advocates_advocate a
    {only_pool}
    LEFT JOIN advocates_tierstanding s ON s.tenant_id = a.tenant_id AND s.advocate_id = a.id
    LEFT JOIN given g ON g.advocate_id = a.id
   WHERE a.tenant_id = %(tenant)s
     AND (a.status IN ('active', 'paused') OR s.tier_id IS NOT NULL)
),
short AS (
  SELECT p.id, p.n, p.high, p.min_activities, p.min_high_effort FROM people p
   WHERE p.enrolled AND p.held > p.earned AND (p.grace_until IS NULL OR p.voided)
),
-- For each completion the one that was as many before it as the tier needs: where they lie within
-- one year, the tier was earned until the earlier one dropped out.
windows AS (
  SELECT s.id, false AS high, d.day,
         lead(d.day, greatest(s.min_activities - 1, 0))
           OVER (PARTITION BY s.id ORDER BY p.completed_at DESC, p.id DESC) AS needed
    FROM short s
    JOIN advocates_participation p ON p.tenant_id = %(tenant)s AND p.advocate_id = s.id
   CROSS JOIN LATERAL (SELECT (p.completed_at AT TIME ZONE %(zone)s)::date AS day) d
   WHERE p.state = 'completed' AND p.counts_for_tier AND s.n < s.min_activities
   UNION ALL
  SELECT s.id, true, d.day,
         lead(d.day, greatest(s.min_high_effort - 1, 0))
           OVER (PARTITION BY s.id ORDER BY p.completed_at DESC, p.id DESC)
    FROM short s
    JOIN advocates_participation p ON p.tenant_id = %(tenant)s AND p.advocate_id = s.id
   CROSS JOIN LATERAL (SELECT (p.completed_at AT TIME ZONE %(zone)s)::date AS day) d
   WHERE p.state = 'completed' AND p.counts_for_tier AND p.effort = 'high'
     AND s.high < s.min_high_effort
),
lapsed AS (
  SELECT s.id,
         CASE WHEN s.n < s.min_activities AND w.of_all IS NULL THEN NULL
              WHEN s.high < s.min_high_effort AND w.of_high IS NULL THEN NULL
              ELSE least(w.of_all, w.of_high) + 365 END AS day
    FROM short s
    LEFT JOIN (SELECT id,
                      max(needed) FILTER (WHERE NOT high AND day - needed < 365) AS of_all,
                      max(needed) FILTER (WHERE high AND day - needed < 365) AS of_high
                 FROM windows GROUP BY id) w ON w.id = s.id
),
graced AS (
  SELECT p.*, today.day AS today,
         CASE WHEN p.held > p.earned THEN
           CASE WHEN p.voided THEN coalesce(l.day + today.grace_days, today.day)
                ELSE coalesce(p.grace_until,
                       greatest(least(coalesce(l.day, today.day), today.day),
                                today.last_run, p.since) + today.grace_days)
           END
         END AS grace_end,
         coalesce(p.grace_until, today.day + today.grace_days) AS seat_grace
    FROM people p CROSS JOIN today LEFT JOIN lapsed l ON l.id = p.id
),
level_top AS (
  SELECT g.*, NULL::int AS refused, NULL::date AS over_until,
         CASE WHEN NOT g.enrolled THEN NULL
              WHEN g.held > g.earned AND g.today < g.grace_end THEN g.held
              ELSE g.earned END::int AS want
    FROM graced g
)"""

# One limited tier: its holders, its entrants, and the rest passed down.
_LEVEL = """,
seated_{rank} AS (
  SELECT l.id, l.seat_grace, {over} AS over
    FROM (SELECT id, seat_grace, earned, grace_until,
                 row_number() OVER (ORDER BY earned >= {rank} DESC, {order}) AS place,
                 count(*) OVER () AS holders
            FROM {level} WHERE want = {rank} AND held = {rank}) l
   CROSS JOIN (SELECT seats, outside FROM limited WHERE rank = {rank}) r
),
kept_{rank} AS (
  SELECT s.id, s.over, s.seat_grace FROM seated_{rank} s CROSS JOIN today
   WHERE NOT s.over OR today.day < s.seat_grace
),
entering_{rank} AS (
  SELECT e.id
    FROM (SELECT id, row_number() OVER (ORDER BY {order}) AS place
            FROM {level} WHERE want = {rank} AND held IS DISTINCT FROM {rank}) e
   CROSS JOIN (SELECT seats - outside - (SELECT count(*) FROM kept_{rank}) AS free
                 FROM limited WHERE rank = {rank}) r
   WHERE e.place <= r.free
),
level_{rank} AS (
  SELECT l.id, l.enrolled_at, l.enrolled, l.stands, l.grace_until, l.since, l.held, l.waited,
         l.held_id, l.min_activities, l.min_high_effort, l.n, l.high, l.minutes, l.last, l.voided,
         l.earned, l.today, l.grace_end, l.seat_grace,
         CASE WHEN l.want = {rank} AND k.id IS NULL AND e.id IS NULL
              THEN coalesce(l.refused, {rank}) ELSE l.refused END AS refused,
         CASE WHEN k.over THEN k.seat_grace ELSE l.over_until END AS over_until,
         CASE WHEN l.want = {rank} AND k.id IS NULL AND e.id IS NULL
              THEN {below} ELSE l.want END AS want
    FROM {level} l
    LEFT JOIN kept_{rank} k ON k.id = l.id
    LEFT JOIN entering_{rank} e ON e.id = l.id
)"""

_OVER = "l.place > r.seats"
# Only the whole order can say who is the last; a partial evaluation leaves grace as it is while
# there are too many holders, and ends it when there are not.
_OVER_PARTIAL = """(l.grace_until IS NOT NULL AND l.earned >= {rank}
                    AND l.holders + r.outside > r.seats)"""

_WRITE = """,
placed AS (
  SELECT l.*, {tier_id} AS tier_id, CASE WHEN l.enrolled THEN {earned_id} END AS earned_id,
         {refused_id} AS refused_id,
         CASE WHEN l.want = l.held
              THEN CASE WHEN l.held > l.earned THEN l.grace_end ELSE l.over_until END
         END AS grace
    FROM {level} l
),
updated AS (
  UPDATE advocates_tierstanding s
     SET tier_id = p.tier_id, earned_tier_id = p.earned_id, waiting_for_id = p.refused_id,
         grace_until = p.grace, activities = p.n, high_effort = p.high, minutes = p.minutes,
         last_completed_at = p.last,
         since = CASE WHEN s.tier_id IS DISTINCT FROM p.tier_id THEN clock() ELSE s.since END
    FROM placed p
   WHERE s.tenant_id = %(tenant)s AND s.advocate_id = p.id
     AND (s.tier_id, s.earned_tier_id, s.waiting_for_id, s.grace_until, s.activities,
          s.high_effort, s.minutes, s.last_completed_at)
         IS DISTINCT FROM
         (p.tier_id, p.earned_id, p.refused_id, p.grace, p.n::int, p.high::int, p.minutes::int,
          p.last)
),
inserted AS (
  INSERT INTO advocates_tierstanding
         (id, tenant_id, advocate_id, tier_id, earned_tier_id, waiting_for_id, grace_until,
          activities, high_effort, minutes, last_completed_at, since)
  SELECT gen_random_uuid(), %(tenant)s, p.id, p.tier_id, p.earned_id, p.refused_id, NULL,
         p.n, p.high, p.minutes, p.last, clock()
    FROM placed p WHERE p.enrolled AND NOT p.stands
)
INSERT INTO advocates_tierchange
       (id, tenant_id, advocate_id, from_tier_id, to_tier_id, why, at, run_id, actor_id,
        activities, high_effort)
SELECT gen_random_uuid(), %(tenant)s, p.id, p.held_id, p.tier_id,
       CASE WHEN p.tier_id IS NULL THEN 'left'
            WHEN p.held IS NULL THEN 'enrolled'
            WHEN p.want > p.held AND p.waited = p.want THEN 'seat'
            WHEN p.want > p.held THEN 'earned'
            WHEN p.voided THEN 'voided'
            ELSE 'shortfall' END,
       clock(), %(run)s, %(actor)s, p.n, p.high
  FROM placed p WHERE p.held_id IS DISTINCT FROM p.tier_id
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class _Rung:
    """A tier as it was when it was locked."""

    tier_id: uuid.UUID
    rank: int
    min_activities: int
    min_high_effort: int
    seats_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class _Seats:
    """A limited tier's seats, its holders, those not among the given, and those of them who do
    not wait for a better one.
    """

    seats: int
    held: int
    others: int
    settled: int


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
        "zone": tenant.time_zone,
        "ids": ids,
        "voided": ids if ids is not None and why == TierChange.Why.VOIDED else [],
        "run": run.pk if run else None,
        "actor": actor.membership.pk if actor and actor.membership else None,
    }
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, parameters)
            rungs = sorted(
                (_Rung(*row) for row in cursor.fetchall()), key=lambda rung: rung.rank, reverse=True
            )
            if not rungs:
                return []
            # Statements of their own: they see what was committed while this one waited.
            seats = _count_seats(cursor, rungs, parameters)
            if ids is None:
                made = _write(cursor, rungs, seats, parameters, partial=False)
            else:
                first = any(row.held < row.seats for row in seats.values())
                made = _write(cursor, rungs, seats, parameters, partial=True, waiting=first)
                if not first and any(row.held > row.others for row in seats.values()):
                    # One of the given held a seat: where it became free, who waits gets it.
                    seats = _count_seats(cursor, rungs, parameters)
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


def recalculate_nightly(tenant_id: uuid.UUID) -> None:
    """The schedule's handler; the sweep has opened the tenant's scope (TIER-3)."""
    recalculate_tiers(reason="nightly")


def _payload(change: TierChange) -> dict[str, Any]:
    return {
        "from": change.from_tier.code if change.from_tier else None,
        "to": change.to_tier.code if change.to_tier else None,
        "why": change.why,
        "activities": change.activities,
        "high_effort": change.high_effort,
    }


def _count_seats(
    cursor: CursorWrapper, rungs: Sequence[_Rung], parameters: dict[str, Any]
) -> dict[int, _Seats]:
    """The seats of each limited tier, by rank."""
    found = {}
    for rung in rungs:
        if rung.seats_percent is not None:
            cursor.execute(_SEATS, {**parameters, "tier": rung.tier_id})
            found[rung.rank] = _Seats(*cursor.fetchone())
    return found


def _write(
    cursor: CursorWrapper,
    rungs: Sequence[_Rung],
    seats: dict[int, _Seats],
    parameters: dict[str, Any],
    *,
    partial: bool,
    waiting: bool = False,
) -> list[uuid.UUID]:
    """Run the statement; returns the ids of the changes it wrote."""
    cursor.execute(statement(rungs, seats, partial=partial, waiting=waiting), parameters)
    return [row[0] for row in cursor.fetchall()]


def statement(
    rungs: Sequence[_Rung], seats: dict[int, _Seats], *, partial: bool, waiting: bool
) -> str:
    """The statement for these tiers, from the top down; it holds only numbers and ids of ours."""
    sql = "WITH " + (_POOL.format(waiting=_WAITING if waiting else "") if partial else "")
    sql += _SCORED.format(
        only_given="AND p.advocate_id IN (SELECT id FROM pool)" if partial else "",
        only_pool="JOIN pool ON pool.id = a.id" if partial else "",
        # A small pool is looked up person by person, before anything is joined to it.
        materialized="MATERIALIZED" if partial else "NOT MATERIALIZED",
        earned=_earned(rungs),
        held=_ranks("s.tier_id", rungs),
        waited=_ranks("s.waiting_for_id", rungs),
        min_activities=_case("s.tier_id", [(_id(r), r.min_activities) for r in rungs]),
        min_high_effort=_case("s.tier_id", [(_id(r), r.min_high_effort) for r in rungs]),
        limited=", ".join(_limits(seats, partial, waiting) or ["(NULL::int, NULL::int, 0)"]),
    )
    level = "level_top"
    # The lowest takes everybody: there is nothing below it to pass anyone to.
    for rung, below in pairwise(rungs):
        if rung.rank in seats:
            over = _OVER_PARTIAL.format(rank=rung.rank) if partial else _OVER
            sql += _LEVEL.format(
                rank=rung.rank, below=below.rank, level=level, order=_ORDER, over=over
            )
            level = f"level_{rung.rank}"
    by_rank = [(rung.rank, _id(rung)) for rung in rungs]
    return sql + _WRITE.format(
        level=level,
        tier_id=_case("l.want", by_rank),
        earned_id=_case("l.earned", by_rank),
        refused_id=_case("l.refused", by_rank),
    )


def _earned(rungs: Sequence[_Rung]) -> str:
    whens = [
        f"WHEN coalesce(g.n, 0) >= {rung.min_activities}"
        f" AND coalesce(g.high, 0) >= {rung.min_high_effort} THEN {rung.rank}"
        for rung in rungs[:-1]
    ]
    return " ".join([*whens, f"WHEN true THEN {rungs[-1].rank}"])


def _limits(seats: dict[int, _Seats], partial: bool, waiting: bool) -> list[str]:
    return [
        f"({rank}, {row.seats}, {(row.settled if waiting else row.others) if partial else 0})"
        for rank, row in seats.items()
    ]


def _id(rung: _Rung) -> str:
    return f"'{rung.tier_id}'::uuid"


def _ranks(column: str, rungs: Sequence[_Rung]) -> str:
    return _case(column, [(_id(rung), rung.rank) for rung in rungs])


def _case(column: str, pairs: Sequence[tuple[object, object]]) -> str:
    """A handful of tiers as a CASE: joining them to everyone misleads the planner."""
    whens = " ".join(f"WHEN {key} THEN {value}" for key, value in pairs)
    return f"CASE {column} {whens} END"
