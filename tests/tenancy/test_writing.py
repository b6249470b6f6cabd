"""Every UPDATE and DELETE says its tenant, also those that Django writes on its own (TEN-3)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, models
from django.db.models.deletion import Collector
from django.test.utils import CaptureQueriesContext

from advocacy.tenancy.models import Holiday, Membership, Tenant
from advocates.models import Account, AccountTag
from tests.factories.advocates import AccountFactory, AccountTagFactory
from tests.factories.tenancy import HolidayFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@contextmanager
def in_tenant(scope: Tenant, verb: str, table: str) -> Iterator[None]:
    """What is written in here to a table says the tenant, once and outside any subselect."""
    with CaptureQueriesContext(connection) as captured:
        yield
    found = [query["sql"] for query in captured if query["sql"].startswith(f'{verb} "{table}"')]
    assert found
    for sql in found:
        assert sql.count(f'"{table}"."tenant_id" = \'{scope.pk}\'::uuid') == 1, sql


def test_deleting_one_row(scope: Tenant) -> None:
    """TEN-3.b: ``instance.delete()`` knows nothing but ids."""
    kept, gone = HolidayFactory(), HolidayFactory()
    with in_tenant(scope, "DELETE FROM", "tenancy_holiday"):
        gone.delete()
    assert list(Holiday.objects.all()) == [kept]


def test_deleting_several_rows_and_what_hangs_on_them(scope: Tenant) -> None:
    """TEN-3.b: what is collected is deleted by ids."""
    rows = [HolidayFactory(), HolidayFactory()]
    collector = Collector(using="default")
    collector.add(rows)
    with in_tenant(scope, "DELETE FROM", "tenancy_holiday"):
        collector.delete()
    assert not Holiday.objects.exists()


def test_deleting_by_another_table(scope: Tenant) -> None:
    """TEN-3.b: around a subselect, too."""
    gone, kept = AccountTagFactory(), AccountTagFactory()
    with in_tenant(scope, "DELETE FROM", AccountTag._meta.db_table):
        AccountTag.objects.filter(account__name=gone.account.name).delete()
    assert list(AccountTag.objects.all()) == [kept]


def test_changing_by_another_table(scope: Tenant) -> None:
    """TEN-3.b: an UPDATE around a subselect."""
    owner = MembershipFactory()
    changed, other = AccountFactory(owner=owner), AccountFactory()
    with in_tenant(scope, "UPDATE", Account._meta.db_table):
        Account.objects.filter(owner__user__email=owner.email).update(name="Renamed")
    assert changed.reload().name == "Renamed"
    assert other.reload().name != "Renamed"


def test_changing_by_a_choice_of_conditions(scope: Tenant) -> None:
    """TEN-3.b: the tenant holds for all of them, and a statement without conditions gets it."""
    days = [HolidayFactory(), HolidayFactory(), HolidayFactory()]
    either = models.Q(pk=days[0].pk) | models.Q(pk=days[1].pk)
    with in_tenant(scope, "UPDATE", "tenancy_holiday"):
        assert models.QuerySet(Holiday).filter(either).update(name="x") == 2
    with in_tenant(scope, "UPDATE", "tenancy_holiday"):
        assert models.QuerySet(Holiday).filter(~models.Q(pk__in=[])).update(name="y") == 3
    with in_tenant(scope, "DELETE FROM", "tenancy_holiday"):
        models.QuerySet(Holiday)._raw_delete("default")
    assert not Holiday.objects.exists()


def test_saving_says_it_once(scope: Tenant) -> None:
    """TEN-3.b: an instance that is saved, too; and nothing is said twice."""
    member = MembershipFactory()
    member.is_active = False
    with in_tenant(scope, "UPDATE", Membership._meta.db_table):
        member.save()
