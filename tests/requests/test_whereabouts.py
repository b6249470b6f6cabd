"""On which clock the prospect reads times, and how the seller changes it (FUL-1)."""

from collections.abc import Callable

import pytest
from django.test import Client
from icalendar import Calendar

from advocacy.messaging.links import link_url
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.zones import clocks_of
from requests.models import Opportunity, Request
from requests.requests.whereabouts import whereabouts_of
from requests.scheduling.choosing import booking_link, let_them_choose
from requests.scheduling.services import pick_slot
from requests.scheduling.slots import suggest_slots
from tests.factories.advocates import AccountFactory
from tests.factories.requests import OpportunityFactory, ReadyFactory
from tests.requests.calls import JANE, MakeRequest, confirm
from tests.support.cases import Cases
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


def test_what_clocks_a_country_has() -> None:
    """One where all of it shows the same; else the one of most people first."""
    assert clocks_of("DE") == ("Europe/Berlin",)
    assert clocks_of("jp") == ("Asia/Tokyo",)
    for country, main in {
        "US": "America/New_York",
        "AU": "Australia/Sydney",
        "ES": "Europe/Madrid",
    }.items():
        assert clocks_of(country)[0] == main
        assert len(clocks_of(country)) > 1
    assert clocks_of("") == clocks_of("ZZ") == ()


def test_what_is_known_counts_in_this_order(make_request: MakeRequest, each: Cases) -> None:
    """FUL-1.b: what was said, the request's country, the account's; the company's is a guess."""
    account = AccountFactory(country="JP")
    deal: Opportunity = OpportunityFactory.create(account=account)
    cases = {
        ("said", "Asia/Kolkata"): {"time_zone": "Asia/Kolkata", "country": "DE"},
        ("country", "Europe/Berlin"): {"country": "DE"},
        ("country", "Asia/Tokyo"): {"opportunity": deal},
        ("likely", "America/New_York"): {"country": "US"},
        ("company", "Europe/Berlin"): {},
    }
    for (source, zone), values in cases.items():
        with each(f"{source} {zone}"):
            request = make_request(submit=False, **values)
            Request.objects.filter(pk=request.pk, opportunity=deal).update(country="")
            found = whereabouts_of(request.reload())
            assert (found.source, found.zone.key) == (source, zone)
            assert found.is_assumed == (source in ("likely", "company"))


def test_mail_page_and_invitation_are_on_the_prospects_clock(
    make_request: MakeRequest, alice: Membership, bob: Membership, client: Client
) -> None:
    """FUL-1.b, FUL-1.c: from the country alone, and without a word of doubt where it has one."""
    ask = confirm(make_request, alice, country="JP")
    let_them_choose(actor=Actor.member(bob), ask=ask, contacts=JANE)
    mail = OutgoingMail.objects.get(kind="choose_time")
    assert "Tokyo time" in mail.text and "18:00–18:30" in mail.text
    assert "not told" not in mail.text
    link = booking_link(ask)
    assert link is not None
    page = client.get("/p/" + link_url(link).split("/p/", 1)[1]).text
    assert "Tokyo time" in page and "18:00–18:30" in page and "not told" not in page
    pick_slot(actor=Actor.member(bob), request=ask.request, slot=ask.slots.all()[0])
    invited = OutgoingMail.objects.get(kind="invitation", to_email="jane@isdom.example")
    (event,) = Calendar.from_ical(invited.calendar).walk("VEVENT")
    assert event["DTSTART"].params["TZID"] == "Asia/Tokyo"
    assert "18:00–18:30 (Tokyo time)" in invited.text


def test_a_guess_is_said_to_the_prospect(
    make_request: MakeRequest, alice: Membership, bob: Membership, each: Cases
) -> None:
    """FUL-1.b: never the company's clock in silence, nor another one of theirs."""
    for values, zone in (({}, "Berlin time"), ({"country": "US"}, "New York time")):
        with each(zone):
            ask = confirm(make_request, alice, **values)
            let_them_choose(actor=Actor.member(bob), ask=ask, contacts=JANE)
            mail = OutgoingMail.objects.get(kind="choose_time")
            assert f"so times are in {zone}; the page behind the link shows your own" in mail.text
            pick_slot(actor=Actor.member(bob), request=ask.request, slot=ask.slots.all()[0])
            invited = OutgoingMail.objects.get(kind="invitation", to_email="jane@isdom.example")
            assert f"so times are in {zone}; your calendar shows your own" in invited.text


def test_one_press_says_another_clock(
    make_request: MakeRequest,
    alice: Membership,
    bob: Membership,
    client_for: Callable[..., Client],
) -> None:
    """FUL-1.b: the request says what is assumed, with the country's others to press; what is no
    zone is refused in words and nothing is changed. Over a queue the panel shows the request again.
    """
    ask = confirm(make_request, alice, country="US")
    staff, home = client_for(bob), f"/t/acme/requests/{ask.request_id}/"
    page = staff.get(home).text
    assert "We assume that the prospect reads New York time." in page
    assert 'value="America/Chicago"' in page
    address = f"{home}time-zone/"
    htmx = {"HX-Request": "true", "X-Queue": "1"}
    answer = staff.post(address, {"time_zone": "America/Chicago"}, headers=htmx)
    assert answer["HX-Trigger"] == f'{{"queue:again": {{"url": "{home}"}}}}'
    assert ask.request.reload().time_zone == "America/Chicago"
    assert "The prospect reads Chicago time." in staff.get(home).text
    assert staff.post(address, {"time_zone": "Chicago"}).status_code == 422
    assert ask.request.reload().time_zone == "America/Chicago"


def test_the_same_over_rest(make_request: MakeRequest, alice: Membership, bob: Membership) -> None:
    """FUL-1.b: also after somebody was asked; not of a colleague's request."""
    ask = confirm(make_request, alice)
    api, address = api_for(bob), f"/api/v1/requests/{ask.request_id}/say-time-zone/"
    assert api.post(address, {"time_zone": "Asia/Tokyo"}).status_code == 200
    assert ask.request.reload().time_zone == "Asia/Tokyo"
    refused = api.post(address, {"time_zone": "Tokyo"})
    assert refused.status_code in (400, 422) and "time_zone" in refused.content.decode()


def test_times_are_proposed_when_both_are_awake(make_request: MakeRequest) -> None:
    """ASK-1.a: the prospect's hours count where their country tells them."""
    advocate = ReadyFactory.create(time_zone="Europe/Lisbon")
    found = suggest_slots(make_request(country="US"), advocate)
    assert found and all(slot.starts_at.hour >= 14 for slot in found)
