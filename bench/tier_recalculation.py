"""How long recalculating tiers takes, against its floor in the same run (TIER-7).

    python -m advocacy.embedded run --instance test -- \
        env DJANGO_SETTINGS_MODULE=advocacy.settings.test \
        .venv/bin/python -m bench.tier_recalculation [advocates] [completions]

Makes a database of its own and drops it. The floor is one bare UPDATE that counts every
advocate's completions of the year and writes the count; the recalculation does the same and
decides tiers, seats, waiting and grace besides.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases

ADVOCATES, COMPLETIONS = 100_000, 500_000

_FILL = """
SELECT setseed(0.42);
INSERT INTO advocates_account
SELECT made.*
  FROM advocates_account a CROSS JOIN generate_series(2, %(accounts)s) AS g(n)
 CROSS JOIN LATERAL jsonb_populate_record(a, jsonb_build_object(
         'id', gen_random_uuid(), 'name', 'Account ' || g.n)) made;
INSERT INTO advocates_accountcapacity (id, tenant_id, account_id, version)
SELECT gen_random_uuid(), a.tenant_id, a.id, 0 FROM advocates_account a
    ON CONFLICT DO NOTHING;
CREATE TEMP TABLE place ON COMMIT DROP AS
SELECT id, row_number() OVER (ORDER BY id) AS n FROM advocates_account;
INSERT INTO advocates_advocate
SELECT made.*
  FROM advocates_advocate a CROSS JOIN generate_series(2, %(advocates)s) AS g(n)
  JOIN place ON place.n = 1 + g.n %% %(accounts)s
 CROSS JOIN LATERAL jsonb_populate_record(a, jsonb_build_object(
         'id', gen_random_uuid(), 'last_name', 'Advocate ' || g.n, 'account_id', place.id,
         'enrolled_at', clock() - random() * interval '900 days')) made;
INSERT INTO advocates_capacity (id, tenant_id, advocate_id, allowance, reference_gap_days, version)
SELECT gen_random_uuid(), a.tenant_id, a.id, 6, 91, 0 FROM advocates_advocate a
    ON CONFLICT DO NOTHING;
CREATE TEMP TABLE person ON COMMIT DROP AS
SELECT id, account_id, row_number() OVER (ORDER BY id) AS n FROM advocates_advocate;
CREATE TEMP TABLE kind ON COMMIT DROP AS
SELECT id, effort, units, is_reference, tier_credit,
       row_number() OVER (ORDER BY position) AS n FROM advocates_activitytype;
INSERT INTO advocates_participation
       (id, tenant_id, advocate_id, account_id, activity_type_id, origin, state, units, effort,
        counts_for_tier, is_reference, detail, minutes, taken_at, completed_at, release_reason,
        void_reason)
SELECT gen_random_uuid(), current_setting('app.tenant_id')::uuid, p.id, p.account_id, k.id,
       CASE WHEN random() < 0.7 THEN 'asked' ELSE 'outside' END, 'completed', k.units, k.effort,
       k.tier_credit = 'yes', k.is_reference, '', 30, s.done - interval '9 days', s.done, '', ''
  FROM (SELECT 1 + floor(random() * %(advocates)s) AS person,
               1 + floor(random() * (SELECT count(*) FROM kind)) AS kind,
               clock() - random() * interval '550 days' AS done
          FROM generate_series(1, %(completions)s)) s
  JOIN person p ON p.n = s.person JOIN kind k ON k.n = s.kind;
INSERT INTO advocates_tierstanding
       (id, tenant_id, advocate_id, tier_id, since, activities, high_effort, minutes)
SELECT gen_random_uuid(), a.tenant_id, a.id, t.id, clock(), 0, 0, 0
  FROM advocates_advocate a
  LEFT JOIN (SELECT advocate_id, count(*) AS n FROM advocates_participation
              WHERE counts_for_tier AND completed_at > clock() - interval '363 days'
              GROUP BY 1) g ON g.advocate_id = a.id
  JOIN advocates_tier t ON t.code = CASE WHEN g.n >= 2 THEN 'gold' WHEN g.n = 1 THEN 'silver'
                                         ELSE 'community' END
    ON CONFLICT DO NOTHING;
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


