"""The past under other settings (SIM-1): the guard in Python is the guard of the database, and with
today's settings the replay is what happened.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from activities.activities import completion, services
from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import ActivityType, Capacity, Participation, ProgramPolicy
from advocates.program.ledger import facts, renewing
from advocates.program.ledger import services as ledger
from advocates.program.ledger.capacity import guard_status
from advocates.program.ledger.capacity.past import Unit
from advocates.program.ledger.capacity.statement import limits_of
from advocates.program.ledger.choices import ReleaseReason
from reporting.metrics.frame import Frame
from reporting.simulator.history import read_history
from reporting.simulator.ledger import Ledger
from reporting.simulator.replay import replay
from tests.advocates.test_capacity_prediction import ALLOWANCE, PAST, POLICY, TYPE, _write
from tests.factories.advocates import ActivityTypeFactory, EnrolledFactory, open_wide
from tests.support.breadth import examples
from tests.support.cases import Cases
from tests.support.policy import change_policy
from tests.support.time import START, Clock


def _said_by_hand(me: Any, kind: ActivityType, detail: str, now: Any) -> Any:
    """The judgement of :mod:`then` over the ledger as it is now."""
    history = read_history(Frame.of_last(me.tenant, 365), now)
    book = Ledger(history, history.rules)
    for unit in history.units:
        # The past is written a few milliseconds apart, up to now and a little beyond.
        for name in ("settled_at", "voided_at"):
            if (moment := getattr(unit, name)) is not None:
                setattr(unit, name, min(moment, now))
        book.add(unit)
    limits = limits_of(kind)
    take = Unit(
        id=me.pk,
        advocate=me.pk,
        account=me.account_id,
        kind=kind.pk,
        origin="asked",
        units=limits["units"],
        reserved=limits["units"],
        effort=limits["effort"],
        is_reference=limits["is_reference"],
        detail=detail,
        taken_at=now,
        known_at=now,
    )
    return book.judge(take, now)


@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    past=PAST,
    limits=TYPE,
    rules=POLICY,
    warn_gap=st.sampled_from([None, None, 30, 400]),
    allowance=ALLOWANCE,
    gap=st.sampled_from([0, 0, 0, 30, 91, 182]),
    detail=st.sampled_from(["", "security", "Security"]),
)
def test_the_rules_in_python_are_the_guards(
    scope: Tenant,
    clock: Clock,
    past: list[dict[str, Any]],
    limits: dict[str, Any],
    rules: dict[str, Any],
    warn_gap: int | None,
    allowance: int,
    gap: int,
    detail: str,
) -> None:
    """SIM-1.a: every rule that refuses and every one that warns, in the guard's order, for random
    pasts under random rules, on the very edges.
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
        changed = {**limits, "warn_gap_days": warn_gap}
        ActivityType.objects.filter(pk=kinds["asked"].pk).update(**changed)
        ProgramPolicy.objects.update(**rules)
        Capacity.objects.filter(advocate=me).update(allowance=allowance, reference_gap_days=gap)
        kind = ActivityType.objects.get(pk=kinds["asked"].pk)

        said = guard_status(activity_type=kind, advocate_ids=[me.pk], detail=detail)[me.pk]
        found = _said_by_hand(me, kind, detail, clock.now)
        event(found.refused_by)
        assert found.refuses == tuple(reason.code for reason in said.reasons)
        assert set(found.warns) == {reason.code for reason in said.warnings}
        transaction.set_rollback(True)


STEP = st.one_of(
    st.tuples(st.just("ask"), st.integers(0, 2), st.integers(0, 3)),
    st.tuples(st.just("ask"), st.integers(0, 2), st.integers(0, 3)),
    st.tuples(st.just("renew"), st.integers(0, 9), st.just(0)),
    st.tuples(st.just("release"), st.integers(0, 9), st.sampled_from(ReleaseReason.values)),
    st.tuples(st.just("complete"), st.integers(0, 9), st.integers(0, 20)),
    st.tuples(st.just("complete"), st.integers(0, 9), st.integers(0, 20)),
    st.tuples(st.just("void"), st.integers(0, 9), st.just(0)),
    st.tuples(st.just("fact"), st.integers(0, 2), st.integers(0, 200)),
    st.tuples(st.just("question"), st.integers(0, 2), st.just(0)),
    st.tuples(st.just("offer"), st.integers(0, 2), st.integers(0, 3)),
)
WAIT = st.sampled_from([1, 1, 5, 13, 20, 40, 90])


