"""Qualified deals nothing has helped yet, by seller, each with what would fit (ADO-1.b)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from advocacy.tenancy.models import Membership, Tenant
from requests.models import Opportunity
from tests.factories.advocates import AccountFactory
from tests.factories.assets import ShelvedAssetFactory
from tests.factories.requests import OpportunityFactory, RequestFactory, TouchpointFactory
from tests.factories.shares import ShareFactory
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db

Members = Callable[..., Membership]
Clients = Callable[[Membership], Client]


def qualified(owner: Membership | None, **values: Any) -> Opportunity:
    """A qualified deal that is not over."""
    made: Opportunity = OpportunityFactory(stage="qualified", owner=owner, **values)
    return made


def names(member: Membership, query: str = "") -> list[str]:
    """The deals without support over REST."""
    found = api_for(member).get(f"opportunities/untouched/{query}").json()["results"]
    return [row["name"] for row in found]


def test_only_qualified_deals_that_nothing_touched(scope: Tenant, membership: Members) -> None:
    """ADO-1.b: a touchpoint of any kind takes a deal off; a piece shared and never opened does not,
    and no deal that is won, lost or not qualified is on it.
    """
    sam, kim = membership("sales"), membership("sales")
    qualified(sam, name="Alone")
    TouchpointFactory(opportunity=qualified(sam, name="Touched"))
    ShareFactory(opportunity=qualified(kim, name="Shared"))
    for stage in ("open", "won", "lost"):
        OpportunityFactory(stage=stage, owner=sam, name=stage)
    assert names(sam) == ["Alone", "Shared"]
    assert names(sam, f"?owner={kim.pk}") == ["Shared"]
    assert names(membership("marketing")) == ["Alone", "Shared"]
    assert api_for(membership("product")).get("opportunities/untouched/").status_code == 403


def test_what_would_fit(scope: Tenant, membership: Members) -> None:
    """ADO-1.b: the freshest piece of the library of the same industry, else of a company of that
    size; nothing else, and nothing that is not in the library.
    """
    sam = membership("sales")
    for industry, segment in (("Retail", "smb"), ("Energy", "enterprise")):
        ShelvedAssetFactory(
            title=f"How {segment} moved",
            advocate__account__industry=industry,
            advocate__account__segment=segment,
        )
    retail = ShelvedAssetFactory(
        title="Retail again", advocate__account__industry="Retail", advocate__account__segment="smb"
    )
    retail.state = "retired"
    type(retail).objects.filter(pk=retail.pk).update(state="retired")
    for name, industry, segment in (
        ("A", "Retail", "enterprise"),
        ("B", "Mining", "enterprise"),
        ("C", "Mining", "mid_market"),
        ("D", "", ""),
    ):
        account = AccountFactory(industry=industry, segment=segment, segment_is_set=True)
        deal = qualified(sam, name=name, account=account)
    RequestFactory(opportunity=deal, state="submitted")
    rows = api_for(sam).get("opportunities/untouched/").json()["results"]
    found = [(row["name"], row["fits_title"], row["fits_by"], row["is_asked"]) for row in rows]
    assert found == [
        ("A", "How smb moved", "industry", False),
        ("B", "How enterprise moved", "segment", False),
        ("C", None, "", False),
        ("D", None, "", True),
    ]


def test_nobody_is_offered_their_own_piece(scope: Tenant, membership: Members) -> None:
    """ADO-1.b: a customer's own piece does not help a deal with that customer; an industry is the
    same in capitals and without.
    """
    sam = membership("sales")
    own = ShelvedAssetFactory(
        title="Their own", advocate__account__industry="Retail", advocate__account__segment="smb"
    )
    qualified(sam, name="Again", account=own.advocate.account)
    qualified(sam, name="Other", account=AccountFactory(industry="RETAIL"))
    rows = api_for(sam).get("opportunities/untouched/").json()["results"]
    found = [(row["name"], row["fits_title"], row["fits_by"]) for row in rows]
    assert found == [("Again", None, ""), ("Other", "Their own", "industry")]


def test_a_prospect_of_no_account_is_known_by_its_request(
    scope: Tenant, membership: Members
) -> None:
    """ADO-1.b: most deals are with companies that are no customers yet; what the last request says
    of theirs stands in for it.
    """
    sam = membership("sales")
    ShelvedAssetFactory(
        title="How mills moved",
        advocate__account__industry="Paper",
        advocate__account__segment="smb",
    )
    for name, said in (("A", {"industry": "paper"}), ("B", {"segment": "smb"}), ("C", {})):
        deal = qualified(sam, name=name, account=None, prospect_name=name)
        RequestFactory(opportunity=deal, state="submitted", **{"industry": "", **said})
    qualified(sam, name="D", account=None, prospect_name="D")
    rows = api_for(sam).get("opportunities/untouched/").json()["results"]
    assert [(row["name"], row["fits_by"]) for row in rows] == [
        ("A", "industry"),
        ("B", "segment"),
        ("C", ""),
        ("D", ""),
    ]


def test_the_page_and_the_picture(
    scope: Tenant, membership: Members, client_for: Clients, tenant: Tenant
) -> None:
    """ADO-1.b: one page for all, by seller from the dashboard; what to do next stands beside each
    deal; an empty one says when something will turn up.
    """
    sam, kim = membership("sales"), membership("sales")
    page = f"/t/{tenant.slug}/opportunities/untouched/"
    assert "Every qualified deal has been touched" in client_for(sam).get(page).text
    deal = qualified(sam, name="Northern mills")
    qualified(kim, name="Southern mills")
    TouchpointFactory(opportunity=qualified(kim, name="Touched"))
    text = client_for(sam).get(page).text
    assert "2 qualified deals have no support yet" in text
    assert f"/requests/new/?opportunity={deal.pk}" in text
    narrowed = client_for(sam).get(f"{page}?owner={kim.pk}").text
    assert "Southern mills" in narrowed
    assert "Northern mills" not in narrowed
    board = client_for(sam).get(f"/t/{tenant.slug}/impact/?board=sales").text
    assert "Deals without support by seller" in board
    assert f"/opportunities/untouched/?owner={kim.pk}" in board
    assert "1 of 2" in board
    bars = {
        part["key"]: (part["total"], part["parts"]["of"])
        for each in api_for(sam).get("metrics/breakdowns/").json()
        if each["code"] == "untouched_by_seller"
        for part in each["parts"]
    }
    assert bars == {str(sam.pk): (1, 1), str(kim.pk): (1, 2)}


def test_deals_of_nobody(
    scope: Tenant, membership: Members, client_for: Clients, tenant: Tenant
) -> None:
    """ADO-1.b: the bar of deals without a seller leads to these alone."""
    sam = membership("sales")
    qualified(sam, name="Northern mills")
    qualified(None, name="Orphaned mills")
    board = client_for(sam).get(f"/t/{tenant.slug}/impact/?board=sales").text
    assert "/opportunities/untouched/?owner=nobody" in board
    page = client_for(sam).get(f"/t/{tenant.slug}/opportunities/untouched/?owner=nobody")
    assert page.status_code == 200
    assert "Orphaned mills" in page.text
    assert "Northern mills" not in page.text
    assert page.text.count("Nobody&#x27;s") >= 2, "chosen in the filter, and on its chip"
