"""What is asked for against who can be asked (MAT-5)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from advocacy.tenancy.models import Membership, Tenant
from advocates.models import Advocate
from requests.models import Request
from requests.supply.selectors import Market, supply_of
from tests.factories.advocates import AccountFactory, AdvocateFactory, catalogued
from tests.factories.requests import ReadyFactory, RequestFactory
from tests.requests.asking import Send
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db
BANKS = Market("Banking", "enterprise", "emea")
THERE = {"industry": "Banking", "segment": "enterprise", "region": "emea"}


def history(clock: Clock, count: int, **about: object) -> None:
    """Requests of the past half year, all over."""
    for n in range(count):
        RequestFactory.create(
            activity_type=catalogued("reference_call"),
            state="closed",
            submitted_at=clock.now - timedelta(days=181 - n),
            **about,
        )


def test_open_and_expected_against_who_can_be_asked(
    make_request: Callable[..., Request], send: Send, clock: Clock
) -> None:
    """MAT-5.a: open places, those to be expected from the tenant's own last year, and who can be
    asked now by the same rules as in a ranking; with too little history nothing is expected.
    """
    banker = ReadyFactory(**{f"account__{name}": value for name, value in THERE.items()})
    ReadyFactory(account__industry="Retail", account__segment="smb", account__region="emea")
    make_request(**THERE, needed_count=3)
    anywhere = make_request(industry="banking ")
    kind = catalogued("reference_call")

    found = supply_of(kind)
    assert not found.foretells
    (first, second) = found.balances
    assert (first.market, first.open, first.expected, first.available) == (BANKS, 3, None, 1)
    assert first.gap == 2
    # What was not said is any, and a word is the same word however it is written.
    assert second.market == Market("Banking", "", "") and second.available == 1

    send(anywhere, banker)
    history(clock, 9, **THERE)
    found = supply_of(kind)
    assert (found.foretells, found.requests, found.over_days) == (True, 11, 181)
    first = found.balances[0]
    # 9 of before and 3 of today in 181 days make as many in the next 180.
    assert (first.market, first.asked, first.expected) == (BANKS, 12, 12)
    assert (first.available, first.gap) == (0, 15)
    Request.objects.filter(state="closed").update(state="cancelled")
    assert not supply_of(kind).foretells


def test_a_gap_leads_to_the_best_candidates_there(
    make_request: Callable[..., Request],
    client_for: Callable[[Membership], Client],
    membership: Callable[..., Membership],
    alice: Membership,
    bob: Membership,
    tenant: Tenant,
) -> None:
    """MAT-5.a, MAT-5.b: from the map and the list of gaps to who might join, the best first; for
    the program and marketing, in the browser and over REST.
    """
    account = AccountFactory.create(**THERE)
    AdvocateFactory.create(account=account, last_name="Fitting", status="candidate")
    elsewhere = AccountFactory.create()
    AdvocateFactory.create(account=elsewhere, last_name="Elsewhere", status="candidate")
    make_request(**THERE, needed_count=2)
    address = f"/t/{tenant.slug}/requests/supply/?activity_type=reference_call"
    marketing = client_for(membership("marketing"))
    page = marketing.get(address)
    text = page.content.decode()
    assert "2 of 2" in text and "2 places open; 0 people can be asked." in text
    assert "it takes 10 over two months before we say what to expect" in text
    (gap,) = page.context["gaps"]
    assert f'href="{gap["url"].replace("&", "&amp;")}"' in text
    people = marketing.get(gap["url"]).content.decode()
    assert "Fitting" in people and "Elsewhere" not in people

    market = api_for(alice).get("requests/supply/").json()["markets"][0]
    assert {name: market[name] for name in THERE} == THERE
    assert (market["open"], market["gap"], market["candidates"]) == (2, 2, 1)
    assert client_for(bob).get(address).status_code == 403
    assert api_for(bob).get("requests/supply/").status_code == 403
    assert Advocate.objects.filter(status="active").count() == 0
