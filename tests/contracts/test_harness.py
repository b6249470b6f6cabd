"""The harness itself: whose connection, which clock, whose rows."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from advocacy import clock as product_clock
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import NoTenantScope, tenant_scope
from tests.factories.tenancy import HolidayFactory, MembershipFactory
from tests.support.database import fingerprint
from tests.support.time import START, Clock


def sql_clock() -> datetime:
    """What SQL takes for the present."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock()")
        moment: datetime = cursor.fetchone()[0]
        return moment


def test_python_and_sql_share_the_clock(db: None, clock: Clock) -> None:
    """Both move together, also past a rolled-back savepoint."""
    assert sql_clock() == product_clock.now() == START
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        clock.advance(days=3)
        assert sql_clock() == START + timedelta(days=3)
        raise ZeroDivisionError
    assert sql_clock() == product_clock.now() == START + timedelta(days=3)
    clock.restore()
    assert abs(sql_clock() - product_clock.now()) < timedelta(minutes=1)
    assert abs(sql_clock() - START) > timedelta(days=1)


def test_threads_share_the_clock(transactional_db: None, clock: Clock) -> None:
    """A thread's own connection sees the moved clock."""
    clock.set(START + timedelta(hours=5))
    seen: list[datetime] = []

    def look() -> None:
        try:
            seen.append(sql_clock())
        finally:
            connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [START + timedelta(hours=5)]


@pytest.mark.parametrize("turn", [1, 2])
def test_transactional_tests_start_empty(transactional_db: None, turn: int) -> None:
    """Committed rows of the test before are gone, append-only ones too."""
    assert not Tenant.objects.exists()
    tenant = Tenant.objects.create(name="Acme", slug="acme")
    with tenant_scope(tenant):
        MembershipFactory()


def test_a_fingerprint_sees_what_is_written_and_what_is_undone(
    tenant: Tenant, alice: Membership
) -> None:
    """Though it reads only what was written to since it looked before."""
    before = fingerprint(tenant)
    with transaction.atomic():
        with tenant_scope(tenant):
            HolidayFactory()
        within = fingerprint(tenant)
        assert {table for table, rows in within.items() if rows != before[table]} == {
            "tenancy_holiday"
        }
        with transaction.atomic():
            with tenant_scope(tenant):
                Membership.objects.filter(pk=alice.pk).update(role=Role.ADMIN)
            assert fingerprint(tenant) != within
            transaction.set_rollback(True)
        assert fingerprint(tenant) == within
        transaction.set_rollback(True)
    assert fingerprint(tenant) == before


def test_factories_stay_in_the_scope(
    alice: Membership, charlie: Membership, tenant: Tenant
) -> None:
    """A factory needs a scope, and gives its rows the scope's tenant."""
    with pytest.raises(NoTenantScope):
        HolidayFactory()
    with tenant_scope(tenant):
        assert HolidayFactory().tenant_id == tenant.pk
        assert list(Membership.objects.all()) == [alice]


def test_the_cast(alice: Membership, bob: Membership, charlie: Membership) -> None:
    """Alice and Bob share a tenant; Charlie does not."""
    assert alice.tenant_id == bob.tenant_id != charlie.tenant_id
    assert (alice.role, bob.role, charlie.role) == (
        Role.PROGRAM_MANAGER,
        Role.SALES,
        Role.PROGRAM_MANAGER,
    )
