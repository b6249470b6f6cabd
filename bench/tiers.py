"""Recalculating everybody's tier, as every night, over half a million completions (TIER-7).

The floor is one bare UPDATE that counts every advocate's completions of the year and writes the
count; the recalculation does the same and decides tiers, seats, waiting and grace besides. Before
each run the counts are wiped, so that every standing is written again.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection

from advocacy.tenancy.scope import tenant_scope
from advocates.models import ActivityType, Advocate, Participation
from advocates.people.choices import AdvocateStatus
from advocates.program.ledger.capacity import guard_status, guardrails
from advocates.program.ledger.choices import UnitState
from advocates.program.tiers.selectors import tier_overview
from advocates.program.tiers.services import evaluate_tiers, recalculate_tiers
from bench.place import Place, analyze
from bench.report import Line, least

# The scaled tenant's own past is lighter; facts from outside fill it up to the size wanted.
_FILL_UP = """
WITH person AS (
  SELECT id, account_id, row_number() OVER (ORDER BY id) AS n FROM advocates_advocate
   WHERE tenant_id = %(tenant)s AND status IN ('active', 'paused')
), kind AS (
  SELECT id, effort, units, is_reference, tier_credit, row_number() OVER (ORDER BY position) AS n
    FROM advocates_activitytype WHERE tenant_id = %(tenant)s
)
INSERT INTO advocates_participation
       (id, tenant_id, advocate_id, account_id, activity_type_id, origin, state, units, effort,
        counts_for_tier, is_reference, detail, minutes, taken_at, completed_at, release_reason,
        void_reason)
SELECT gen_random_uuid(), %(tenant)s, p.id, p.account_id, k.id, 'outside', 'completed', k.units,
       k.effort, k.tier_credit = 'yes', k.is_reference, '', 30, s.done, s.done, '', ''
  FROM (SELECT 1 + floor(random() * (SELECT count(*) FROM person)) AS person,
               1 + floor(random() * (SELECT count(*) FROM kind)) AS kind,
               clock() - random() * interval '550 days' AS done
          FROM generate_series(1, %(missing)s)) s
  JOIN person p ON p.n = s.person JOIN kind k ON k.n = s.kind
"""

_FLOOR = """
UPDATE advocates_tierstanding s SET activities = given.n
  FROM (SELECT p.advocate_id, count(*) AS n FROM advocates_participation p
         WHERE p.tenant_id = %(tenant)s AND p.state = 'completed' AND p.counts_for_tier
           AND p.completed_at >= year_start(%(zone)s)
         GROUP BY p.advocate_id) given
 WHERE s.tenant_id = %(tenant)s AND s.advocate_id = given.advocate_id
   AND s.activities IS DISTINCT FROM given.n
"""

_WIPE = "UPDATE advocates_tierstanding SET activities = 0 WHERE tenant_id = %(tenant)s"


def run(place: Place) -> Iterator[Line]:
    """Fill up, recalculate once for the changes, then measure runs that change no tier."""
    parameters = {"tenant": place.tenant.pk, "zone": place.tenant.time_zone}

    def scope() -> AbstractContextManager[Any]:
        return tenant_scope(place.tenant)

    def sql(statement: str, **more: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, {**parameters, **more})

    def wipe() -> None:
        with scope():
            sql(_WIPE)
        analyze()

    with scope():
        completed = Participation.objects.filter(state=UnitState.COMPLETED).count()
        sql(_FILL_UP, missing=max(place.sizes.completions - completed, 0))
    analyze()
    with scope():
        recalculate_tiers(reason="bench")
    floors, runs = [], []
    for _round in range(place.sizes.rounds):
        wipe()
        floors.append(least(lambda: sql(_FLOOR), 1, scope))
        wipe()
        runs.append(least(lambda: recalculate_tiers(reason="bench"), 1, scope))
    again = least(lambda: recalculate_tiers(reason="bench"), place.sizes.rounds, scope)
    with scope():
        somebody = Advocate.objects.filter(status=AdvocateStatus.ACTIVE).order_by("pk")[0]
        kind = ActivityType.objects.get(code="reference_call")
    floor, size = min(floors), f"{place.sizes.completions:,} completions"
    one = [somebody.pk]
    others = {
        "one advocate's tier, as completing does": lambda: evaluate_tiers(
            advocate_ids=one, why="earned"
        ),
        "the guardrails of everybody, for a preview": lambda: guardrails(
            activity_type=kind, rules=("capacity_yearly", "capacity_pacing", "capacity_account")
        ),
        "who may be asked, of one": lambda: guard_status(activity_type=kind, advocate_ids=one),
        "the page of all tiers": tier_overview,
    }
    yield Line("recalculating everybody, every standing written", min(runs), floor, "ms", size)
    yield Line("recalculating again, nothing written", again, floor, "ms", size)
    for what, work in others.items():
        took = least(work, place.sizes.rounds, scope)
        yield Line(what, took, floor, "ms", "the same floor")
