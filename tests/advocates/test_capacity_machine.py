"""The life of an advocate's capacity, in any order of events (CAP-1, CAP-2, CAP-8)."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from advocacy.tenancy.models import Tenant
from advocates.models import Participation
from advocates.program.ledger import facts
from advocates.program.ledger import services as ledger
from advocates.program.ledger.capacity import guard_status
from advocates.program.ledger.choices import ReleaseReason
from advocates.program.ledger.services import CapacityRefused
from tests.factories.advocates import (
    ActivityTypeFactory,
    EnrolledFactory,
    catalogued,
    open_wide,
)
from tests.support.breadth import examples
from tests.support.policy import change_policy
from tests.support.time import START, Clock


class Year(RuleBasedStateMachine):
    """One advocate; a small model in Python beside the ledger."""

    clock: Clock
    open_units = Bundle("open_units")
    done_units = Bundle("done_units")

    def __init__(self) -> None:
        super().__init__()
        self.clock.set(START)
        self._undo = transaction.atomic()
        self._undo.__enter__()
        open_wide()
        self.advocate = EnrolledFactory()
        self.kinds = [ActivityTypeFactory(units=units) for units in (0, 1, 2)]
        #: id → (units, local date of the completion or None while open)
        self.model: dict[Any, tuple[int, Any]] = {}
        self.cap = 6
        self.facts = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._undo.__exit__(None, None, None)

    def used(self) -> int:
        zone = self.advocate.tenant.zone
        since = self.clock.now.astimezone(zone).date() - timedelta(days=365)
        return sum(units for units, day in self.model.values() if day is None or day > since)

    def today(self) -> Any:
        return self.clock.now.astimezone(self.advocate.tenant.zone).date()

    @rule(target=open_units, size=st.integers(0, 2))
    def ask(self, size: int) -> Any:
        fits = size == 0 or self.used() + size <= self.cap
        try:
            unit = ledger.take_unit(advocate=self.advocate, activity_type=self.kinds[size])
        except CapacityRefused as refused:
            assert not fits
            assert refused.code == "capacity_yearly"
            return multiple()
        assert fits
        self.model[unit.pk] = (size, None)
        return unit

    @rule(target=open_units)
    def volunteer(self) -> Any:
        unit = ledger.plan_volunteered(advocate=self.advocate, activity_type=self.kinds[2])
        self.model[unit.pk] = (0, None)
        return unit

    @rule(target=done_units, unit=consumes(open_units))
    def complete(self, unit: Any) -> Any:
        ledger.complete_unit(participation=unit, at=self.clock.now)
        self.model[unit.pk] = (self.model[unit.pk][0], self.today())
        return unit

    @rule(unit=consumes(open_units), reason=st.sampled_from(ReleaseReason.values))
    def release(self, unit: Any, reason: str) -> None:
        ledger.release_unit(participation=unit, reason=reason)
        del self.model[unit.pk]

    @rule(unit=consumes(done_units))
    def void(self, unit: Any) -> None:
        ledger.void_unit(participation=unit, reason="Recorded in error")
        del self.model[unit.pk]

    @rule(target=done_units, days_ago=st.integers(0, 400))
    def record_a_fact(self, days_ago: int) -> Any:
        happened = self.clock.now - timedelta(days=days_ago)
        unit = facts.record_outside(
            advocate=self.advocate, activity_type=catalogued("testimonial"), happened_at=happened
        )
        self.model[unit.pk] = (1, happened.astimezone(self.advocate.tenant.zone).date())
        self.facts += 1
        return unit

    @rule(days=st.sampled_from([1, 30, 120, 364]), hours=st.integers(0, 23))
    def time_passes(self, days: int, hours: int) -> None:
        self.clock.advance(days=days, hours=hours)

    @rule(cap=st.integers(1, 8))
    def change_the_policy(self, cap: int) -> None:
        change_policy(yearly_cap=cap)
        self.facts += cap < self.cap
        self.cap = cap

    @invariant()
    def the_selector_agrees(self) -> None:
        said = guard_status(activity_type=self.kinds[1], advocate_ids=[self.advocate.pk])[
            self.advocate.pk
        ]
        assert (said.used, said.allowance) == (self.used(), self.cap)
        assert said.may == (self.used() + 1 <= self.cap)

    @precondition(lambda self: not self.facts)
    @invariant()
    def never_over_asked(self) -> None:
        """Without facts from outside and without a lowered cap nothing ever exceeds."""
        assert self.used() <= self.cap

    @invariant()
    def no_row_is_lost(self) -> None:
        counted = Participation.objects.filter(state__in=["open", "completed"])
        assert set(counted.values_list("pk", flat=True)) == set(self.model)


def test_capacity_holds_in_any_order_of_events(scope: Tenant, clock: Clock) -> None:
    """CAP-1.a, CAP-1.b, CAP-8.a: units open plus completed in the year never exceed by asking."""
    Year.clock = clock
    run_state_machine_as_test(
        Year,
        settings=settings(
            max_examples=examples(8),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
