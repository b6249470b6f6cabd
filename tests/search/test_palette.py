"""The palette: what is found and begun, by whom (UI-3)."""

from collections.abc import Callable

import pytest
from django.test import Client

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from tests.factories.advocates import AccountFactory, AdvocateFactory
from tests.factories.requests import RequestFactory

PALETTE = {"HX-Request": "true", "HX-Target": "div#palette-list"}


@pytest.fixture
def look(tenant: Tenant, client_for: Callable[..., Client]) -> Callable[[Membership, str], str]:
    """What the palette shows somebody."""

    def ask(member: Membership, text: str) -> str:
        answer = client_for(member).get("/t/acme/search/", {"q": text}, headers=PALETTE)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


def test_people_accounts_requests(tenant: Tenant, alice: Membership, look: Callable) -> None:
    """UI-3.a: one search over all of them, each leading to its page."""
    with tenant_scope(tenant):
        account = AccountFactory(name="Zephyr Works")
        ada = AdvocateFactory(first_name="Ada", last_name="Zephyrin", account=account)
        request = RequestFactory(prospect="Zephyr Prospect", state="submitted")
    page = look(alice, "zéph")
    for path in (f"advocates/{ada.pk}/", f"accounts/{account.pk}/", f"requests/{request.pk}/"):
        assert f'href="/t/acme/{path}"' in page
    assert "<html" not in page


def test_sales_find_their_own_requests_and_nobody(
    tenant: Tenant, bob: Membership, membership: Callable[..., Membership], look: Callable
) -> None:
    """UI-3.a, VIS-1.a: by role; a name that is withheld is not found either."""
    with tenant_scope(tenant):
        AdvocateFactory(first_name="Ada", last_name="Zephyrin", account__name="Zephyr Works")
        own = RequestFactory(prospect="Zephyr Prospect", requester=bob)
        other = RequestFactory(prospect="Zephyr Elsewhere", requester=membership(Role.SALES))
    page = look(bob, "zephyr")
    assert str(own.pk) in page
    assert str(other.pk) not in page
    assert "Zephyrin" not in page and "Zephyr Works" not in page


def test_deeds_and_pages(alice: Membership, bob: Membership, look: Callable) -> None:
    """UI-3.a: what can be begun and opened, by its words; `>` leaves rows out."""
    assert 'href="/t/acme/requests/new/"' in look(bob, "> new")
    assert 'href="/t/acme/nominations/new/"' in look(alice, "nominate")
    assert 'href="/t/acme/nominations/new/"' not in look(bob, "nominate")
    assert "/t/acme/advocates/" in look(alice, "go to advocates"[6:])


def test_lately(tenant: Tenant, alice: Membership, look: Callable, client_for: Callable) -> None:
    """UI-3.a: without a word, what one worked on last."""
    client = client_for(alice)
    client.post("/t/acme/accounts/new/", {"name": "Brandnew", "lifecycle": "customer"})
    assert "Brandnew" in look(alice, "")


def test_without_scripts_it_is_a_page(alice: Membership, client_for: Callable) -> None:
    """UI-3.a: the box in the bar is a form like any other."""
    client = client_for(alice)
    assert 'action="/t/acme/search/"' in client.get("/t/acme/").content.decode()
    page = client.get("/t/acme/search/", {"q": "nothing of that name"}).content.decode()
    assert "Nothing found" in page and 'value="nothing of that name"' in page
