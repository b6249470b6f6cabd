"""Choosing one row out of very many, in a form made with the kit."""

from typing import Any

import pytest
from django.test import Client

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.web.pickers import OFFERED
from advocates.models import Signal
from tests.factories.advocates import AdvocateFactory

NEW = "/t/acme/signals/new/"
TYPED = {"kind": "peer", "source": "a fair in Linz", "advocate-words": "murphy isdom"}


@pytest.fixture
def frank(tenant: Tenant) -> Any:
    """Somebody to be found, among others of the same company."""
    with tenant_scope(tenant):
        frank = AdvocateFactory(
            first_name="Frank", last_name="Murphy", account__name="Isdom", job_title="CIO"
        )
        for _more in range(OFFERED + 2):
            AdvocateFactory(account=frank.account)
        return frank


@pytest.fixture
def client(alice: Membership, client_for: Any) -> Client:
    """A program manager's browser."""
    made: Client = client_for(alice)
    return made


def test_the_search_answers_a_fragment(client: Client, frank: Any, tenant: Tenant) -> None:
    """UI-1: every word must fit; what is found says who it is; nothing is saved."""
    asked = {**TYPED, "_find": "advocate"}
    page = client.post(NEW, asked, headers={"HX-Request": "true"}).content.decode()
    assert "<form" not in page
    assert page.count('type="radio"') == 1
    assert f'value="{frank.pk}" checked' in page
    assert "CIO · Isdom" in page
    crowd = client.post(NEW, {**asked, "advocate-words": "isdom"}, headers={"HX-Request": "true"})
    assert crowd.content.decode().count('type="radio"') == OFFERED
    none = client.post(NEW, {**asked, "advocate-words": "<b>"}, headers={"HX-Request": "true"})
    assert "Nothing matches “&lt;b&gt;”" in none.content.decode()
    with tenant_scope(tenant):
        assert not Signal.objects.exists()


def test_the_search_works_without_scripts(client: Client, frank: Any) -> None:
    """UI-1: the same form again, everything typed kept, nothing called wrong yet."""
    answer = client.post(NEW, {**TYPED, "_find": "advocate"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'value="{frank.pk}" checked' in page
    assert "a fair in Linz" in page
    assert "field-errors" not in page


def test_errors_keep_who_was_chosen(client: Client, frank: Any) -> None:
    """UI-1: whatever else is wrong; and with nobody chosen the summary leads to the search."""
    page = client.post(NEW, {**TYPED, "advocate": str(frank.pk)}).content.decode()
    assert f'value="{frank.pk}" checked' in page
    nobody = client.post(NEW, {**TYPED, "advocate-words": ""}).content.decode()
    assert '<a href="#id_advocate">' in nobody
    assert "choose one of what is found" in nobody
    odd = client.post(NEW, {**TYPED, "advocate": "nobody"})
    assert odd.status_code == 422


def test_a_link_fills_in_whom(client: Client, frank: Any) -> None:
    """UI-1: who comes from a person's page need not search; a made-up key chooses nobody."""
    assert (
        f'value="{frank.pk}" checked' in client.get(f"{NEW}?advocate={frank.pk}").content.decode()
    )
    assert 'type="radio"' not in client.get(f"{NEW}?advocate=x").content.decode()


def test_only_whom_a_member_may_choose_is_offered(
    client_for: Any, membership: Any, frank: Any, tenant: Tenant, alice: Membership
) -> None:
    """ID-2: a CSM is offered nobody at a colleague's account, nor told their name."""
    with tenant_scope(tenant):
        frank.account.owner = alice
        frank.account.save()
    client = client_for(membership("csm"))
    asked = {**TYPED, "_find": "advocate", "advocate": str(frank.pk)}
    assert "Frank" not in client.post(NEW, asked).content.decode()
    assert "Frank" not in client.get(f"{NEW}?advocate={frank.pk}").content.decode()