class _Life:
    """Some people of two companies, asked and thanked through the services."""

    def __init__(self, manager: Membership, clock: Clock) -> None:
        self.actor, self.clock = Actor.member(manager), clock
        first = EnrolledFactory(reference_gap=30)
        self.people = [first, EnrolledFactory(account=first.account), EnrolledFactory()]
        self.kinds = [
            ActivityTypeFactory(units=1, effort="low", gap_days=20, tier_credit="yes"),
            ActivityTypeFactory(units=1, effort="moderate", is_reference=True, at_once=1),
            ActivityTypeFactory(units=2, effort="high", per_year=1),
            ActivityTypeFactory(units=1, effort="low", tier_credit="called"),
        ]
        self.running: list[Activity] = []
        self.done: list[Activity] = []
        self.asked = self.turned_down = 0

    def ask(self, who: int, kind: int) -> None:
        person, wanted = self.people[who], self.kinds[kind]
        try:
            unit = ledger.take_unit(advocate=person, activity_type=wanted)
        except ledger.CapacityRefused:
            self.turned_down += 1
            return
        self.asked += 1
        self._plan(person, wanted, unit)

    def offer(self, who: int, kind: int) -> None:
        unit = ledger.plan_volunteered(advocate=self.people[who], activity_type=self.kinds[kind])
        self._plan(self.people[who], self.kinds[kind], unit)

    def _plan(self, person: Any, kind: ActivityType, unit: Participation) -> None:
        self.running.append(
            services.plan_activity(
                actor=self.actor,
                advocate=person,
                activity_type=kind,
                participation=unit,
                purpose="Isdom",
            )
        )

    def renew(self, which: int, _rest: int) -> None:
        asked = [each for each in self.running if each.participation.origin == "asked"]
        if not asked:
            return
        activity = asked[which % len(asked)]
        try:
            unit = renewing.take_now(
                participation=activity.participation,
                advocate=activity.advocate,
                activity_type=activity.activity_type,
            )
        except ledger.CapacityRefused:
            self.turned_down += 1
            return
        Activity.objects.filter(pk=activity.pk).update(participation=unit)
        activity.participation = unit

    def release(self, which: int, reason: str) -> None:
        if self.running:
            activity = self.running.pop(which % len(self.running))
            Activity.objects.filter(pk=activity.pk).update(
                state=ActivityState.CANCELLED, ended_at=self.clock.now
            )
            self.asked -= (
                reason in ("unsent", "question") and activity.participation.origin == "asked"
            )
            ledger.release_unit(participation=activity.participation, reason=reason)

    def complete(self, which: int, days_ago: int) -> None:
        if self.running:
            activity = self.running.pop(which % len(self.running))
            activity.participation.refresh_from_db()
            taken = activity.participation.taken_at
            happened = max(taken, self.clock.now - timedelta(days=days_ago))
            services.accept_activity(actor=self.actor, activity=activity)
            completion.complete_activity(
                actor=self.actor, activity=activity, happened_at=happened, minutes=30
            )
            self.done.append(activity)

    def void(self, which: int, _rest: int) -> None:
        if self.done:
            activity = self.done.pop(which % len(self.done))
            unit = Participation.objects.get(pk=activity.participation_id)
            ledger.void_unit(participation=unit, reason="Recorded in error")

    def fact(self, who: int, days_ago: int) -> None:
        completion.log_activity(
            actor=self.actor,
            advocate=self.people[who],
            activity_type=self.kinds[days_ago % 3],
            happened_at=self.clock.now - timedelta(days=days_ago),
        )

    def question(self, who: int, _rest: int) -> None:
        facts.note_question(advocate=self.people[who], activity_type=self.kinds[0])


