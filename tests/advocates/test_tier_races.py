"""Tiers while others work at the same time, and when a worker dies (TIER-2, TIER-7, BAD-2)."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.joining import enrolment
from advocates.models import (
    Participation,
    Tier,
    TierChange,
    TierOverride,
    TierRun,
    TierStanding,
)
from advocates.overrides.services import lift_override, set_override
from advocates.program.ledger.choices import UnitState
from advocates.program.tiers import services as tiers
from tests.advocates.tiers import PLATINUM, complete, crowd, nightly, seats, tier_of, void
from tests.factories.advocates import SYSTEM, EnrolledFactory, did
from tests.factories.overrides import TierOverrideFactory
from tests.factories.tenancy import TenantsFactory
from tests.support.breadth import examples
from tests.support.time import Clock

THREE_OF_FOUR = PLATINUM[:-1]


def together(*works: Callable[[], Any]) -> list[Any]:
    """Run each in a thread with a connection of its own; they start at the same moment."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        try:
            gate.wait(timeout=10)
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(timeout=30) for future in [pool.submit(run, w) for w in works]]


@pytest.mark.parametrize("attempt", range(3))
def test_two_completions_racing_for_the_last_seat_give_exactly_one(
    transactional_db: None, clock: Clock, attempt: int
) -> None:
    """TIER-2.g: the other one waits."""
    tenant = TenantsFactory()
    with tenant_scope(tenant):
        crowd(3)
        pair = [EnrolledFactory(history=THREE_OF_FOUR) for _ in range(2)]

    def work(advocate: Any) -> Callable[[], None]:
        def run() -> None:
            with tenant_scope(tenant):
                complete(advocate, "testimonial")

        return run

    together(*[work(advocate) for advocate in pair])
    with tenant_scope(tenant):
        assert sorted(str(tier_of(advocate)) for advocate in pair) == ["gold", "platinum"]
        assert TierStanding.objects.filter(waiting_for__code="platinum").count() == 1
        assert nightly() == 0


def test_two_runs_at_once_change_everyone_once(transactional_db: None, clock: Clock) -> None:
    """TIER-7.a: the second finds nothing left to do."""
    tenant = TenantsFactory()
    with tenant_scope(tenant):
        people = crowd(6)
        for advocate in people:
            did(advocate, "testimonial")

    def run() -> int:
        with tenant_scope(tenant):
            return nightly()

    assert sorted(together(run, run, run)) == [0, 0, 6]
    with tenant_scope(tenant):
        assert TierChange.objects.filter(why="earned").count() == 6


def test_leaving_and_completing_at_once_do_not_block_each_other(
    transactional_db: None, clock: Clock
) -> None:
    """TIER-2.f: a seat that becomes free while somebody else earns it ends with exactly one."""
    tenant = TenantsFactory()
    with tenant_scope(tenant):
        crowd(3)
        holder = EnrolledFactory(history=PLATINUM)
        rising = EnrolledFactory(history=THREE_OF_FOUR)

    def leave() -> None:
        with tenant_scope(tenant):
            enrolment.retire_advocate(actor=SYSTEM, advocate=holder, reason="Left")

    def rise() -> None:
        with tenant_scope(tenant):
            complete(rising, "testimonial")

    together(leave, rise)
    with tenant_scope(tenant):
        assert tier_of(holder) is None
        assert tier_of(rising) == "platinum"
        assert nightly() == 0


def test_a_run_killed_half_way_leaves_nothing(transactional_db: None, clock: Clock) -> None:
    """TIER-7.a, BAD-2.a: its connection dies after the statement, before the commit."""
    tenant = TenantsFactory()
    with tenant_scope(tenant):
        people = crowd(4)
        for advocate in people:
            did(advocate, "testimonial")
        before = list(TierStanding.objects.order_by("pk").values())
        history = TierChange.objects.count()

    def dies() -> None:
        with pytest.raises(DatabaseError), tenant_scope(tenant):
            assert nightly() == 4
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    together(dies)
    with tenant_scope(tenant):
        assert list(TierStanding.objects.order_by("pk").values()) == before
        assert TierChange.objects.count() == history
        assert not TierRun.objects.exists()
        assert nightly() == 4


# One step each: who completes what, or takes a completion back, or leaves.
STEPS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from(
            ["case_study", "testimonial", "speaking", "reference_call", "void", "by hand", "lift"]
        ),
        st.integers(1, 90),
    ),
    max_size=24,
)


