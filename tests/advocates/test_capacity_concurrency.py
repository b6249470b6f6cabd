"""Nobody is over-asked, whatever the concurrency: real threads on real connections (CAP-1, CAP-7).

Every attempt is a transaction of its own, all start together, and the database alone decides.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg2.errors
import pytest
from django.db import OperationalError, connection, connections
from psycopg2.extensions import (
    ISOLATION_LEVEL_READ_COMMITTED,
    ISOLATION_LEVEL_REPEATABLE_READ,
    ISOLATION_LEVEL_SERIALIZABLE,
)

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Participation, ProgramPolicy
from advocates.program.ledger import services as ledger
from advocates.program.ledger.services import CapacityRefused
from tests.factories.advocates import (
    ActivityTypeFactory,
    EnrolledFactory,
    did,
    open_wide,
)
from tests.factories.tenancy import TenantsFactory
from tests.support.policy import change_policy

THREADS = 64
LEVELS = {
    "read-committed": ISOLATION_LEVEL_READ_COMMITTED,
    "repeatable-read": ISOLATION_LEVEL_REPEATABLE_READ,
    "serializable": ISOLATION_LEVEL_SERIALIZABLE,
}


@pytest.fixture
def home(transactional_db: None) -> Tenant:
    """A program in which only the yearly cap stands."""
    tenant: Tenant = TenantsFactory()
    with tenant_scope(tenant):
        open_wide()
    return tenant


@contextmanager
def isolation(level: int) -> Iterator[None]:
    """This thread's connection at another isolation level."""
    connection.ensure_connection()
    connection.connection.set_isolation_level(level)
    yield


def crowd(works: list[Callable[[], str]], *, level: int = ISOLATION_LEVEL_READ_COMMITTED) -> Any:
    """Run all at the same moment; what each came to, counted.

    A serialisation failure is no answer but a request to try again, as any client of these levels
    has to; a deadlock would be an error of ours and is counted as such.
    """
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], str]) -> str:
        try:
            with isolation(level):
                gate.wait(timeout=15)
                end = time.monotonic() + 15
                while time.monotonic() < end:
                    try:
                        return work()
                    except OperationalError as error:
                        if isinstance(error.__cause__, psycopg2.errors.DeadlockDetected):
                            return "deadlock"
                        if not isinstance(error.__cause__, psycopg2.errors.SerializationFailure):
                            raise
                return "gave up"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return Counter(future.result(timeout=40) for future in [pool.submit(run, w) for w in works])


def taker(tenant: Tenant, advocates: list[Any], kind: Any) -> Callable[[], str]:
    """One transaction that takes a unit from each; all or nothing."""

    def take() -> str:
        try:
            with tenant_scope(tenant):
                for advocate in sorted(advocates, key=ledger.lock_order):
                    ledger.take_unit(advocate=advocate, activity_type=kind)
        except CapacityRefused as refused:
            return refused.code
        return "taken"

    return take


@pytest.mark.parametrize("level", LEVELS)
def test_sixty_four_at_once_take_exactly_what_is_left(home: Tenant, level: str) -> None:
    """CAP-1.d: six left, six taken, under every isolation level."""
    with tenant_scope(home):
        kind, ada = ActivityTypeFactory(), EnrolledFactory()
    came_to = crowd([taker(home, [ada], kind)] * THREADS, level=LEVELS[level])
    assert came_to == {"taken": 6, "capacity_yearly": THREADS - 6}
    with tenant_scope(home):
        assert Participation.objects.filter(advocate=ada, state="open").count() == 6


def test_what_is_completed_and_open_counts_together(home: Tenant) -> None:
    """CAP-1.d, CAP-8.a: four facts leave two."""
    with tenant_scope(home):
        kind, ada = ActivityTypeFactory(), EnrolledFactory()
        for days_ago in range(1, 5):
            did(ada, "testimonial", days_ago=days_ago)
    assert crowd([taker(home, [ada], kind)] * 32) == {"taken": 2, "capacity_yearly": 30}


