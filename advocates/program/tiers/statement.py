"""Who stands on which tier: one set-based statement for one advocate or for everyone.

How a standing follows from the ledger (TIER-1, TIER-2, TIER-4, TIER-7):

1. *earned*: the highest tier whose minimums are met by what was completed within the year.
2. *wanted*: the earned tier, or the one held while a shortfall is in its grace period.
3. From the top down, a tier with limited seats takes its holders, then new entrants by a total
   order; who finds no seat wants the next tier down and waits. Holders beyond the seats enter
   grace, last in the order first.

The order of a tier's people: more high-effort activities, more minutes (unknown = midpoint of
the type), more recent last completion, earlier enrolment, id.

A tier set by hand stands above this (TIER-5): who is pinned to a tier has a seat, is never the one
too many and makes nobody else so, but what is free for entrants is what they leave. When that ends
they enter like others, before them: they gave up their own seat to nobody.
"""

from collections.abc import Sequence
from itertools import pairwise

from advocates.program.tiers.scoring import case, id_of, scored_sql
from advocates.program.tiers.seats import Rung, Seats

_ORDER = "high DESC, minutes DESC, last DESC NULLS LAST, enrolled_at NULLS LAST, id"

# One limited tier: its holders, its entrants, and the rest passed down.
_LEVEL = """,
seated_{rank} AS (
  SELECT l.id, l.seat_grace, {over} AS over
    FROM (SELECT id, seat_grace, earned, grace_until,
                 row_number() OVER (ORDER BY earned >= {rank} DESC, {order}) AS place,
                 count(*) OVER () AS holders
            FROM {level} WHERE want = {rank} AND held = {rank} AND pinned IS NULL
             AND NOT released) l
   CROSS JOIN (SELECT seats, outside, pinned FROM limited WHERE rank = {rank}) r
),
kept_{rank} AS (
  SELECT s.id, s.over, s.seat_grace FROM seated_{rank} s CROSS JOIN today
   WHERE NOT s.over OR today.day < s.seat_grace
),
entering_{rank} AS (
  SELECT e.id
    FROM (SELECT id, row_number() OVER (ORDER BY released AND held = {rank} DESC, {order})
                       AS place
            FROM {level}
           WHERE want = {rank} AND pinned IS NULL
             AND (held IS DISTINCT FROM {rank} OR released)) e
   CROSS JOIN (SELECT seats - outside - (SELECT count(*) FROM kept_{rank})
                      - (SELECT count(*) FROM {level} WHERE pinned = {rank} AND enrolled) AS free
                 FROM limited WHERE rank = {rank}) r
   WHERE e.place <= r.free
),
level_{rank} AS (
  SELECT l.id, l.enrolled_at, l.enrolled, l.stands, l.grace_until, l.since, l.held, l.waited,
         l.held_id, l.min_activities, l.min_high_effort, l.n, l.high, l.minutes, l.last, l.voided,
         l.earned, l.today, l.grace_end, l.seat_grace, l.pinned, l.released,
         CASE WHEN l.want = {rank} AND l.pinned IS NULL AND k.id IS NULL AND e.id IS NULL
              THEN coalesce(l.refused, {rank}) ELSE l.refused END AS refused,
         CASE WHEN k.over THEN k.seat_grace ELSE l.over_until END AS over_until,
         CASE WHEN l.want = {rank} AND l.pinned IS NULL AND k.id IS NULL AND e.id IS NULL
              THEN {below} ELSE l.want END AS want
    FROM {level} l
    LEFT JOIN kept_{rank} k ON k.id = l.id
    LEFT JOIN entering_{rank} e ON e.id = l.id
)"""

_OVER = "l.place > r.seats"
# Only the whole order can say who is the last; a partial evaluation leaves grace as it is while
# there are too many holders, and ends it when there are not.
_OVER_PARTIAL = """(l.grace_until IS NOT NULL AND l.earned >= {rank}
                    AND l.holders + r.outside - r.pinned > r.seats)"""

