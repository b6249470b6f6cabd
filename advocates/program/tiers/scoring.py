"""Which tier each person wants: what they gave within the year, the tier that earns, and how long
a shortfall is in grace (TIER-1, TIER-4, TIER-7).

The day a shortfall arose is the day the completion that was needed dropped out of the year; a
shortfall nobody's completion explains (the minimums were raised) arose with the last recalculation.
Taking back a completion is no shortfall: the tier was never earned by it, so grace only covers
what the remaining completions once earned (TIER-7). The end of a tier set by hand is read the same
way (TIER-5): ``pinned`` is a tier set by hand, ``released`` says that one has ended since.
"""

from collections.abc import Sequence

from advocates.program.tiers.seats import Rung, Seats

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
limited (rank, seats, outside, pinned) AS (VALUES {limited}),
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
         {pinned} AS pinned, coalesce(s.overridden AND o.id IS NULL, false) AS released,
         CASE {earned} END AS earned
    FROM advocates_advocate a
    {only_pool}
    LEFT JOIN advocates_tierstanding s ON s.tenant_id = a.tenant_id AND s.advocate_id = a.id
    LEFT JOIN given g ON g.advocate_id = a.id
    LEFT JOIN advocates_tieroverride o ON o.tenant_id = a.tenant_id AND o.advocate_id = a.id
          AND o.state = 'standing' AND o.until >= (SELECT day FROM today)
   WHERE a.tenant_id = %(tenant)s
     AND (a.status IN ('active', 'paused') OR s.tier_id IS NOT NULL)
),
short AS (
  SELECT p.id, p.n, p.high, p.min_activities, p.min_high_effort FROM people p
   WHERE p.enrolled AND p.held > p.earned AND p.pinned IS NULL
     AND (p.grace_until IS NULL OR p.voided OR p.released)
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
           CASE WHEN p.voided OR p.released THEN coalesce(l.day + today.grace_days, today.day)
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
              WHEN g.pinned IS NOT NULL THEN g.pinned
              WHEN g.held > g.earned AND g.today < g.grace_end THEN g.held
              ELSE g.earned END::int AS want
    FROM graced g
)"""


def scored_sql(
    rungs: Sequence[Rung], seats: dict[int, Seats], *, partial: bool, waiting: bool
) -> str:
    """The relations up to ``level_top``, in which everybody wants a tier but nobody has a seat."""
    sql = "WITH " + (_POOL.format(waiting=_WAITING if waiting else "") if partial else "")
    return sql + _SCORED.format(
        only_given="AND p.advocate_id IN (SELECT id FROM pool)" if partial else "",
        only_pool="JOIN pool ON pool.id = a.id" if partial else "",
        # A small pool is looked up person by person, before anything is joined to it.
        materialized="MATERIALIZED" if partial else "NOT MATERIALIZED",
        earned=_earned(rungs),
        held=_ranks("s.tier_id", rungs),
        waited=_ranks("s.waiting_for_id", rungs),
        pinned=_ranks("o.tier_id", rungs),
        min_activities=case("s.tier_id", [(id_of(r), r.min_activities) for r in rungs]),
        min_high_effort=case("s.tier_id", [(id_of(r), r.min_high_effort) for r in rungs]),
        limited=", ".join(_limits(seats, partial, waiting) or ["(NULL::int, NULL::int, 0, 0)"]),
    )


def _earned(rungs: Sequence[Rung]) -> str:
    whens = [
        f"WHEN coalesce(g.n, 0) >= {rung.min_activities}"
        f" AND coalesce(g.high, 0) >= {rung.min_high_effort} THEN {rung.rank}"
        for rung in rungs[:-1]
    ]
    return " ".join([*whens, f"WHEN true THEN {rungs[-1].rank}"])


def _limits(seats: dict[int, Seats], partial: bool, waiting: bool) -> list[str]:
    return [
        f"({rank}, {row.seats}, {(row.settled if waiting else row.others) if partial else 0},"
        f" {row.pinned if partial else 0})"
        for rank, row in seats.items()
    ]


def id_of(rung: Rung) -> str:
    """A tier's id as it stands in a statement."""
    return f"'{rung.tier_id}'::uuid"


def _ranks(column: str, rungs: Sequence[Rung]) -> str:
    return case(column, [(id_of(rung), rung.rank) for rung in rungs])


def case(column: str, pairs: Sequence[tuple[object, object]]) -> str:
    """A handful of tiers as a CASE: joining them to everyone misleads the planner."""
    whens = " ".join(f"WHEN {key} THEN {value}" for key, value in pairs)
    return f"CASE {column} {whens} END"
