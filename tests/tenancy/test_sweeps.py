"""Sweeps and schedules (BAD-2, TEN-4)."""

import logging
import os
import signal
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django.fixtures import Settings

from advocacy.tenancy import sweeps, wakeups
from advocacy.tenancy.models import Holiday, ScheduleFiring, Tenant
from advocacy.tenancy.scope import current_tenant_id, in_scope, tenant_scope
from tests.factories.tenancy import HolidayFactory
from tests.support.redis import OwnRedis, own_redis
from tests.support.time import Clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the test's own sweeps."""
    monkeypatch.setattr(sweeps, "_sweeps", {})


def all_tenants() -> list[uuid.UUID]:
    return list(Tenant.objects.values_list("pk", flat=True))


def add(name: str, handler: object, *, own_transactions: bool = False) -> None:
    sweeps._add(sweeps.Sweep(name, all_tenants, handler, 10, "test", own_transactions))  # type: ignore[arg-type]


def test_handler_runs_inside_each_tenant(tenant: Tenant, other_tenant: Tenant) -> None:
    """TEN-4.a: background work sets its tenant explicitly."""
    seen = []
    add("probe", lambda tenant_id: seen.append((tenant_id, current_tenant_id())))
    assert sweeps.run_sweep("probe") == 0
    assert {a for a, b in seen if a == b} == {tenant.pk, other_tenant.pk}
    sweeps.run_sweep("probe", tenant.pk)
    assert len(seen) == 3
    assert not in_scope()


def test_handler_with_its_own_transactions_runs_outside_any(tenant: Tenant) -> None:
    """BAD-2: work that talks to the outside holds no transaction."""
    seen = []
    add(
        "probe",
        lambda _tenant: seen.append((in_scope(), transaction.get_connection().in_atomic_block)),
        own_transactions=True,
    )
    sweeps.run_sweep("probe")
    assert seen == [(False, False)]


def test_failing_tenant_stops_no_other_and_keeps_nothing(
    tenant: Tenant, other_tenant: Tenant, caplog: pytest.LogCaptureFixture
) -> None:
    """BAD-2.a: one tenant's trouble is its own, and is logged."""

    def handler(tenant_id: uuid.UUID) -> None:
        HolidayFactory()
        if tenant_id == tenant.pk:
            raise ValueError("broken")

    add("probe", handler)
    with caplog.at_level(logging.ERROR):
        assert sweeps.run_sweep("probe") == 1
    assert str(tenant.pk) in caplog.text
    for each, count in ((tenant, 0), (other_tenant, 1)):
        with tenant_scope(each):
            assert Holiday.objects.count() == count
    with pytest.raises(CommandError):
        call_command("sweep", once=True)


def test_unknown_sweep_and_a_name_taken_twice_are_refused() -> None:
    """BAD-2: a message for a sweep that is no more does not pass for work done."""
    with pytest.raises(LookupError):
        sweeps.run_sweep("nothing")
    add("probe", print)
    with pytest.raises(ValueError, match="already"):
        add("probe", print)


def test_schedule_fires_once_a_day_in_the_tenants_own_time(clock: Clock) -> None:
    """BAD-2.a: at the hour, once, whoever asks and however often."""
    fired: list[uuid.UUID] = []
    sweeps.register_schedule("nightly", fired.append, hour=6, why="test")
    berlin, jakarta = (
        Tenant.objects.create(name=zone, slug=zone[-6:].lower(), time_zone=zone)
        for zone in ("Europe/Berlin", "Asia/Jakarta")
    )
    sweeps.run_sweep("nightly")  # the latest six o'clock of each
    fired.clear()

    clock.set(datetime(2026, 3, 3, 22, 59, tzinfo=UTC))  # 05:59 in Jakarta on the 4th
    sweeps.run_sweep("nightly")
    fired.clear()
    clock.advance(minutes=1)
    for _ in range(2):
        sweeps.run_sweep("nightly")
    assert fired == [jakarta.pk]
    clock.set(datetime(2026, 3, 4, 4, 59, tzinfo=UTC))  # 05:59 in Berlin
    sweeps.run_sweep("nightly")
    clock.advance(minutes=1)
    sweeps.run_sweep("nightly")
    assert fired == [jakarta.pk, berlin.pk]


