"""What the capacity selector says and what the guard does are the same (CAP-1 to CAP-5,
CAP-7): for random pasts, under random rules, with times on the very edges.
"""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from advocacy.tenancy.models import Tenant
from advocates.models import ActivityType, Capacity, Participation, ProgramPolicy
from advocates.program.ledger import services as ledger
from advocates.program.ledger.capacity import GuardStatus, first_refusal_sql, guard_status
from tests.factories.advocates import ActivityTypeFactory, EnrolledFactory, open_wide
from tests.support.breadth import examples
from tests.support.time import Clock

# Days on which some rule changes its mind, with a minute on either side.
EDGES = [0, 10, 14, 21, 30, 45, 60, 90, 91, 182, 364, 365, 366, 400]
MOMENTS = st.builds(
    lambda days, minutes: timedelta(days=days, minutes=minutes),
    st.sampled_from(EDGES),
    st.sampled_from([0, 0, 1, -1, 600]),
).map(lambda age: max(age, timedelta()))

# Mostly open, so that the rules checked last are reached as well.
ALLOWANCE = st.sampled_from([0, 2, 4, 20, 20, 20, 20])
MAYBE = st.sampled_from([None, None, None, None, None, 1, 2, 3])

PAST = st.lists(
    st.fixed_dictionaries(
        {
            "who": st.sampled_from(["self", "self", "self", "colleague"]),
            "kind": st.sampled_from(["asked", "other"]),
            "origin": st.sampled_from(["asked", "asked", "volunteered", "outside"]),
            "state": st.sampled_from(["open", "completed", "completed", "released", "voided"]),
            "units": st.integers(0, 2),
            "effort": st.sampled_from(["low", "moderate", "high"]),
            "is_reference": st.booleans(),
            "detail": st.sampled_from(["", "security"]),
            "taken": MOMENTS,
            "ended": MOMENTS,
            "release_reason": st.sampled_from(["declined", "expired", "later", "filled"]),
        }
    ),
    max_size=7,
)
TYPE = st.fixed_dictionaries(
    {
        "units": st.integers(0, 2),
        "effort": st.sampled_from(["low", "moderate", "high"]),
        "is_reference": st.booleans(),
        "per_year": MAYBE,
        "per_detail_per_year": MAYBE,
        "at_once": MAYBE,
        "gap_days": st.sampled_from([None, None, None, 10, 90, 364, 365]),
        "tier_credit": st.sampled_from(["yes", "yes", "called"]),
    }
)
POLICY = st.fixed_dictionaries(
    {
        "pacing_mode": st.sampled_from(["block", "warn"]),
        "recovery_mode": st.sampled_from(["block", "warn"]),
        "limits_mode": st.sampled_from(["block", "warn"]),
        "frequency_mode": st.sampled_from(["block", "warn"]),
        "variety_mode": st.sampled_from(["block", "warn", "warn"]),
        "ladder_mode": st.sampled_from(["block", "warn", "warn"]),
        "asked_per_year": st.sampled_from([0, 1, 2, 12]),
        "counts_free_types": st.booleans(),
        "asks_per_year": st.sampled_from([3, 12, 12]),
        "asks_per_90_days": st.sampled_from([1, 12, 12]),
        "days_between_asks": st.sampled_from([0, 0, 21]),
        "cooling_days": st.sampled_from([0, 60, 90]),
        "account_units_per_year": st.sampled_from([2, 12]),
        "account_open": st.sampled_from([1, 9]),
        "recovery_days": st.sampled_from([0, 14]),
        "recovery_low_days": st.sampled_from([0, 45]),
    }
)


