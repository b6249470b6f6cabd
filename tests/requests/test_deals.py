"""Deals as people see them (AUD-1, OPP-1, VIS-1)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.models import ActivityType
from requests.models import Opportunity
from requests.opportunities.resource import OPPORTUNITIES
from requests.opportunities.services import upsert_opportunity
from requests.requests.reactions import touchpoint_kind
from requests.requests.triage import decline_request, start_review
from tests.factories.advocates import catalogued
from tests.factories.requests import OpportunityFactory, TouchpointFactory
from tests.kit.resource import ResourceCase
from tests.requests.asking import Done, MakeRequest
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


class TestDeals(ResourceCase):
    """OPP-1: every deal has a row in the list and a page, own ones only."""

    resource, factory = OPPORTUNITIES, OpportunityFactory
    viewers = "program_manager admin sales csm marketing"
    editors = "program_manager admin"


def test_a_deals_timeline(
    make_request: MakeRequest, alice: Membership, bob: Membership, client_for: Callable[..., Client]
) -> None:
    """AUD-1: what happened to a deal and to the requests for it stands on the deal's page, and
    the log says the same over REST.
    """
    crm = Actor.member(alice)
    deal, _what = upsert_opportunity(actor=crm, source="crm", external_id="O-1", name="Isdom")
    upsert_opportunity(actor=crm, source="crm", external_id="O-1", amount=5)
    request = make_request(opportunity=deal)
    start_review(actor=crm, request=request)
    decline_request(actor=crm, request=request, reason="Secret words")
    page = client_for(bob).get(f"/t/acme/opportunities/{deal.pk}/").content.decode()
    for told in ("Added the deal", "Changed the deal", "Declined the request"):
        assert told.casefold() in page.casefold(), told
    found: Any = api_for(alice).get(f"events/?record={deal.pk}").json()["results"]
    assert [event["verb"] for event in found] == [
        "request.declined",
        "request.review_started",
        "request.submitted",
        "request.created",
        "opportunity.updated",
        "opportunity.created",
    ]


def test_a_deals_page_says_what_was_asked_and_done(
    make_request: MakeRequest, bob: Membership, membership: Any, client_for: Callable[..., Client]
) -> None:
    """OPP-1.d, VIS-1: requests, touchpoints, evidence, timeline; a colleague's are theirs."""
    deal = OpportunityFactory(name="Isdom rollout")
    TouchpointFactory(opportunity=deal)
    request = make_request(opportunity=deal)
    address = f"/t/acme/opportunities/{deal.pk}/"
    page = client_for(bob).get(address).content.decode()
    assert request.reference in page
    assert "Opened share" in page and "Evidence for this deal" in page
    assert "What happened" in page and "opened the deal" not in page
    assert f"?opportunity={deal.pk}" in page
    other = client_for(membership("sales")).get(address).content.decode()
    assert request.reference not in other


def test_only_a_reference_makes_a_reference(
    make_request: MakeRequest, done: Done, membership: Any, bob: Membership
) -> None:
    """OPP-1.c: a completed call touches the deal as a reference, an event as one, what is neither
    does not; OPP-1.d: REST tells what the page does, to sales as well, never who did it.
    """
    catalogued("reference_call")
    kinds = {kind.code: touchpoint_kind(kind) for kind in ActivityType.objects.all()}
    assert {code for code, what in kinds.items() if what == "reference"} == {
        "short_reference_call",
        "reference_call",
        "executive_reference_call",
    }
    assert kinds["site_visit"] == "event"
    assert kinds["testimonial"] is None
    deal: Opportunity = OpportunityFactory.create()
    (call,) = done(make_request(opportunity=deal))
    ActivityType.objects.filter(code="reference_call").update(is_reference=False)
    done(make_request(opportunity=deal))
    api = api_for(bob)
    found = api.get(f"opportunities/{deal.pk}/touchpoints/").json()
    assert [(each["kind"], each["activity_type"]) for each in found] == [
        ("reference", "reference_call")
    ]
    told = api.get(f"opportunities/{deal.pk}/timeline/")
    assert call.advocate.name not in told.content.decode()
    texts = [line["text"] for each in told.json() for line in (each, *each["steps"])]
    assert sum("touchpoint" in text for text in texts) == 1
    stranger = api_for(membership("product"))
    for part in ("touchpoints", "timeline"):
        assert stranger.get(f"opportunities/{deal.pk}/{part}/").status_code == 403
