"""Evidence on deals and in the request form; content that answers a request (EVD-1, REQ-4)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from activities.assets.models import Asset
from activities.evidence.indexing import index_missing
from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.messaging.models import OutgoingMail, UndoWindow
from advocacy.messaging.undo import undo_press
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import AccountTag, Consent, Tag
from requests.evidence.fitting import Need, best_assets
from requests.evidence.services import answer_by_content
from requests.models import ContentAnswer, Opportunity, Request
from tests.factories.advocates import AccountFactory, TagFactory, catalogued
from tests.factories.assets import AssetFactory
from tests.factories.requests import OpportunityFactory, ReadyFactory
from tests.requests.asking import Send
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


def piece(title: str, *, leave: bool = True, body: str = "It works.", **company: Any) -> Asset:
    """One of the library, of a company like that."""
    account = company.pop("account", None) or AccountFactory(**company)
    asset = AssetFactory(title=title, body=body, advocate__account=account, published=True)
    if leave:
        day = product_clock.today(asset.tenant.zone)
        Consent.objects.create(advocate=asset.advocate, use="quote", given_on=day)
    index_missing(asset.tenant_id)
    return asset


def flow() -> Tag:
    """A product."""
    return Tag.objects.filter(name="Flow").first() or TagFactory(kind="product", name="Flow")


def library() -> dict[str, Asset]:
    """Five pieces; the last may not be used."""
    close = AccountFactory(industry="Energy", segment="enterprise")
    AccountTag.objects.create(account=close, tag=flow())
    return {
        "best": piece("Best", account=close),
        "industry": piece("Same industry", industry="Energy"),
        "words": piece("Words", industry="Retail", body="We left Contora and never looked back."),
        "other": piece("Other", industry="Retail"),
        "held": piece("Held", industry="Energy", segment="enterprise", leave=False),
    }


def a_deal(**more: Any) -> Opportunity:
    account = AccountFactory(name="Isdom", industry="Energy", segment="enterprise")
    AccountTag.objects.create(account=account, tag=flow())
    deal: Opportunity = OpportunityFactory(account=account, **more)
    return deal


def test_the_best_for_a_deal_are_of_customers_like_it(program: Tenant, bob: Membership) -> None:
    """REQ-4.b: industry, products, size and the words of the deal; nothing that may not be used,
    and nothing at all where nothing fits.
    """
    pieces = library()
    need = Need(
        industry="energy",
        segment="enterprise",
        competitor="Contora",
        tags=(flow(),),
    )
    fits = best_assets(bob, need)
    assert [fit.asset.title for fit in fits] == ["Best", "Words", "Same industry"]
    assert fits[0].why == ["same industry", "Flow", "same size"]
    assert fits[1].why == ["answers in its words"]
    assert all(fit.hit and fit.hit.passage.text for fit in fits)
    assert pieces["held"].title not in {fit.asset.title for fit in best_assets(bob, need, most=9)}
    assert best_assets(bob, Need()) == best_assets(bob, Need(industry="Mining")) == []


def test_the_form_offers_three_and_one_press_fills_it(
    program: Tenant, alice: Membership, bob: Membership, client_for: Callable[..., Client]
) -> None:
    """REQ-4.b, REQ-4.c, EVD-1.c: beside the form of a deal; *This answers it* writes the request
    down and closes it as filled by content, and counts an ask saved.
    """
    pieces, deal, kind = library(), a_deal(name="Big one"), catalogued("reference_call")
    client, at = client_for(bob), f"/t/{program.slug}/requests/new/?opportunity={deal.pk}"
    shown = client.get(at).content.decode()
    assert "would one of these do?" in shown
    assert shown.count('name="answered_by"') == 2
    assert "Held" not in shown
    # Enter presses the first: it submits.
    first = re.search(r"<button[^>]*type=.submit[^>]*>", shown.partition('id="request-form"')[2])
    assert first is not None and "name=" not in first.group()
    assert (
        "would one of these do?"
        not in client.get(f"/t/{program.slug}/requests/new/").content.decode()
    )
    data = {
        "opportunity": str(deal.pk),
        "activity_type": str(kind.pk),
        "needed_by": (product_clock.now() + timedelta(days=20)).date().isoformat(),
        "needed_count": "2",
        "meeting_format": "video",
        "answered_by": str(pieces["best"].pk),
    }
    bad = client.post(at, {**data, "answered_by": str(pieces["held"].pk)})
    assert bad.status_code in (409, 422) and not Request.objects.exists()
    assert "in the library" in bad.content.decode()
    assert client.post(at, {**data, "answered_by": "nonsense"}).status_code in (409, 422)
    done = client.post(at, data)
    assert done.status_code == 302, done.content.decode()
    request = Request.objects.get()
    assert (request.state, request.submitted_at) == ("closed", None)
    answer = ContentAnswer.objects.get()
    assert (answer.request, answer.asset, answer.saved) == (request, pieces["best"], 2)
    page = client.get(done["Location"]).content.decode()
    assert "Answered by content; nobody was asked." in page


def test_a_submitted_request_is_answered_and_it_can_be_taken_back(
    make_request: Callable[..., Request],
    alice: Membership,
    bob: Membership,
    membership: Callable[..., Membership],
    client_for: Callable[..., Client],
) -> None:
    """REQ-4.c: in the browser and over REST, by the requester or the program; an event, a word to
    who runs it, an ask saved; taken back it is as it was.
    """
    pieces = library()
    request = make_request(industry="Energy")
    slug = request.tenant.slug
    client, at = client_for(bob), f"/t/{slug}/requests/{request.pk}/"
    assert "Before a person is asked" in client.get(at).content.decode()
    stranger = membership("sales")
    with pytest.raises(NotAllowed):
        answer_by_content(actor=Actor.member(stranger), request=request, asset=pieces["best"])
    press = client.post(f"{at}answered-by-content/", {"asset": str(pieces["best"].pk)})
    assert press.status_code == 302
    assert request.reload().state == "closed"
    event = Event.objects.get(verb="request.answered_by_content")
    assert event.payload["asset"] == str(pieces["best"].pk) and event.payload["saved"] == 1
    mail = OutgoingMail.objects.get(kind="request_answered_by_content")
    assert mail.to_email == alice.email and "Best" in mail.text
    window = UndoWindow.objects.get(key="request.answered_by_content")
    undo_press(actor=Actor.member(bob), window_id=window.pk)
    assert (request.reload().state, request.state_reason) == ("submitted", "")
    assert not ContentAnswer.objects.exists()

    api = api_for(bob)
    no = api.post(f"requests/{request.pk}/answered-by-content/", {"asset": str(pieces["held"].pk)})
    assert no.status_code == 422 and "asset" in str(no.json())
    assert api.post(f"requests/{request.pk}/answered-by-content/", {}).status_code == 422
    yes = api.post(f"requests/{request.pk}/answered-by-content/", {"asset": str(pieces["best"].pk)})
    assert (yes.status_code, yes.json()["state"]) == (200, "closed")
    again = api.post(
        f"requests/{request.pk}/answered-by-content/", {"asset": str(pieces["best"].pk)}
    )
    assert again.status_code == 409


def test_once_somebody_is_asked_content_comes_too_late(
    make_request: Callable[..., Request], send: Send, alice: Membership
) -> None:
    """REQ-4.c: before a person is asked, not after."""
    asset, request = piece("Best"), make_request()
    with pytest.raises(DomainError) as refused:
        answer_by_content(actor=Actor.member(alice), request=request, asset=None)
    assert "asset" in refused.value.fields
    send(request, ReadyFactory())
    with pytest.raises(Conflict):
        answer_by_content(actor=Actor.member(alice), request=request.reload(), asset=asset)
    assert not ContentAnswer.objects.exists()


def test_a_deal_shows_its_evidence(
    program: Tenant, bob: Membership, client_for: Callable[..., Client]
) -> None:
    """EVD-1.c: on the deal and by the deal over REST, under the asker's rights."""
    library()
    deal = a_deal()
    at = f"/t/{program.slug}/opportunities/{deal.pk}/"
    shown = client_for(bob).get(at).content.decode()
    assert "Evidence for this deal" in shown
    assert "Best" in shown and "Same industry" in shown and "Held" not in shown
    rows = api_for(bob).get(f"evidence/?opportunity={deal.pk}").json()["results"]
    assert [row["title"] for row in rows] == ["Best", "Same industry"]
    assert "same industry" in rows[0]["why"] and rows[0]["advocate"] is None
    near = api_for(bob).get(f"evidence/?opportunity={deal.pk}&q=works").json()["results"]
    assert {row["title"] for row in near[:2]} == {"Best", "Same industry"}
    assert (
        api_for(bob)
        .get("evidence/?opportunity=" + "0" * 8 + "-0000-7000-8000-000000000000")
        .status_code
        == 404
    )
    empty = OpportunityFactory(account=AccountFactory(industry="Mining"))
    bare = client_for(bob).get(f"/t/{program.slug}/opportunities/{empty.pk}/").content.decode()
    assert "Nothing in the library fits yet" in bare


def test_asks_saved_by_content_are_a_number(
    make_request: Callable[..., Request], alice: Membership, bob: Membership
) -> None:
    """MET-2.e: each request that content answered, on the day it was said; over REST as on
    *Impact*.
    """
    asset = piece("Best")
    for _number in range(2):
        answer_by_content(actor=Actor.member(bob), request=make_request(), asset=asset)
    make_request()
    read = api_for(alice).get("metrics/asks_saved/").json()
    assert (read["value"], read["unit"]) == (2, "count")
    rows = api_for(alice).get("metrics/asks_saved/rows/").json()["results"]
    assert len(rows) == 2