#: Lives in which something is written down, taken back or voided only after the next ask.
LATE: dict[str, list[tuple[tuple[Any, ...], int]]] = {
    "a completion": [
        (("ask", 0, 2), 12),
        (("ask", 0, 0), 1),
        (("complete", 0, 8), 1),
    ],
    "a fact": [(("ask", 0, 0), 2), (("fact", 0, 5), 1)],
    "a fact of the same type": [(("ask", 0, 0), 2), (("fact", 0, 9), 1)],
    "voided before": [
        (("ask", 0, 2), 3),
        (("complete", 0, 0), 1),
        (("void", 0, 0), 1),
        (("ask", 0, 0), 1),
    ],
    "voided after": [
        (("ask", 0, 0), 3),
        (("complete", 0, 0), 30),
        (("ask", 0, 0), 1),
        (("void", 0, 0), 1),
    ],
    "taken back before it left": [
        (("ask", 0, 3), 2),
        (("release", 0, "unsent"), 1),
        (("ask", 0, 0), 1),
    ],
    "taken anew": [(("ask", 0, 0), 9), (("renew", 0, 0), 22), (("ask", 0, 1), 1)],
}


def test_what_was_known_then(scope: Tenant, alice: Membership, clock: Clock, each: Cases) -> None:
    """SIM-1.a: what was written down, voided or taken back later kept nobody from asking before;
    each ask that the guard let through goes out again.
    """
    for which, steps in LATE.items():
        with each(which):
            clock.set(START)
            change_policy(
                recovery_mode="block", recovery_days=14, days_between_asks=0, asks_per_90_days=9
            )
            life = _Life(alice, clock)
            change_policy(days_between_asks=21 if "taken" in which else 0, ladder_mode="warn")
            for (name, *what), days in steps:
                getattr(life, name)(*what)
                clock.advance(days=days, minutes=7)
            assert not life.turned_down, "the life is meant to pass the guard"
            history = read_history(Frame.of_last(scope, 4000), clock.now)
            found = replay(history, history.rules).verdicts
            assert [verdict.refused_by for verdict in found] == [""] * life.asked


@settings(
    max_examples=examples(8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(st.tuples(STEP, WAIT), min_size=10, max_size=30),
    rules=st.fixed_dictionaries(
        {
            "yearly_cap": st.sampled_from([2, 6]),
            "pacing_mode": st.sampled_from(["block", "warn"]),
            "recovery_mode": st.sampled_from(["block", "warn"]),
            "limits_mode": st.sampled_from(["block", "warn"]),
            "variety_mode": st.sampled_from(["block", "warn"]),
            "ladder_mode": st.sampled_from(["block", "warn"]),
            "asks_per_90_days": st.sampled_from([2, 9]),
            "days_between_asks": st.sampled_from([0, 21]),
            "cooling_days": st.sampled_from([0, 60]),
            "account_open": st.sampled_from([1, 3]),
        }
    ),
)
def test_todays_settings_reproduce_the_past(
    scope: Tenant, alice: Membership, clock: Clock, steps: list[Any], rules: dict[str, Any]
) -> None:
    """SIM-1.a: with today's settings every ask that was sent goes out, and no other is told."""
    clock.set(START)
    with transaction.atomic():
        open_wide()
        life = _Life(alice, clock)
        change_policy(**rules)
        for (name, *what), days in steps:
            getattr(life, name)(*what)
            clock.advance(days=days, minutes=7)
        history = read_history(Frame.of_last(scope, 4000), clock.now)
        found = replay(history, history.rules).verdicts
        event(f"{life.turned_down} refused")
        assert [(v.refused_by, v.unit.taken_at) for v in found if v.refused_by] == []
        assert len(found) == life.asked
        transaction.set_rollback(True)