def test_batches_over_people_of_one_account_do_not_deadlock(home: Tenant) -> None:
    """CAP-1.d: each batch takes from both or from nobody, in whatever order it was given."""
    with tenant_scope(home):
        kind, ada = ActivityTypeFactory(), EnrolledFactory()
        bob = EnrolledFactory(account=ada.account)
    works = [taker(home, pair, kind) for pair in ([ada, bob], [bob, ada])] * 16
    assert crowd(works) == {"taken": 6, "capacity_yearly": 26}


def test_batches_over_several_accounts_do_not_deadlock(home: Tenant) -> None:
    """CAP-1.d: accounts and people interleaved, as an allocation of all open requests takes
    them.
    """
    with tenant_scope(home):
        kind = ActivityTypeFactory()
        first, second = EnrolledFactory(cap=5), EnrolledFactory(cap=5)
        third = EnrolledFactory(account=second.account, cap=5)
        fourth = EnrolledFactory(account=first.account, cap=5)
    orders = [
        [first, second],
        [third, fourth],
        [fourth, second],
        [first, third],
        [second, third, first, fourth],
    ]
    came_to = crowd([taker(home, order, kind) for order in orders * 6])
    assert came_to["deadlock"] == 0
    assert came_to["gave up"] == 0
    with tenant_scope(home):
        for advocate in (first, second, third, fourth):
            assert Participation.objects.filter(advocate=advocate).count() <= 5
        assert Participation.objects.count() >= 2 * 5


def test_the_company_is_not_over_asked_either(home: Tenant) -> None:
    """CAP-7.d: three open at a time over all its people."""
    with tenant_scope(home):
        ProgramPolicy.objects.update(
            pacing_mode="block", days_between_asks=0, asks_per_90_days=99, asks_per_year=99
        )
        kind, ada = ActivityTypeFactory(), EnrolledFactory()
        people = [ada, *(EnrolledFactory(account=ada.account) for _ in range(5))]
    came_to = crowd([taker(home, [people[n % 6]], kind) for n in range(30)])
    assert came_to == {"taken": 3, "capacity_account": 27}


def test_the_last_slot_of_a_type_goes_out_once(home: Tenant) -> None:
    """CAP-2.a: limits of a type are guarded the same way."""
    with tenant_scope(home):
        kind, ada = ActivityTypeFactory(per_year=1), EnrolledFactory()
    assert crowd([taker(home, [ada], kind)] * 24) == {"taken": 1, "capacity_type_year": 23}


def test_lowering_the_cap_among_takes_holds_from_then_on(home: Tenant) -> None:
    """CAP-1.d, CAP-1.e: takes before the change may stand, none after it goes beyond."""
    with tenant_scope(home):
        kind, ada = ActivityTypeFactory(), EnrolledFactory()

    def lower() -> str:
        with tenant_scope(home):
            change_policy(yearly_cap=3)
        return "lowered"

    came_to = crowd([*[taker(home, [ada], kind)] * 24, lower])
    assert came_to["lowered"] == 1
    assert 3 <= came_to["taken"] <= 6
    assert came_to["deadlock"] == 0
    assert taker(home, [ada], kind)() == "capacity_yearly"


def test_giving_back_and_taking_again_never_exceeds(home: Tenant) -> None:
    """CAP-1.b, CAP-1.d: every release makes room for exactly one."""
    with tenant_scope(home):
        kind, ada = ActivityTypeFactory(), EnrolledFactory(cap=2)
        held = [ledger.take_unit(advocate=ada, activity_type=kind) for _ in range(2)]

    def giver(unit: Any) -> Callable[[], str]:
        def give() -> str:
            with tenant_scope(home):
                ledger.release_unit(participation=unit, reason="declined")
            return "given"

        return give

    came_to = crowd([*map(giver, held), *[taker(home, [ada], kind)] * 20])
    assert came_to["given"] == 2
    assert came_to["taken"] <= 2
    with tenant_scope(home):
        assert Participation.objects.filter(advocate=ada, state="open").count() <= 2