@contextmanager
def a_database() -> Iterator[None]:
    """A database as the test suite makes one; the application's role works in it."""
    made = setup_databases(
        verbosity=0, interactive=False, aliases=["default", "owner"], serialized_aliases=[]
    )
    try:
        yield
    finally:
        connections.close_all()
        teardown_databases(made, verbosity=0)


def timed(what: str, work: Callable[[], Any]) -> float:
    """Seconds a piece of work takes, said aloud."""
    start = time.perf_counter()
    came_to = work()
    took = time.perf_counter() - start
    print(f"{what:<58}{took:9.3f} s   {came_to if came_to is not None else ''}", flush=True)
    return took


def sql(statement: str, parameters: dict[str, Any]) -> None:
    """Run SQL in the open scope."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def analyze() -> None:
    """Statistics, as autovacuum would have made them by now; the owner's business."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def run(advocates: int, completions: int) -> None:
    """Fill, measure, compare."""
    from advocacy.tenancy.scope import tenant_scope
    from advocates.models import ActivityType, Advocate, TierStanding
    from advocates.selectors.capacity import guard_status
    from advocates.selectors.tiers import tier_overview
    from advocates.services.tiers import evaluate_tiers, recalculate_tiers
    from tests.factories.advocates import EnrolledFactory
    from tests.factories.tenancy import TenantsFactory

    tenant = TenantsFactory()
    sizes = {
        "advocates": advocates,
        "completions": completions,
        "accounts": max(advocates // 5, 2),
    }
    parameters = {"tenant": tenant.pk, "zone": tenant.time_zone}

    def scoped(work: Callable[[], Any]) -> Callable[[], Any]:
        def inside() -> Any:
            with tenant_scope(tenant):
                return work()

        return inside

    with tenant_scope(tenant):
        first = EnrolledFactory()
    timed(
        f"filled: {advocates:,} advocates, {completions:,} completions",
        scoped(lambda: sql(_FILL, sizes)),
    )
    analyze()
    timed(
        "the first run, which fills the seats on platinum",
        scoped(lambda: f"{recalculate_tiers(reason='bench').changed:,} changes"),
    )
    analyze()
    floors, runs = [], []
    for _ in range(3):
        scoped(lambda: sql(_WIPE, parameters))()
        analyze()
        floors.append(
            timed("floor: the bare UPDATE of a count", scoped(lambda: sql(_FLOOR, parameters)))
        )
        scoped(lambda: sql(_WIPE, parameters))()
        analyze()
        runs.append(
            timed(
                "recalculating everybody, every standing written",
                scoped(lambda: f"{recalculate_tiers(reason='bench').changed:,} changes"),
            )
        )
    again = timed(
        "recalculating again, nothing written",
        scoped(lambda: f"{recalculate_tiers(reason='bench').changed:,} changes"),
    )
    timed(
        "one advocate, as completing an activity does",
        scoped(lambda: len(evaluate_tiers(advocate_ids=[first.pk], why="earned"))),
    )

    def everyone() -> str:
        kind = ActivityType.objects.get(code="reference_call")
        found = guard_status(activity_type=kind)
        return f"{sum(status.may for status in found.values()):,} of {len(found):,} may be asked"

    timed("who may be asked for a reference call, of everybody", scoped(everyone))

    def one() -> str:
        kind = ActivityType.objects.get(code="reference_call")
        return str(guard_status(activity_type=kind, advocate_ids=[first.pk])[first.pk].may)

    timed("who may be asked for a reference call, of one", scoped(one))
    timed(
        "the page of all tiers",
        scoped(lambda: {row.tier.code: row.people for row in tier_overview().tiers}),
    )
    with tenant_scope(tenant):
        assert Advocate.objects.count() == TierStanding.objects.count() == advocates
    print(f"\nratio to the floor: {min(runs) / min(floors):.1f} (again: {again / min(floors):.1f})")


def main() -> None:
    """Read the sizes and go."""
    django.setup()
    advocates, completions = [int(word) for word in sys.argv[1:]] + [ADVOCATES, COMPLETIONS][
        len(sys.argv) - 1 :
    ]
    with a_database():
        run(advocates, completions)


if __name__ == "__main__":
    main()
