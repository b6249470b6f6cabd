"""Pages about accounts, as a browser sees them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Account
from tests.factories.advocates import (
    AccountFactory,
    AccountHoldFactory,
    AdvocateFactory,
    RevenueEventFactory,
)
from tests.factories.requests import OpportunityFactory
from tests.support.rest import api_for

ClientFor = Callable[[Membership | None], Client]
HTMX = {"HX-Request": "true", "HX-Target": "div#list"}


@pytest.fixture
def world(tenant: Tenant) -> dict[str, Account]:
    """Three accounts that differ in everything one can filter by."""
    with tenant_scope(tenant):
        held = AccountFactory(name="Quantum Textiles", industry="Retail", health=90)
        AccountHoldFactory(account=held)
        AdvocateFactory(account=held)
        return {
            "held": held,
            "weak": AccountFactory(
                name="Kanfase", industry="Finance", health=45, segment="smb", region="emea"
            ),
            "new": AccountFactory(
                name="Isdom", industry="", health=None, lifecycle="prospect", domain="isdom.example"
            ),
        }


def names(client: Client, query: str) -> set[str]:
    page = client.get(f"/t/acme/accounts/?{query}", headers=HTMX).content.decode()
    return {name for name in ("Quantum Textiles", "Kanfase", "Isdom") if name in page}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Quantum Textiles", "Kanfase", "Isdom"}),
        ("q=isdom.exam", {"Isdom"}),
        ("lifecycle=prospect", {"Isdom"}),
        ("industry=Finance", {"Kanfase"}),
        ("segment=smb", {"Kanfase"}),
        ("region=emea", {"Kanfase"}),
        ("health=hold", {"Kanfase"}),
        ("health=good", {"Quantum Textiles"}),
        ("health=unknown", {"Isdom"}),
        ("advocates=enrolled", {"Quantum Textiles"}),
        ("advocates=none", {"Kanfase", "Isdom"}),
        ("held=yes", {"Quantum Textiles"}),
        ("held=no", {"Kanfase", "Isdom"}),
        ("owner=nobody", {"Quantum Textiles", "Kanfase", "Isdom"}),
        ("owner=not-an-owner", {"Quantum Textiles", "Kanfase", "Isdom"}),
    ],
)
def test_filters(
    world: dict[str, Account], alice: Membership, client_for: ClientFor, query: str, found: set[str]
) -> None:
    """UI-1: a list is its address; a filter that makes no sense is ignored."""
    assert names(client_for(alice), query) == found


def test_empty_list_leads_to_the_import(alice: Membership, client_for: ClientFor) -> None:
    """UI-1: an empty state says what to do next."""
    page = client_for(alice).get("/t/acme/accounts/").content.decode()
    assert "No accounts yet" in page
    assert "/t/acme/settings/import/" in page


def test_export_is_for_the_program(
    world: Any, alice: Membership, membership: Any, client_for: ClientFor
) -> None:
    """ID-2.a, REP-1: who runs the program takes the list away; others look at it."""
    answer = client_for(alice).get("/t/acme/accounts/?export=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "Kanfase" in answer.content.decode()
    answer = client_for(membership("marketing")).get("/t/acme/accounts/?export=csv")
    assert answer["Content-Type"].startswith("text/html")


def test_account_in_sentences(
    world: dict[str, Account], tenant: Tenant, alice: Membership, client_for: ClientFor
) -> None:
    """ACC-1, ACC-2: facts, hold, people, deals, contract and what happened on one page."""
    held = world["held"]
    with tenant_scope(tenant):
        OpportunityFactory(account=held, name="Renewal of the looms")
        RevenueEventFactory(account=held, kind="expansion")
    page = client_for(alice).get(f"/t/acme/accounts/{held.pk}/").content.decode()
    for words in ("is on hold", "Renewal of the looms", "Expansion", "Employees may speak for us."):
        assert words in page
    assert "Lift the hold" in page


def test_add_change_hold_lift(tenant: Tenant, alice: Membership, client_for: ClientFor) -> None:
    """ACC-1.a, ACC-2.a: an account's life through its forms."""
    client = client_for(alice)
    form = {"name": "Silis Care", "lifecycle": "customer", "employees": "1200", "country": "CH"}
    answer = client.post("/t/acme/accounts/new/", form)
    assert answer.status_code == 302
    with tenant_scope(tenant):
        account = Account.objects.get()
        assert (account.segment, account.region) == ("enterprise", "emea")
    here = f"/t/acme/accounts/{account.pk}/"
    changed = {**form, "employees": "50", "products": "Billing, Planner"}
    assert client.post(f"{here}edit/", changed).status_code == 302
    assert client.post(f"{here}hold/", {"reason": "Merger"}).status_code == 302
    again = client.post(f"{here}hold/", {"reason": "Merger"})
    assert again.status_code == 409
    assert client.post(f"{here}hold/lift/").status_code == 302
    assert client.post(f"{here}hold/lift/").status_code == 409
    with tenant_scope(tenant):
        account = Account.objects.get()
        assert account.segment == "smb"
        assert account.account_tags.count() == 2


