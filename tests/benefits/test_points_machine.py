"""The ledger of points, in any order of events (BEN-7.a)."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.models import Tenant
from benefits.points.choices import Source
from benefits.points.ledger import enter, recount, redeem_points, take_back_source
from benefits.points.selectors import balance_of
from tests.factories.advocates import AdvocateFactory
from tests.support.breadth import examples
from tests.support.time import Clock

SYSTEM = Actor.system("points")


class Ledger(RuleBasedStateMachine):
    """One person; two sums in Python beside the ledger."""

    earned = Bundle("earned")
    spent = Bundle("spent")

    def __init__(self) -> None:
        super().__init__()
        self._undo = transaction.atomic()
        self._undo.__enter__()
        self.advocate = AdvocateFactory()
        self.lifetime = self.redeemed = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._undo.__exit__(None, None, None)

    def pay(self, source_id: UUID, points: int) -> Any:
        return enter(
            "points.earned", actor=SYSTEM, advocate=self.advocate, source=Source.HAND,
            source_id=source_id, milestone="given", points=points,
        )  # fmt: skip

    @rule(target=earned, points=st.integers(0, 60))
    def earn(self, points: int) -> tuple[UUID, int]:
        key = uuid4()
        assert self.pay(key, points) is not None
        self.lifetime += points
        return key, points

    @rule(paid=earned)
    def earn_twice(self, paid: tuple[UUID, int]) -> None:
        assert self.pay(*paid) is None

    @rule(target=spent, points=st.integers(1, 80))
    def redeem(self, points: int) -> Any:
        key, fits = uuid4(), points <= self.lifetime - self.redeemed
        try:
            redeem_points(actor=SYSTEM, advocate=self.advocate, grant_id=key, points=points)
        except Conflict as refused:
            assert not fits
            assert refused.code == "not_enough_points"
            return multiple()
        assert fits
        self.redeemed += points
        return key, points

    @rule(paid=consumes(earned))
    def take_back(self, paid: tuple[UUID, int]) -> None:
        for time in range(2):
            assert len(take_back_source(Source.HAND, paid[0], actor=SYSTEM)) == 1 - time
        self.lifetime -= paid[1]

    @rule(paid=consumes(spent))
    def give_back(self, paid: tuple[UUID, int]) -> None:
        for time in range(2):
            assert len(take_back_source(Source.REDEMPTION, paid[0], actor=SYSTEM)) == 1 - time
        self.redeemed -= paid[1]

    @rule()
    def count_anew(self) -> None:
        recount(self.advocate.pk)

    @invariant()
    def the_balance_agrees(self) -> None:
        balance, net = balance_of(self.advocate), self.lifetime - self.redeemed
        assert (balance.lifetime, balance.redeemed) == (self.lifetime, self.redeemed)
        assert (balance.spendable, balance.owed) == (max(0, net), max(0, -net))


def test_points_in_any_order(scope: Tenant, clock: Clock) -> None:
    """BEN-7.a: each milestone once, each reversal once, spendable never below zero, nothing spent
    that is not there; the balance is always what the ledger comes to.
    """
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=examples(2),
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
