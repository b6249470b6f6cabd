"""Only what will be used is asked for (REQ-4.d)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from activities.assets.models import Asset
from advocacy import clock as product_clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.services import change_settings
from advocates.models import Advocate
from requests.gates.unused import lying_unused
from requests.requests.settings import REQUESTS
from tests.factories.advocates import AdvocateFactory, catalogued
from tests.factories.assets import AssetFactory
from tests.support.rest import api_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]


def lying(advocate: Advocate, title: str = "", **values: Any) -> Asset:
    """A quote that was collected 61 days ago and is still being approved."""
    at = product_clock.now() - timedelta(days=61)
    values = {"confirmed": True, "collected_at": at, "title": title or "Two hours less", **values}
    asset: Asset = AssetFactory.create(advocate=advocate, **values)
    return asset


def test_what_counts(alice: Membership) -> None:
    """REQ-4.d: three of the type, past their time and not published; neither what was made of
    another piece or taken out of a transcript, nor another kind, nor a type that gives no content.
    """
    kind, advocate = catalogued("testimonial"), AdvocateFactory.create()
    first, _second = lying(advocate), lying(advocate)
    lying(advocate, origin=first)
    lying(advocate, is_excerpt=True)
    lying(advocate, kind="case_study")
    lying(advocate, collected_at=product_clock.now() - timedelta(days=59))
    lying(advocate, published=True)
    assert lying_unused(alice, kind) is None
    lying(advocate)
    found = lying_unused(alice, kind)
    assert found is not None
    assert (found.count, len(found.named)) == (3, 3)
    assert lying_unused(alice, catalogued("reference_call")) is None
    actor = Actor.member(alice)
    change_settings(actor=actor, family=REQUESTS, values={"unpublished_most": 4})
    assert lying_unused(alice, kind) is None


def test_the_next_request_of_the_type_warns(
    alice: Membership, bob: Membership, client_for: Callable[..., Client]
) -> None:
    """REQ-4.d, VIS-1: on the form and over REST, with the pieces to who may see them and their
    number to everybody; it is a warning, and the request goes its way.
    """
    advocate = AdvocateFactory.create()
    pieces = [lying(advocate, title=f"Piece {number}") for number in "ABC"]
    kind = catalogued("testimonial")
    needed = str(product_clock.now().date() + timedelta(days=20))
    form = {"activity_type": str(kind.pk), "needed_by": needed, "needed_count": "1"}
    form |= {"detail": "Onboarding", "prospect": "Isdom", "meeting_format": "video"}
    for member, sees in ((alice, True), (bob, False)):
        page = client_for(member).post("/t/acme/requests/new/", {**form, "_look": "1"})
        said = page.content.decode()
        assert "3 pieces of “" in said, member
        assert "not published yet. Ask for more only if they will be used." in said
        assert [f"/assets/{piece.pk}/" in said for piece in pieces] == [sees] * 3
        assert ("Piece A" in said) is sees
        body = {"activity_type": "testimonial", "needed_by": needed, "prospect": "Isdom"}
        made = api_for(member).post("requests/", {**body, "detail": "Onboarding"})
        assert made.status_code == 201, made.content
        told = {each["code"]: each for each in made.json()["warnings"]}
        assert len(told["unpublished"]["assets"]) == (3 if sees else 0)
        handed_in = api_for(member).post(f"requests/{made.json()['id']}/submit/")
        assert handed_in.status_code == 200, handed_in.content
