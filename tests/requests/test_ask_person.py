"""From a person's page to the draft: for which open request they could be asked (ASK-1)."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from advocacy.tenancy.models import Membership
from tests.factories.requests import ReadyFactory
from tests.requests.asking import MakeRequest, Send

ClientFor = Callable[[Membership | None], Client]


def test_open_requests_are_offered_with_the_draft(
    make_request: MakeRequest, alice: Membership, client_for: ClientFor, send: Send
) -> None:
    """ASK-1: those that wait for somebody, with fit and warnings; not one they were asked for."""
    ana = ReadyFactory(first_name="Ana", last_name="Lima")
    first, second = make_request(prospect="Isdom"), make_request(prospect="Silis")
    send(second, ana)
    client = client_for(alice)
    page = client.get(f"/t/acme/requests/asks/of/{ana.pk}/").text
    assert "Reference call for Isdom" in page
    assert "Silis" not in page
    draft = f"/t/acme/requests/{first.pk}/draft/?advocate={ana.pk}"
    assert draft in page or "is-blocked" not in page
    assert "write down a new request" in page


def test_without_a_request_the_way_to_one_is_shown(
    make_request: MakeRequest, alice: Membership, client_for: ClientFor
) -> None:
    """UI-1: no page without a next step."""
    ana = ReadyFactory()
    page = client_for(alice).get(f"/t/acme/requests/asks/of/{ana.pk}/").text
    assert "No open request waits for somebody" in page
    assert "/t/acme/requests/new/" in page


def test_a_csm_asks_at_own_accounts_only(
    make_request: MakeRequest, membership: Any, client_for: ClientFor
) -> None:
    """ID-2.a: somebody else's people are not there."""
    tom = membership("csm")
    ana = ReadyFactory()
    ben = ReadyFactory(account__owner=tom)
    client = client_for(tom)
    assert client.get(f"/t/acme/requests/asks/of/{ana.pk}/").status_code == 404
    assert client.get(f"/t/acme/requests/asks/of/{ben.pk}/").status_code == 200