def test_form_keeps_what_was_typed(alice: Membership, client_for: ClientFor) -> None:
    """BAD-1.a, BAD-1.b: the error stands at its field, and what was typed is still there."""
    form = {"name": "Silis Care", "lifecycle": "customer", "health": "200", "annual_value": "10"}
    answer = client_for(alice).post("/t/acme/accounts/new/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="200"' in page
    assert 'value="Silis Care"' in page
    assert "100" in page
    assert "An amount needs its currency" in page


@pytest.mark.parametrize("path", ["accounts/", "accounts/new/", "advocates/", "tiers/"])
def test_sales_sees_none_of_it(bob: Membership, client_for: ClientFor, path: str) -> None:
    """VIS-1: notes, health and scores are not for sales: the pages are closed to them."""
    assert client_for(bob).get(f"/t/acme/{path}").status_code == 403


def test_sales_sees_no_account(
    world: dict[str, Account], bob: Membership, client_for: ClientFor
) -> None:
    """VIS-1."""
    here = f"/t/acme/accounts/{world['held'].pk}/"
    assert client_for(bob).get(here).status_code == 403
    assert client_for(bob).post(f"{here}hold/", {"reason": "x"}).status_code == 403


def test_colleagues_account_is_closed_to_a_csm(
    tenant: Tenant, membership: Any, client_for: ClientFor
) -> None:
    """ID-2.a: a CSM reads every account and changes own ones."""
    tom, lena = membership("csm"), membership("csm")
    with tenant_scope(tenant):
        account = AccountFactory(owner=tom)
    here = f"/t/acme/accounts/{account.pk}/"
    assert client_for(lena).get(here).status_code == 200
    assert "edit/" not in client_for(lena).get(here).content.decode()
    assert client_for(lena).get(f"{here}edit/").status_code == 403
    assert client_for(tom).get(f"{here}edit/").status_code == 200


#: Every field of the form of a company, with a value that no default gives.
EVERY_FIELD = {
    "name": "Silis Care",
    "lifecycle": "customer",
    "domain": "silis.example",
    "industry": "Healthcare",
    "employees": "1200",
    "segment": "smb",
    "country": "CH",
    "region": "na",
    "city": "Bern",
    "state": "BE",
    "language": "de",
    "customer_since": "2024-05-01",
    "renewal_on": "2026-12-31",
    "annual_value": "1250.50",
    "currency": "CHF",
    "health": "77",
    "health_on": "2026-01-02",
    "adoption": "66",
    "adoption_on": "2026-01-03",
    "nps": "9",
    "nps_on": "2026-01-04",
    "advocacy_allowed": "yes",
    "public_mention_allowed": "no",
    "speaking_needs_approval": "yes",
    "gifts_allowed": "yes",
    "gift_maximum": "50.00",
    "policy_notes": "Ask their press office",
    "disclosure": "never",
    "notes": "Likes short mails",
}


def test_everything_known_of_a_company_is_entered_and_kept(
    tenant: Tenant, alice: Membership, membership: Any, client_for: ClientFor
) -> None:
    """ACC-1.a, ACC-1.d, ACC-1.e: every field of the form; what nobody knows stays unknown."""
    form = {
        **EVERY_FIELD,
        "owner": str(membership("csm").pk),
        "products": "Billing, Planner",
        "use_cases": "Rostering",
    }
    client = client_for(alice)
    shown = client.get("/t/acme/accounts/new/").content.decode()
    assert set(re.findall(r'name="(\w+)"', shown)) - {"csrfmiddlewaretoken"} >= form.keys()
    assert client.post("/t/acme/accounts/new/", form).status_code == 302
    with tenant_scope(tenant):
        account = Account.objects.get()
        words = {None: "", True: "yes", False: "no"}
        kept = {name: getattr(account, name) for name in EVERY_FIELD}
        kept = {name: words.get(kept[name], str(kept[name])) for name in kept}
        assert kept == EVERY_FIELD
        assert str(account.owner_id) == form["owner"]
        assert set(account.account_tags.values_list("tag__kind", "tag__name")) == {
            ("product", "Billing"),
            ("product", "Planner"),
            ("use_case", "Rostering"),
        }
    unknown = {"name": "Isdom", "lifecycle": "customer", "gifts_allowed": ""}
    assert client.post("/t/acme/accounts/new/", unknown).status_code == 302
    with tenant_scope(tenant):
        other = Account.objects.get(name="Isdom")
        assert (other.gifts_allowed, other.advocacy_allowed, other.health) == (None, None, None)
    page = client.get(f"/t/acme/accounts/{other.pk}/").content.decode()
    assert "confirm" in page


def test_ids_in_other_systems_are_entered_by_hand(
    tenant: Tenant, alice: Membership, client_for: ClientFor
) -> None:
    """ACC-1.c: in the browser and over REST; one id stands for one account, and can be removed."""
    with tenant_scope(tenant):
        isdom, other = AccountFactory(name="Isdom"), AccountFactory(name="Kanfase")
    page, api = client_for(alice), api_for(alice)
    here = f"/t/acme/accounts/{isdom.pk}/"
    typed = {"source": "salesforce", "external_id": "001-A"}
    assert page.post(f"{here}ids/new/", typed).status_code == 302
    shown = page.get(here).content.decode()
    assert "001-A" in shown
    assert api.get("accounts/by-external-id/salesforce/001-A/").json()["id"] == str(isdom.pk)
    for wrong, status, field in (
        ({"external_id": ""}, 422, "external_id"),
        ({"source": "x" * 51}, 422, "source"),
        ({}, 409, "external_id"),
    ):
        answer = page.post(f"/t/acme/accounts/{other.pk}/ids/new/", typed | wrong)
        assert answer.status_code == status
        refused = api.post(f"accounts/{other.pk}/add-identifier/", typed | wrong)
        assert refused.status_code == status, refused.content
        assert field in refused.json()["errors"]
    second = {"source": "hubspot", "external_id": "9"}
    added = api.post(f"accounts/{isdom.pk}/add-identifier/", second).json()
    assert second in added["identifiers"]
    removed = api.post(f"accounts/{isdom.pk}/remove-identifier/", second)
    assert removed.json()["identifiers"] == [typed]
    assert api.post(f"accounts/{isdom.pk}/remove-identifier/", second).status_code == 422
    (address,) = re.findall(rf'action="({here}ids/[^"]+/remove/)"', shown)
    assert page.post(address).status_code == 302
    assert page.post(address).status_code == 404
    assert api.get(f"accounts/{isdom.pk}/").json()["identifiers"] == []


def test_renewals_are_recorded_in_the_browser_and_over_rest(
    tenant: Tenant, alice: Membership, client_for: ClientFor
) -> None:
    """ACC-1.f: dated, with amount; what is wrong is named."""
    with tenant_scope(tenant):
        isdom = AccountFactory(name="Isdom")
    page, api = client_for(alice), api_for(alice)
    first = {"kind": "renewal", "on": "2026-01-31", "amount": "50000.00", "currency": "EUR"}
    assert page.post(f"/t/acme/accounts/{isdom.pk}/contract/new/", first).status_code == 302
    second = {"kind": "expansion", "on": "2026-02-28", "amount": "9000.00", "currency": "EUR"}
    made = api.post(f"accounts/{isdom.pk}/revenue/", second)
    assert made.status_code == 201, made.content
    told = api.get(f"accounts/{isdom.pk}/revenue/").json()
    assert [{k: v for k, v in row.items() if k != "id"} for row in told] == [second, first]
    shown = page.get(f"/t/acme/accounts/{isdom.pk}/").content.decode()
    assert "Renewal" in shown and "Expansion" in shown
    for wrong in ({"kind": "party"}, {"on": "soon"}, {"amount": "much"}, {"currency": "Euro"}):
        refused = api.post(f"accounts/{isdom.pk}/revenue/", {**second, **wrong})
        assert refused.status_code == 422, refused.content
        assert set(refused.json()["errors"]) == set(wrong)
        answer = page.post(f"/t/acme/accounts/{isdom.pk}/contract/new/", {**first, **wrong})
        assert answer.status_code == 422