def _write(past: list[dict[str, Any]], people: dict[str, Any], kinds: dict[str, Any]) -> None:
    """Put the rows into the ledger while every rule is open."""
    now = people["clock"].now
    rows = []
    for index, step in enumerate(past):
        taken = now - step["taken"]
        ended = max(taken, now - step["ended"])
        done = step["state"] in {"completed", "voided"}
        released = step["state"] == "released"
        rows.append(
            Participation(
                advocate=people[step["who"]],
                account_id=people["self"].account_id,
                activity_type=kinds[step["kind"]],
                origin=step["origin"],
                state=step["state"],
                units=0 if step["origin"] == "volunteered" else step["units"],
                effort=step["effort"],
                counts_for_tier=True,
                is_reference=step["is_reference"],
                detail=step["detail"],
                # Apart by a little, as real ones are: the last two asks are the last two.
                taken_at=taken + timedelta(milliseconds=index),
                completed_at=ended if done else None,
                released_at=ended if released else None,
                voided_at=ended if step["state"] == "voided" else None,
                release_reason=step["release_reason"] if released else "",
            )
        )
    Participation.objects.bulk_create(rows)


def _try(advocate: Any, kind: ActivityType, detail: str) -> str | None:
    """Ask, and take it back; the name of the rule that refused."""
    try:
        with transaction.atomic():
            ledger.take_unit(advocate=advocate, activity_type=kind, detail=detail)
            transaction.set_rollback(True)
    except ledger.CapacityRefused as refused:
        assert refused.message
        assert "%(" not in refused.message
        return refused.code
    return None


def _first(advocate: Any, kind: ActivityType, detail: str) -> str | None:
    """What counting a whole program names first."""
    sql, parameters = first_refusal_sql(kind, among="everybody", detail=detail)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH everybody AS (SELECT %(me)s::uuid AS id), refused AS ({sql})"
            " SELECT code FROM refused",
            {"me": advocate.pk, **parameters},
        )
        (code,) = cursor.fetchone()
    return str(code) if code else None


@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    past=PAST,
    limits=TYPE,
    rules=POLICY,
    allowance=ALLOWANCE,
    gap=st.sampled_from([0, 0, 0, 30, 91, 182]),
    detail=st.sampled_from(["", "security", "Security"]),
)
def test_the_selector_says_what_the_guard_does(
    scope: Tenant,
    clock: Clock,
    past: list[dict[str, Any]],
    limits: dict[str, Any],
    rules: dict[str, Any],
    allowance: int,
    gap: int,
    detail: str,
) -> None:
    """CAP-1.a, CAP-2.a, CAP-3.a, CAP-4.a, CAP-5.a, CAP-7: "may" exactly when the take goes through,
    and for the same reason when not, asked for one person or for everyone.
    """
    with transaction.atomic():
        open_wide()
        me = EnrolledFactory(cap=1000, reference_gap=0)
        people = {
            "self": me,
            "colleague": EnrolledFactory(account=me.account, cap=1000, reference_gap=0),
            "clock": clock,
        }
        kinds = {"asked": ActivityTypeFactory(), "other": ActivityTypeFactory()}
        _write(past, people, kinds)
        ActivityType.objects.filter(pk=kinds["asked"].pk).update(**limits)
        ProgramPolicy.objects.update(**rules)
        Capacity.objects.filter(advocate=me).update(allowance=allowance, reference_gap_days=gap)
        kind = ActivityType.objects.get(pk=kinds["asked"].pk)

        said: GuardStatus = guard_status(activity_type=kind, advocate_ids=[me.pk], detail=detail)[
            me.pk
        ]
        refused = _try(me, kind, detail)
        event(str(refused))
        assert [reason.code for reason in said.reasons][:1] == [refused][: refused is not None]
        assert said.may == (refused is None)
        assert guard_status(activity_type=kind, detail=detail)[me.pk] == said
        assert _first(me, kind, detail) == refused
        for reason in (*said.reasons, *said.warnings):
            assert reason.text

        # Where a day is promised, asking on that day is not refused for the same reason.
        if said.reasons and (until := said.reasons[0].until):
            assert until >= clock.now.date()
            before = clock.now
            clock.set(before + (until - before.date() + timedelta(days=1)))
            try:
                assert _try(me, kind, detail) != refused
            finally:
                clock.set(before)
        transaction.set_rollback(True)
