"""Opening, nesting and leaving a scope."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from advocacy.tenancy.models import Holiday, Membership, Tenant
from advocacy.tenancy.scope import NoTenantScope, current_tenant_id, in_scope, tenant_scope
from tests.factories.tenancy import HolidayFactory, MembershipFactory, TenantsFactory


def setting() -> str:
    """What PostgreSQL has for the scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(current_setting('app.tenant_id', true), '')")
        value: str = cursor.fetchone()[0]
        return value


@pytest.fixture
def committed(transactional_db: None) -> Iterator[tuple[Tenant, Tenant]]:
    """Two tenants with one committed holiday each."""
    one, two = TenantsFactory(slug="one"), TenantsFactory(slug="two")
    for home in (one, two):
        with tenant_scope(home):
            HolidayFactory()
    yield one, two


def test_the_setting_ends_with_the_transaction(committed: tuple[Tenant, Tenant]) -> None:
    """TEN-1.b: the connection goes back to the pool without a tenant."""
    one, _two = committed
    with tenant_scope(one):
        assert setting() == str(one.pk)
        assert Holiday.objects.count() == 1
    assert setting() == ""
    assert not in_scope()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tenancy_holiday")
    with pytest.raises(NoTenantScope):
        current_tenant_id()


def test_scopes_nest(committed: tuple[Tenant, Tenant]) -> None:
    """TEN-4.a: the inner tenant's rows inside, the outer's again afterwards."""
    one, two = committed
    with tenant_scope(one):
        mine = Holiday.objects.get()
        with tenant_scope(two):
            assert setting() == str(two.pk)
            assert Holiday.objects.get() != mine
        assert setting() == str(one.pk)
        assert Holiday.objects.get() == mine
        with pytest.raises(ZeroDivisionError), tenant_scope(two):
            raise ZeroDivisionError
        assert setting() == str(one.pk)
        assert Holiday.objects.get() == mine


def test_a_failing_scope_undoes_its_writes(committed: tuple[Tenant, Tenant]) -> None:
    """BAD-1.a: nothing is half-saved."""
    one, _two = committed
    with pytest.raises(ZeroDivisionError), tenant_scope(one):
        HolidayFactory()
        raise ZeroDivisionError
    assert setting() == ""
    with tenant_scope(one):
        assert Holiday.objects.count() == 1


def test_a_scope_marked_for_rollback_ends_quietly(committed: tuple[Tenant, Tenant]) -> None:
    """TEN-1.a: ``needs_rollback`` (a status of 400, an earlier error) leaves nothing set."""
    one, two = committed
    with tenant_scope(one):
        HolidayFactory()
        with tenant_scope(two):
            HolidayFactory()
            transaction.set_rollback(True)
        assert setting() == str(one.pk)
        assert Holiday.objects.count() == 2
        transaction.set_rollback(True)
    assert setting() == ""
    for home in (one, two):
        with tenant_scope(home):
            assert Holiday.objects.count() == 1


def test_read_only_scopes_write_nothing(committed: tuple[Tenant, Tenant]) -> None:
    """ID-3.c: PostgreSQL itself refuses a write while a GET is answered."""
    one, _two = committed
    with tenant_scope(one, read_only=True):
        with pytest.raises(DatabaseError, match="read-only"), transaction.atomic():
            HolidayFactory()
        assert Holiday.objects.count() == 1
    with tenant_scope(one):
        HolidayFactory()
        with tenant_scope(one, read_only=True):
            assert Holiday.objects.count() == 2
        HolidayFactory()
    with tenant_scope(one):
        assert Holiday.objects.count() == 3


def test_querysets_may_be_built_without_a_scope(committed: tuple[Tenant, Tenant]) -> None:
    """TEN-1.b: building is free (forms do it at import), running needs the tenant of that
    moment.
    """
    one, two = committed
    with tenant_scope(one):
        mine = Holiday.objects.get()
    later = Holiday.objects.filter(name="Labour Day")
    with pytest.raises(NoTenantScope):
        later.count()
    with tenant_scope(one):
        assert later.all().get() == mine
    with tenant_scope(two):
        assert later.all().get() != mine


def test_joins_stay_in_the_tenant(committed: tuple[Tenant, Tenant]) -> None:
    """TEN-2.a: a join compares the tenants too."""
    from advocacy.events.models import EventSubject

    one, _two = committed
    with tenant_scope(one):
        sql = str(EventSubject.objects.filter(event__verb="x").query)
    assert '"events_event"."tenant_id" = ("events_eventsubject"."tenant_id")' in sql


def test_one_user_two_memberships(committed: tuple[Tenant, Tenant]) -> None:
    """ID-1.b: a membership joins a global user to a tenant; each tenant sees its own only."""
    one, two = committed
    with tenant_scope(one):
        member = MembershipFactory()
    with tenant_scope(two):
        MembershipFactory(user=member.user, role="sales")
        assert Membership.objects.get(user=member.user).role == "sales"


@pytest.mark.parametrize("wrong", ["acme", None, 5, "0" * 32])
def test_a_scope_needs_a_tenant(db: None, wrong: object) -> None:
    """TEN-4.a: a slug, a string or nothing is no tenant."""
    with pytest.raises((TypeError, AttributeError)), tenant_scope(wrong):  # type: ignore[arg-type]
        pass
