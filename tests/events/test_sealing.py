"""The sealed sequence (AUD-2, API-5)."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from advocacy.events import bus, services
from advocacy.events.models import Event, EventSeal, PendingSeal
from advocacy.events.selectors import verify_chain
from advocacy.events.services import record, seal, seal_all
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.sweeps import run_sweep
from tests.support.database import owner_connection
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


@contextmanager
def tampering(table: str) -> Iterator[Callable[..., None]]:
    """The owner's hand, past triggers and policies."""
    with owner_connection() as raw, raw.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor.execute
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


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


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events_event SET payload = '{{\"amount\": 5}}' WHERE id = '{id}'",
        "UPDATE events_event SET at = at - interval '1 day' WHERE id = '{id}'",
        "UPDATE events_event SET actor_kind = 'system' WHERE id = '{id}'",
        "UPDATE events_event SET verb = 'test.undone' WHERE id = '{id}'",
        "UPDATE events_event SET subject_id = gen_random_uuid() WHERE id = '{id}'",
    ],
)
def test_edited_event_is_found(tenant: Tenant, happen: Happen, statement: str) -> None:
    """AUD-2.a: verify_events finds any edited event, whatever was edited."""
    events = happen(3)
    seal_all(tenant.pk)
    with tampering("events_event") as execute:
        execute(statement.format(id=events[1].pk))
    assert faults(tenant) == [2]
    with pytest.raises(CommandError, match="1 fault"):
        call_command("verify_events", tenant=tenant.slug)


def test_missing_event_is_found(tenant: Tenant, happen: Happen) -> None:
    """AUD-2.a: verify_events finds a missing event, also with its seal gone."""
    events = happen(4)
    seal_all(tenant.pk)
    with tampering("events_eventseal") as execute:
        execute("DELETE FROM events_eventseal WHERE event_id = %s", [events[1].pk])
    assert 2 in faults(tenant)


def test_missing_last_event_is_found(tenant: Tenant, happen: Happen) -> None:
    """AUD-2.a: cutting off the end shows as well."""
    events = happen(3)
    seal_all(tenant.pk)
    with tampering("events_eventseal") as execute:
        execute("DELETE FROM events_eventseal WHERE event_id = %s", [events[2].pk])
    assert set(faults(tenant)) == {3}


def test_reordered_events_are_found(tenant: Tenant, happen: Happen) -> None:
    """AUD-2.a: verify_events finds two events that changed places."""
    events = happen(4)
    seal_all(tenant.pk)
    with tampering("events_eventseal") as execute:
        for event, seq in ((events[1], 99), (events[2], 2), (events[1], 3)):
            execute("UPDATE events_eventseal SET seq = %s WHERE event_id = %s", [seq, event.pk])
    assert set(faults(tenant)) >= {2, 3}


def test_event_kept_from_being_sealed_is_found(tenant: Tenant, happen: Happen) -> None:
    """AUD-2.a: an event taken off the sealer's list cannot stay outside the chain unseen."""
    happen(2)
    with tenant_scope(tenant):
        PendingSeal.objects.all()[0].delete()
    seal_all(tenant.pk)
    with tenant_scope(tenant):
        problems = [fault.problem for fault in verify_chain()]
    assert len(problems) == 1
    assert "never sealed" in problems[0]
