"""Enablement (ENB-1)."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.web.markdown import rendered
from advocates.enablement import selectors, services
from advocates.enablement.resource import ENABLEMENT
from advocates.enablement.seeds import MATERIALS, seed_materials
from advocates.models import Material, MaterialReading
from tests.factories.enablement import MaterialFactory
from tests.kit.resource import ResourceCase
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


class TestMaterials(ResourceCase):
    """ENB-1.a: written and changed in the browser and over REST."""

    resource, factory = ENABLEMENT, MaterialFactory
    viewers = "program_manager admin sales csm marketing product executive approver"
    editors = "program_manager admin"
    new: ClassVar[dict[str, Any]] = {"audience": "csm", "title": "On the phone", "body": "Listen."}
    changed: ClassVar[dict[str, Any]] = {"body": "Ask the prospect first."}
    wrong: ClassVar[dict[str, Any]] = {"body": ""}


def test_a_tenant_starts_with_texts_for_both(scope: Any) -> None:
    """ENB-1.a: spotting, candidates, approach, hesitation; requesting, briefing, giving back."""
    seed_materials()
    seed_materials()
    rows = Material.objects.order_by("position")
    assert [(row.code, row.audience) for row in rows] == [
        (seed.code, seed.audience) for seed in MATERIALS
    ]
    for row in rows:
        assert len(row.body) > 800
        assert "<h2>" in rendered(row.body)


def test_markup_does_no_harm() -> None:
    """BAD-1: what somebody types as markup stands there as text; links go to the web only."""
    html = rendered(
        "# Title\n\n<script>alert(1)</script> [x](javascript:alert(1)) [y](https://a.example)\n\n"
        "![p](https://a.example/p.png)"
    )
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert '<a href="https://a.example" rel="noopener noreferrer">y</a>' in html
    assert "<h2>Title</h2>" in html


def test_a_new_version_asks_again(alice: Membership, scope: Any) -> None:
    """ENB-1.c: completion is of a version; ENB-1.a: the earlier one is kept."""
    actor, text = Actor.member(alice), MaterialFactory()
    assert selectors.unread_count(alice, "sales") == 1
    services.complete_material(actor=actor, material=text, version=1)
    services.complete_material(actor=actor, material=text, version=1)
    assert MaterialReading.objects.count() == 1
    assert selectors.unread_count(alice, "sales") == 0
    newer = services.update_material(actor=actor, material=text, body="Other words.")
    assert newer.version == 2
    assert services.update_material(actor=actor, material=text, body="Other words.").version == 2
    assert selectors.unread_count(alice, "sales") == 1
    kept = {each.number: each.body for each in newer.versions.all()}
    assert kept == {1: text.body, 2: "Other words."}


def test_who_has_completed_what_is_shown_by_team(
    alice: Membership, scope: Any, membership: Any, client_for: Callable[..., Client]
) -> None:
    """ENB-1.c: by team, for the program; read, an earlier version, or not."""
    csm, seller, late = membership("csm"), membership("sales"), membership("sales")
    text = MaterialFactory()
    services.complete_material(actor=Actor.member(late), material=text, version=1)
    services.update_material(actor=Actor.member(alice), material=text, body="Other words.")
    slug = alice.tenant.slug
    url = reverse("enablement:complete", args=(slug, text.pk))
    reader = client_for(seller)
    # A page that was opened before the new version says which one was read.
    assert reader.post(url, {"version": "1"}).status_code == 409
    assert reader.post(url).status_code == 409
    form = reader.get(reverse("enablement:detail", args=(slug, text.pk))).content.decode()
    assert '<input type="hidden" name="version" value="2">' in form
    assert reader.post(url, {"version": "2"}).status_code == 302
    page = client_for(alice).get(reverse("enablement:team", args=(slug,))).content.decode()
    assert "1 of 2 have read all of it" in page
    assert "an earlier version" in page
    assert client_for(csm).get(reverse("enablement:team", args=(slug,))).status_code == 403
    told = {team["role"]: team for team in api_for(alice).get("enablement/team/").json()}
    read = {reader["member"]: reader["done"] for reader in told["sales"]["readers"]}
    assert read == {str(seller.pk): 1, str(late.pk): 0}
    api, path = api_for(late), f"enablement/{text.pk}/complete/"
    assert [api.post(path, said).status_code for said in ({}, {"version": 1}, {"version": 2})] == [
        422,
        409,
        200,
    ]
    assert selectors.unread_count(late, "sales") == 0


def test_it_is_offered_where_it_is_needed(
    alice: Membership, scope: Any, client_for: Callable[..., Client]
) -> None:
    """A quiet link beside the titles of nomination and request form opens it in the side panel."""
    seed_materials()
    client, slug = client_for(alice), alice.tenant.slug
    for form, audience, title in (
        ("nominations:new", "csm", "Handling hesitation"),
        ("requests:new", "sales", "Briefing a prospect"),
    ):
        url = reverse("enablement:offered", args=(slug, audience))
        page = client.get(reverse(form, args=(slug,))).content.decode()
        assert f'hx-get="{url}"' in page
        assert " new</span>" in page
        panel = client.get(url, headers={"HX-Request": "true", "HX-Target": "panel-body"})
        assert title in panel.content.decode()
        assert title in client.get(url).content.decode()
    assert client.get(reverse("enablement:offered", args=(slug, "boss"))).status_code == 404


def test_an_earlier_version_can_be_read(
    alice: Membership, scope: Any, client_for: Callable[..., Client]
) -> None:
    """ENB-1.a: and says that it does not count any more; one that never was is not there."""
    text = MaterialFactory(body="The first words.")
    services.update_material(actor=Actor.member(alice), material=text, body="Other words.")
    client = client_for(alice)
    url = reverse("enablement:detail", args=(alice.tenant.slug, text.pk))
    assert "Other words." in client.get(url).content.decode()
    old = client.get(url, {"version": "1"}).content.decode()
    assert "The first words." in old
    assert "does not count any more" in old
    assert client.get(url, {"version": "9"}).status_code == 404
