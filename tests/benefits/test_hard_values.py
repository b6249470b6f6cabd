"""Points and what is promised under rough hands: wrong types, two presses, other people's ids
(BEN-7, BEN-9, BEN-10).
"""

from typing import Any
from uuid import uuid4

import pytest

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from benefits.grants.models import Grant
from benefits.points.models import PointEntry
from benefits.points.selectors import balance_of
from tests.factories.advocates import AdvocateFactory
from tests.factories.giving import BenefitFactory, PointEntryFactory, ShopItemFactory
from tests.support.points import points_on
from tests.support.program import Program
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db

_ODD: list[Any] = [None, 0, -1, 10**30, 1.5, "1e9", "NaN", True, [], {}, "x", "\x00", "\ud800", ""]


def test_points_take_no_wrong_number(program: Program, other_tenant: Tenant) -> None:
    """BEN-7.a, BEN-7.c, TEN-1, BAD-1: nothing below one, nothing that is no number, nobody else's
    people, rows or rewards; what is refused leaves the ledger as it was.
    """
    points_on()
    api, person = api_for(program.manager), str(program.advocate.pk)
    with tenant_scope(other_tenant):
        stranger, row = str(AdvocateFactory().pk), str(PointEntryFactory().pk)
        item_elsewhere, gift_elsewhere = str(ShopItemFactory().pk), str(BenefitFactory().pk)
    good = {"advocate": person, "points": 5, "reason": "Stood in"}
    for name in good:
        for value in (*_ODD, [5], {"a": 1}, stranger):
            answer = api.post("points/", {**good, name: value})
            fine = (
                name == "reason"
                and value not in (None, "", "\x00", "\ud800")
                and not isinstance(value, list | dict | bool)
            )
            assert answer.status_code in ((201,) if fine else (400, 422)), (name, value)
    given = balance_of(program.advocate).lifetime
    assert given == 5 * PointEntry.objects.filter(advocate=program.advocate).count()
    assert api.post(f"points/{row}/take-back/", {"reason": "No"}).status_code == 404
    mine = api.post("points/", good).json()["id"]
    for value in _ODD:
        answer = api.post(f"points/{mine}/take-back/", {"reason": value})
        assert answer.status_code in (200, 400, 409, 422), value
    program.advocate.account.gifts_allowed = True
    program.advocate.account.save()
    item = ShopItemFactory(points=5)
    assert api.post(f"shop-items/{item_elsewhere}/redeem/", {}).status_code == 404
    for name in ("advocate", "key"):
        # A whole number is a UUID to whoever reads one.
        odd = [value for value in _ODD if not isinstance(value, int) or name == "advocate"]
        for value in (*odd, stranger if name == "advocate" else "x"):
            said = {"advocate": person, "key": str(uuid4()), name: value}
            assert api.post(f"shop-items/{item.pk}/redeem/", said).status_code in (400, 422), value
    for value in _ODD[:-1]:
        for name in ("points", "is_on", "benefit"):
            answer = api.post("shop-items/", {"benefit": gift_elsewhere, "points": 3, name: value})
            assert answer.status_code in (400, 422), (name, value)
    assert not Grant.objects.exists()
    key = str(uuid4())
    answers = [
        api.post(f"shop-items/{item.pk}/redeem/", {"advocate": person, "key": key})
        for _press in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert (Grant.objects.count(), balance_of(program.advocate).redeemed) == (1, 5)


def test_odd_questions_about_value(program: Program, client_for: Any) -> None:
    """BEN-6.a, BEN-7.b, BEN-9.a, BEN-10.a, BAD-1: whatever an address asks, a page comes, or REST
    names what is wrong.
    """
    points_on()
    client, api = client_for(program.manager), api_for(program.manager)
    at = f"/t/{program.manager.tenant.slug}/"
    odd = ("page=-1", "page=" + "9" * 30, "sort=x", "q=%00", "advocate=x", "for=x", "due_on=x")
    odd += ("benefit=%00", "occasion=%00", "after=x", "segment=%00", "source=x", "which=%00")
    for room in ("points", "point-balances", "badges", "shop-items", "value-balances", "grants"):
        for query in odd:
            assert client.get(f"{at}{room}/?{query}").status_code < 500, (room, query)
            assert api.get(f"{room}/?{query}").status_code < 500, (room, query)
    for query in odd:
        assert client.get(f"{at}grants/new/?{query}").status_code < 500, query
        path = f"advocates/{program.advocate.pk}/suggested-benefits/?{query}"
        assert api.get(path).status_code < 500, query
    for query in ("quarter=x", "benefit=x", "quarter=%00", "benefit=%00", "x=1", "quarter="):
        assert api.get(f"grants/promises/?{query}").status_code in (200, 400), query