_WRITE = """,
placed AS (
  SELECT l.*, {tier_id} AS tier_id, CASE WHEN l.enrolled THEN {earned_id} END AS earned_id,
         {refused_id} AS refused_id,
         coalesce(l.enrolled AND l.pinned IS NOT NULL, false) AS overridden,
         CASE WHEN l.want = l.held AND l.pinned IS NULL
              THEN CASE WHEN l.held > l.earned THEN l.grace_end ELSE l.over_until END
         END AS grace
    FROM {level} l
),
updated AS (
  UPDATE advocates_tierstanding s
     SET tier_id = p.tier_id, earned_tier_id = p.earned_id, waiting_for_id = p.refused_id,
         grace_until = p.grace, activities = p.n, high_effort = p.high, minutes = p.minutes,
         last_completed_at = p.last, overridden = p.overridden,
         since = CASE WHEN s.tier_id IS DISTINCT FROM p.tier_id THEN %(now)s ELSE s.since END
    FROM placed p
   WHERE s.tenant_id = %(tenant)s AND s.advocate_id = p.id
     AND (s.tier_id, s.earned_tier_id, s.waiting_for_id, s.grace_until, s.activities,
          s.high_effort, s.minutes, s.last_completed_at, s.overridden)
         IS DISTINCT FROM
         (p.tier_id, p.earned_id, p.refused_id, p.grace, p.n::int, p.high::int, p.minutes::int,
          p.last, p.overridden)
),
inserted AS (
  INSERT INTO advocates_tierstanding
         (id, tenant_id, advocate_id, tier_id, earned_tier_id, waiting_for_id, grace_until,
          activities, high_effort, minutes, last_completed_at, since, overridden)
  SELECT gen_random_uuid(), %(tenant)s, p.id, p.tier_id, p.earned_id, p.refused_id, NULL,
         p.n, p.high, p.minutes, p.last, %(now)s, p.overridden
    FROM placed p WHERE p.enrolled AND NOT p.stands
  RETURNING id
)
INSERT INTO advocates_tierchange
       (id, tenant_id, advocate_id, from_tier_id, to_tier_id, why, at, run_id, actor_id,
        activities, high_effort)
SELECT gen_random_uuid(), %(tenant)s, p.id, p.held_id, p.tier_id,
       CASE WHEN p.tier_id IS NULL THEN 'left'
            WHEN p.overridden THEN 'override'
            WHEN p.held IS NULL THEN 'enrolled'
            WHEN p.released THEN 'lifted'
            WHEN p.want > p.held AND p.waited = p.want THEN 'seat'
            WHEN p.want > p.held THEN 'earned'
            WHEN p.voided THEN 'voided'
            ELSE 'shortfall' END,
       %(now)s, %(run)s, %(actor)s, p.n, p.high
  FROM placed p WHERE p.held_id IS DISTINCT FROM p.tier_id
RETURNING id
"""


def statement(
    rungs: Sequence[Rung], seats: dict[int, Seats], *, partial: bool, waiting: bool
) -> str:
    """The statement for these tiers, from the top down; it holds only numbers and ids of ours."""
    sql = scored_sql(rungs, seats, partial=partial, waiting=waiting)
    level = "level_top"
    # The lowest takes everybody: there is nothing below it to pass anyone to.
    for rung, below in pairwise(rungs):
        if rung.rank in seats:
            over = _OVER_PARTIAL.format(rank=rung.rank) if partial else _OVER
            sql += _LEVEL.format(
                rank=rung.rank, below=below.rank, level=level, order=_ORDER, over=over
            )
            level = f"level_{rung.rank}"
    by_rank = [(rung.rank, id_of(rung)) for rung in rungs]
    return sql + _WRITE.format(
        level=level,
        tier_id=case("l.want", by_rank),
        earned_id=case("l.earned", by_rank),
        refused_id=case("l.refused", by_rank),
    )
