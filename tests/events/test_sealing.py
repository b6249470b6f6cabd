"""The sealed sequence (AUD-2, API-5)."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from advocacy.events import bus, services
from advocacy.events.models import Event, EventSeal, PendingSeal
from advocacy.events.services import record, seal, seal_all
from advocacy.events.verification import verify_chain
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.sweeps import run_sweep
from tests.support.time import Clock

pytestmark = pytest.mark.django_db(transaction=True)

bus.declare({"test.happened": "did something"})

Happen = Callable[[int], list[Event]]


@pytest.fixture
def happen(tenant: Tenant, alice: Membership) -> Happen:
    """``happen(3)``: three events, each in a transaction of its own."""

    def make(count: int) -> list[Event]:
        events = []
        for _ in range(count):
            with tenant_scope(tenant):
                events.append(record("test.happened", alice, actor=Actor.member(alice)))
        return events

    return make


def sequence(tenant: Tenant) -> list[int]:
    with tenant_scope(tenant):
        return list(EventSeal.objects.values_list("seq", flat=True))


def faults(tenant: Tenant) -> list[int]:
    with tenant_scope(tenant):
        return [fault.seq for fault in verify_chain()]


def test_sequence_is_dense_and_whole(
    tenant: Tenant, happen: Happen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AUD-2.a: chained per tenant, one place each, over several batches and runs."""
    monkeypatch.setattr(services, "SEAL_BATCH", 4)
    monkeypatch.setattr(services.seal, "__kwdefaults__", {"limit": 4})
    events = happen(9)
    assert seal_all(tenant.pk) == 9
    happen(2)
    assert seal_all(tenant.pk) == 2
    assert seal_all(tenant.pk) == 0
    assert sequence(tenant) == list(range(1, 12))
    with tenant_scope(tenant):
        assert [row.event_id for row in EventSeal.objects.all()[:9]] == [e.pk for e in events]
        assert not PendingSeal.objects.exists()
    assert faults(tenant) == []
    call_command("verify_events")


def test_event_that_commits_late_gets_a_later_place(
    tenant: Tenant, alice: Membership, happen: Happen, clock: Clock
) -> None:
    """API-5: who follows the sequence misses nothing, whatever the time stamps say."""
    begun, go = threading.Event(), threading.Event()
    late: list[Event] = []

    def slow() -> None:
        with tenant_scope(tenant):
            late.append(record("test.happened", alice, actor=Actor.member(alice)))
            begun.set()
            go.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(10)
    clock.advance(seconds=1)
    (early,) = happen(1)
    assert seal_all(tenant.pk) == 1
    go.set()
    thread.join()
    assert seal_all(tenant.pk) == 1
    with tenant_scope(tenant):
        places = {row.event_id: row.seq for row in EventSeal.objects.all()}
    assert late[0].at < early.at
    assert places == {early.pk: 1, late[0].pk: 2}
    assert faults(tenant) == []


def test_sealers_at_once_leave_no_gap(tenant: Tenant, happen: Happen) -> None:
    """AUD-2.a: any number of sealers, while events keep coming."""
    happen(20)
    start = threading.Barrier(3, timeout=10)
    errors: list[Exception] = []

    def work() -> None:
        start.wait()
        try:
            for _ in range(5):
                with tenant_scope(tenant):
                    seal(limit=3)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    start.wait()
    happen(10)
    for thread in threads:
        thread.join()
    seal_all(tenant.pk)
    assert errors == []
    assert sequence(tenant) == list(range(1, 31))
    assert faults(tenant) == []


def test_tenants_have_sequences_of_their_own(
    tenant: Tenant, charlie: Membership, happen: Happen
) -> None:
    """TEN-1.a, AUD-2.a: one tenant's activity does not show in another's numbers."""
    happen(3)
    with tenant_scope(charlie.tenant):
        record("test.happened", charlie, actor=Actor.member(charlie))
    assert run_sweep("seal-events") == 0
    assert sequence(tenant) == [1, 2, 3]
    assert sequence(charlie.tenant) == [1]


def given(waiting: list[Event], **changes: Any) -> list[Any]:
    """Arguments of ``seal_events`` for the first places of an empty chain."""
    arguments = {
        "after": 0,
        "previous": "",
        "ids": [str(uuid7()) for _event in waiting],
        "events": [str(event.pk) for event in waiting],
        "digests": ["0" * 64 for _event in waiting],
    }
    return list({**arguments, **changes}.values())


def call_seal_events(tenant: Tenant, arguments: list[Any]) -> None:
    with tenant_scope(tenant), connection.cursor() as cursor:
        cursor.execute("SELECT lock_chain()")
        cursor.execute("SELECT seal_events(%s, %s, %s::uuid[], %s::uuid[], %s)", arguments)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"after": 1}, "the chain is at 0, not at 1"),
        ({"after": None}, "the chain is at 0"),
        ({"previous": "0" * 64}, "the chain is at 0"),
        ({"digests": ["0" * 63, "0" * 64]}, "an id, an event and a digest each"),
        ({"digests": [None, "0" * 64]}, "an id, an event and a digest each"),
        ({"digests": ["0" * 64]}, "an id, an event and a digest each"),
        ({"ids": []}, "an id, an event and a digest each"),
        ({"ids": [], "events": [], "digests": []}, "an id, an event and a digest each"),
    ],
)
def test_the_sealer_takes_nothing_but_the_next_places(
    tenant: Tenant, happen: Happen, changes: dict[str, Any], words: str
) -> None:
    """AUD-2.a: whatever the application hands over, the chain has no gap and no fork."""
    events = happen(2)
    with pytest.raises(DatabaseError, match=words):
        call_seal_events(tenant, given(events, **changes))
    assert sequence(tenant) == []
    assert seal_all(tenant.pk) == 2
    assert faults(tenant) == []


def test_the_sealer_seals_waiting_events_once(
    tenant: Tenant, charlie: Membership, happen: Happen
) -> None:
    """AUD-2.a, TEN-1.a: an event named twice, sealed before, or of another tenant is refused."""
    (event,) = happen(1)
    with tenant_scope(charlie.tenant):
        foreign = record("test.happened", charlie, actor=Actor.member(charlie))
    for events in ([event, event], [event, foreign], [foreign]):
        with pytest.raises(DatabaseError, match="events wait to be sealed"):
            call_seal_events(tenant, given(events))
    seal_all(tenant.pk)
    with tenant_scope(tenant):
        digest = EventSeal.objects.get().digest
    with pytest.raises(DatabaseError, match="0 of 1 events wait to be sealed"):
        call_seal_events(tenant, given([event], after=1, previous=digest))
    assert sequence(tenant) == [1]
    assert sequence(charlie.tenant) == []