def test_missed_days_run_once_and_late(tenant: Tenant, clock: Clock) -> None:
    """BAD-2.a: after three days without a worker, one run."""
    fired: list[uuid.UUID] = []
    sweeps.register_schedule("nightly", fired.append, hour=2, why="test")
    clock.set(datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
    sweeps.run_sweep("nightly")
    clock.set(datetime(2026, 3, 6, 0, 30, tzinfo=UTC))  # 01:30 in Berlin: before the hour
    sweeps.run_sweep("nightly")
    sweeps.run_sweep("nightly")
    assert fired == [tenant.pk] * 2
    with tenant_scope(tenant):
        days = set(ScheduleFiring.objects.values_list("day", flat=True))
    assert days == {date(2026, 3, 2), date(2026, 3, 5)}


@pytest.mark.parametrize("month", [3, 10])
def test_schedule_fires_once_on_the_days_the_clocks_change(
    tenant: Tenant, clock: Clock, month: int
) -> None:
    """BAD-3: neither twice in autumn nor never in spring."""
    fired: list[uuid.UUID] = []
    sweeps.register_schedule("nightly", fired.append, hour=2, why="test")
    day = 29 if month == 3 else 25
    clock.set(datetime(2026, month, day - 1, 12, 0, tzinfo=UTC))
    sweeps.run_sweep("nightly")
    fired.clear()
    for _ in range(48):
        clock.advance(minutes=30)
        sweeps.run_sweep("nightly")
    assert fired == [tenant.pk]


def test_failed_run_is_tried_again(tenant: Tenant) -> None:
    """BAD-2.a: a run that failed did not take place."""
    outcomes = iter([ValueError("broken"), None])
    runs = []

    def handler(_tenant: uuid.UUID) -> None:
        if error := next(outcomes):
            raise error
        runs.append(1)

    sweeps.register_schedule("nightly", handler, hour=0, why="test")
    assert sweeps.run_sweep("nightly") == 1
    assert sweeps.run_sweep("nightly") == 0
    assert sweeps.run_sweep("nightly") == 0
    assert runs == [1]


@pytest.fixture
def broker(settings: Settings) -> Iterator[OwnRedis]:
    """A broker that the test may stop."""
    wakeups._rest_until = 0
    with own_redis() as server:
        settings.CELERY_BROKER_URL = server.broker_url
        yield server
    wakeups._rest_until = 0


@pytest.mark.parametrize("trouble", [signal.SIGKILL, signal.SIGSTOP])
def test_request_commits_quickly_without_the_broker(
    tenant: Tenant,
    broker: OwnRedis,
    trouble: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """BAD-2.a: Redis down or hanging neither fails nor slows what a person does."""
    os.kill(broker.process.pid, trouble)
    if trouble == signal.SIGKILL:
        broker.process.wait()
    begun = time.monotonic()
    for _ in range(3):
        with tenant_scope(tenant):
            HolidayFactory()
            wakeups.wake("send-mail", tenant.pk)
    assert time.monotonic() - begun < 3
    with tenant_scope(tenant):
        assert Holiday.objects.count() == 3
    assert caplog.text.count("no wake-up for send-mail") == 1, "the broker was not left alone"


def test_wake_up_is_sent_once_per_transaction_and_only_after_it(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """BAD-2.a: nobody is woken for work that is not there yet."""
    sent: list[str] = []
    monkeypatch.setattr(wakeups, "_send", lambda sweep, _tenant: sent.append(sweep))
    with tenant_scope(tenant):
        for name in ("send-mail", "send-mail", "seal-events"):
            wakeups.wake(name, tenant.pk)
        assert sent == []
    assert sent == ["send-mail", "seal-events"]
    with pytest.raises(ValueError, match="undone"), tenant_scope(tenant):
        wakeups.wake("send-mail", tenant.pk)
        raise ValueError("undone")
    assert len(sent) == 2


def test_a_sweep_of_no_tenant(tenant: Tenant, other_tenant: Tenant) -> None:
    """TEN-4.a: work that belongs to no tenant runs once a round, outside any scope."""
    scopes: list[bool] = []
    sweeps.register_global_sweep("global", lambda: scopes.append(in_scope()), why="test")
    assert sweeps.run_sweep("global") == 0
    assert sweeps.run_sweep("global", sweeps.NOWHERE) == 0
    assert scopes == [False, False]
    assert sweeps.beat_schedule()["sweep global"]["args"] == ["global"]
