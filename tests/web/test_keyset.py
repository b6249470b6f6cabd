"""Pages by the values at their edge (UI-1)."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict

from advocacy import clock
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.web.keyset import Keyset
from advocates.models import Account, Advocate
from advocates.people.selectors import listed_advocates
from advocates.people.tables import AdvocateTable
from tests.factories.advocates import AccountFactory, AdvocateFactory
from tests.factories.tenancy import MembershipFactory

pytestmark = pytest.mark.django_db
SIZE = 4


def pages(keys: Keyset, way: str = "after") -> list[list[Any]]:
    """Every page from the first on, or from the last back."""
    asked = QueryDict(mutable=True)
    found = [keys.page(asked, SIZE)]
    while cursor := found[-1].after:
        asked["after"] = cursor
        found.append(keys.page(asked, SIZE))
    if way == "after":
        starts = [page.start for page in found]
        assert starts == [1 + SIZE * number for number in range(len(found))]
        return [page.pks for page in found]
    back = [found[-1]]
    while cursor := back[-1].before:
        back.append(keys.page(QueryDict(mutable=True) | {"before": cursor}, SIZE))
    assert [page.start for page in back] == [page.start for page in reversed(found)]
    return [page.pks for page in reversed(back)]


@pytest.fixture
def people(tenant: Tenant) -> list[Advocate]:
    """Fourteen, with ties and gaps in everything."""
    now = clock.now()
    with tenant_scope(tenant):
        owners = [MembershipFactory(role="csm"), None]
        accounts = [AccountFactory(owner=owner, employees=at) for at, owner in enumerate(owners)]
        return [
            AdvocateFactory(
                account=accounts[number % 2],
                last_name=["Aoki", "Lima", "Zhou"][number % 3],
                first_name="Ana" if number % 2 else "",
                last_asked_at=None if number % 4 == 0 else now - timedelta(days=number % 3),
            )
            for number in range(14)
        ]


SORTS = [
    sign + column.name for column in AdvocateTable.columns if column.sort for sign in ("", "-")
]


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_turns_its_pages_exactly(
    sort: str, tenant: Tenant, people: list[Advocate], rf: Any
) -> None:
    """UI-1.c: forward and back, every row once, in the order of the whole."""
    with tenant_scope(tenant):
        rows = listed_advocates()
        table = AdvocateTable(params=QueryDict(f"sort={sort}"), request=rf.get("/"))
        keys = Keyset(rows, table.order(rows))
        order = [term.order(backwards=False) for term in keys.terms]
        whole = [row.pk for row in rows.order_by(*order)]
        forward = pages(keys)
        assert [pk for page in forward for pk in page] == whole
        assert len(whole) == len(people)
        assert pages(keys, "before") == forward


@pytest.mark.parametrize("sort", ["last_asked", "-last_asked", "owner", "-owner"])
def test_what_has_no_value_comes_last(
    sort: str, tenant: Tenant, people: list[Advocate], rf: Any
) -> None:
    """UI-1.c: whichever way a list is sorted, through a relation too."""
    with tenant_scope(tenant):
        rows = listed_advocates()
        table = AdvocateTable(params=QueryDict(f"sort={sort}"), request=rf.get("/"))
        found = [pk for page in pages(Keyset(rows, table.order(rows))) for pk in page]
        read = {row.pk: row for row in rows}
        empty = [
            (read[pk].last_asked_at if "asked" in sort else read[pk].account.owner_id) is None
            for pk in found
        ]
    assert empty == sorted(empty)
    assert True in empty
    assert False in empty


def test_rows_that_come_and_go_shift_nothing(tenant: Tenant, people: list[Advocate]) -> None:
    """UI-1.c: what was added or taken away before a page leaves the page as it is."""
    with tenant_scope(tenant):
        keys = Keyset(Advocate.objects.all(), ["last_name"])
        first = keys.page(QueryDict(), SIZE)
        second = keys.page(QueryDict(f"after={first.after}"), SIZE)
        Advocate.objects.filter(pk__in=first.pks).delete()
        AdvocateFactory(account=people[0].account, last_name="Aaa")
        again = keys.page(QueryDict(f"after={first.after}"), SIZE)
        assert again.pks == second.pks
        back = keys.page(QueryDict(f"before={again.before}"), SIZE)
        assert (back.start, back.before) == (1, "")


@pytest.mark.parametrize("value", ["Infinity", "NaN", '{"a": 1}', "[1]", "1e400"])
def test_a_place_no_row_can_have(value: str, tenant: Tenant, people: list[Advocate]) -> None:
    """BAD-1.c: a cursor made up by hand opens the first page."""
    with tenant_scope(tenant):
        keys = Keyset(Account.objects.all(), ["employees"])
        text = f'["{keys.mark}", 2, {value}, "{people[0].account_id}"]'
        cursor = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
        assert keys.page(QueryDict(f"after={cursor}"), SIZE).start == 1