@settings(
    max_examples=examples(6),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS, percent=st.sampled_from([10, 20, 35, 50]))
def test_step_by_step_comes_to_the_same_as_all_at_once(
    scope: Tenant, clock: Clock, steps: list[tuple[int, str, int]], percent: int
) -> None:
    """TIER-2.c, TIER-3.a, TIER-3.b, TIER-5.b: after any completions, voids and tiers set by hand,
    recalculating everyone changes nothing; no tier ever has more holders than seats, but for those
    who were set there by hand; and only who voids or is lifted ever steps down.
    """
    with transaction.atomic():
        seats(percent)
        people = [EnrolledFactory() for _ in range(6)]
        for who, what, minutes in steps:
            advocate = people[who]
            given = TierOverride.objects.filter(advocate=advocate, state="standing").first()
            if what == "by hand":
                if given is None:
                    tier = Tier.objects.get(code="platinum" if minutes > 30 else "silver")
                    until = clock.now.date() + timedelta(days=9)
                    set_override(
                        actor=SYSTEM, advocate=advocate, tier=tier, reason="By hand", until=until
                    )
                continue
            if what == "lift":
                if given is not None:
                    lift_override(actor=SYSTEM, override=given)
                continue
            if what != "void":
                complete(advocate, what, minutes=minutes)
                continue
            unit = Participation.objects.filter(
                advocate=advocate, state=UnitState.COMPLETED
            ).first()
            if unit:
                void(unit)
        rows = TierStanding.objects.order_by("pk")
        before = list(rows.values())
        assert nightly() == 0
        assert list(rows.values()) == before
        allowed = -(-percent * len(people) // 100)
        earned = rows.filter(tier__code="platinum", overridden=False)
        assert earned.count() <= allowed
        assert not rows.filter(grace_until__isnull=False, activities__gte=4, high_effort__gte=1)
        transaction.set_rollback(True)


PEOPLE = st.lists(
    st.lists(
        st.tuples(st.sampled_from(["case_study", "testimonial"]), st.integers(1, 3)),
        max_size=6,
    ),
    min_size=1,
    max_size=7,
)


@settings(
    max_examples=examples(6),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    histories=PEOPLE,
    percent=st.sampled_from([10, 30, 60]),
    chosen=st.sets(st.integers(0, 6), max_size=2),
)
def test_the_set_is_what_a_person_would_work_out(
    scope: Tenant,
    clock: Clock,
    histories: list[list[tuple[str, int]]],
    percent: int,
    chosen: set[int],
) -> None:
    """TIER-1, TIER-2.b, TIER-2.d, TIER-5.b: who is set by hand sits; of what they leave sort by the
    order, seat the first, let the others wait.
    """
    with transaction.atomic():
        seats(percent)
        people = [EnrolledFactory() for _ in histories]
        by_hand = [each for number, each in enumerate(people) if number in chosen]
        for advocate in by_hand:
            platinum = Tier.objects.get(code="platinum")
            TierOverrideFactory(advocate=advocate, tier=platinum)
        for advocate, history in zip(people, histories, strict=True):
            for code, days_ago in history:
                did(advocate, code, days_ago=days_ago, minutes=10 * days_ago)
        tiers.recalculate_tiers(reason="test")

        def order(pair: tuple[Any, list[tuple[str, int]]]) -> tuple[Any, ...]:
            advocate, history = pair
            return (
                -sum(code == "case_study" for code, _ in history),
                -sum(10 * days_ago for _, days_ago in history),
                min((days_ago for _, days_ago in history), default=99),
                advocate.pk,
            )

        earned = sorted(
            (
                pair
                for pair in zip(people, histories, strict=True)
                if len(pair[1]) >= 4
                and any(code == "case_study" for code, _ in pair[1])
                and pair[0] not in by_hand
            ),
            key=order,
        )
        free = max(-(-percent * len(people) // 100) - len(by_hand), 0)
        assert {tier_of(advocate) for advocate in by_hand} <= {"platinum"}
        for place, (advocate, _history) in enumerate(earned):
            assert tier_of(advocate) == ("platinum" if place < free else "gold")
        waiting = TierStanding.objects.filter(waiting_for__code="platinum").count()
        assert waiting == max(len(earned) - free, 0)
        transaction.set_rollback(True)
