"""Where somebody begins who has done nothing yet (CAP-4.b)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.models import TypePreference
from advocates.program.catalogue.services import update_activity_type
from requests.matching.ranking import match
from tests.factories.advocates import catalogued
from tests.factories.requests import ReadyFactory
from tests.requests.asking import MakeRequest
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


def test_the_ranking_offers_a_first_step(
    make_request: MakeRequest, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """CAP-4.b: a short call or a testimonial for who has done nothing yet, in the browser and over
    REST; not for who has, not what they refused or the tenant switched off, and not where the
    request is for such a step itself.
    """
    for code in ("short_reference_call", "testimonial"):
        update_activity_type(actor=Actor.member(alice), activity_type=catalogued(code), is_on=True)
    new, choosy = ReadyFactory.create(done=[]), ReadyFactory.create(done=[])
    old = ReadyFactory.create()
    TypePreference.objects.update_or_create(
        advocate=choosy, activity_type=catalogued("testimonial"), defaults={"accepted": False}
    )
    request = make_request()
    steps: dict[Any, list[str]] = {
        each.advocate.pk: [kind.code for kind in each.first_steps] for each in match(request).ranked
    }
    assert steps == {
        new.pk: ["short_reference_call", "testimonial"],
        old.pk: [],
        choosy.pk: ["short_reference_call"],
    }
    page = client_for(alice).get(f"/t/acme/requests/{request.pk}/").content.decode()
    assert "Has done nothing yet. A good first step: Short reference call or Testimonial." in page
    told = api_for(alice).get(f"requests/{request.pk}/matches/").json()["ranked"]
    assert {each["advocate"]: each["first_steps"] for each in told} == {
        str(pk): codes for pk, codes in steps.items()
    }
    small = make_request(code="short_reference_call")
    assert not any(each.first_steps for each in match(small).ranked)
