"""Whose what is about a request, an activity and a piece of content (RSP-1)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.services import approve_step
from activities.assets.models import Asset
from activities.assets.services import begin_asset, publish_asset, update_asset
from activities.duties.models import Duty
from activities.duties.services import hand_over_duty
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocates.responsibilities.services import set_roles
from requests.models import Ask
from tests.factories.advocates import ConsentFactory
from tests.factories.assets import AssetApprovalFactory, AssetFactory
from tests.factories.requests import ReadyFactory
from tests.requests.asking import MakeRequest, accept
from tests.support.program import Program, make_program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(clock: Clock, alice: Membership, scope: Tenant) -> Program:
    return make_program(manager=alice)


def told(member: Membership, path: str) -> dict[str, dict[str, Any]]:
    """Over REST, by step."""
    answer = api_for(member).get(f"{path}/duties/")
    assert answer.status_code == 200, answer.content
    return {line["step"]: line for line in answer.json()}


def approved(asset: Asset) -> Asset:
    """Everybody said yes."""
    for step in AssetApproval.objects.filter(asset=asset, state="waiting"):
        approve_step(actor=Actor.system("test"), approval=step, comment="By mail")
    return asset.reload()


def test_of_an_activity(world: Program, client_for: Callable[..., Client]) -> None:
    """RSP-1.b: each step with person and date on its page and over REST, the thank-you among them,
    as the matrix says.
    """
    activity = world.accepted()
    lines = told(world.manager, f"activities/{activity.pk}")
    assert {"schedule", "prepare", "brief", "run", "outcome"} <= set(lines)
    assert (lines["prepare"]["owner"], lines["prepare"]["owner_name"]) == (
        str(world.csm.pk),
        world.csm.name,
    )
    assert lines["schedule"]["due_at"]
    page = client_for(world.manager).get(f"/t/acme/activities/{activity.pk}/").content.decode()
    assert "Who does what" in page
    assert world.csm.name in page
    done = told(world.manager, f"activities/{world.completed().pk}")
    assert done["thank"]["owner"]


def test_of_a_request(
    make_request: MakeRequest, alice: Membership, bob: Membership, client_for: Callable[..., Client]
) -> None:
    """RSP-1.b: whoever was given it asks, by when it is promised; nobody before it is handed in;
    the requester reads the same.
    """
    assert told(bob, f"requests/{make_request(submit=False).pk}") == {}
    request = make_request()
    assert request.manager is not None
    for member in (alice, bob):
        line = told(member, f"requests/{request.pk}")["ask"]
        assert (line["owner"], line["owner_name"]) == (
            str(request.manager.pk),
            request.manager.name,
        )
        assert line["due_at"] is not None
        page = client_for(member).get(f"/t/acme/requests/{request.pk}/").content.decode()
        assert "Who does what" in page


def test_of_a_piece(
    world: Program, membership: Any, client_for: Callable[..., Client], clock: Clock
) -> None:
    """RSP-1.b: who produces and who publishes by the matrix, with the date; once it is approved it
    is the publisher's, and once it is out somebody tells the advocate. The library says nothing.
    """
    marketing, csm = membership("marketing"), world.csm
    set_roles(actor=world.actor, activity_type=None, roles={"produce": "csm"})
    asset = AssetFactory.create(
        advocate=world.advocate, owner=csm, confirmed=True, due_at=clock.now
    )
    lines = told(world.manager, f"assets/{asset.pk}")
    assert (lines["produce"]["owner"], lines["publish"]["owner"]) == (
        str(csm.pk),
        str(marketing.pk),
    )
    AssetApprovalFactory.create(asset=asset, assignee=csm)
    asset = approved(asset)
    assert (asset.state, asset.owner) == ("approved", marketing)
    lines = told(world.manager, f"assets/{asset.pk}")
    assert lines["produce"]["done_at"]
    assert (lines["publish"]["owner"], bool(lines["publish"]["due_at"])) == (
        str(marketing.pk),
        True,
    )
    page = client_for(world.manager).get(f"/t/acme/assets/{asset.pk}/").content.decode()
    assert "Who does what" in page
    ConsentFactory(advocate=world.advocate, use="quote", given_on=clock.now.date())
    publish_asset(actor=Actor.member(marketing), asset=asset)
    lines = told(world.manager, f"assets/{asset.pk}")
    assert lines["publish"]["done_at"]
    assert lines["thank"]["owner"] == str(csm.pk)
    assert told(membership("sales"), f"assets/{asset.pk}") == {}


def test_a_piece_and_its_activity_have_one_person(world: Program, membership: Any) -> None:
    """RSP-1.b: what an activity gave shares its duties, so that nothing is done twice: given to
    somebody in either place, it is theirs in both.
    """
    first, second = membership("marketing"), membership("marketing")
    activity = world.completed("testimonial")
    Asset.objects.filter(activity=activity).delete()
    produce = Duty.objects.create(activity=activity, step="produce", owner=first)
    Duty.objects.create(activity=activity, step="publish", owner=first)
    asset = begin_asset(
        actor=world.actor,
        kind="quote",
        advocate=world.advocate,
        activity=activity,
        title="What changed",
        owner=first,
    )
    assert told(world.manager, f"assets/{asset.pk}")["produce"]["duty"] == str(produce.pk)
    hand_over_duty(actor=world.actor, duty=produce, owner=second)
    assert asset.reload().owner == second
    update_asset(actor=world.actor, asset=asset, owner=first)
    assert produce.reload().owner == first


def leads(client: Client, page: str) -> set[str]:
    """Where a page leads of duties and approvals; each of them opens."""
    text = client.get(page).content.decode()
    assert "Who does what" in text
    found = set(re.findall(r'href="(/t/acme/(?:duties|asset-approvals)/[^"]+)"', text))
    assert {client.get(address).status_code for address in found} <= {200}
    return found


def test_an_executive_is_led_to_their_own(
    world: Program, membership: Callable[..., Membership], client_for: Callable[..., Client]
) -> None:
    """RSP-1.b, VIS-1: whose it is is read by all who see the piece; a link is there for what the
    reader may open.
    """
    ruth = membership("executive")
    activity = world.completed("testimonial")
    asset = begin_asset(
        actor=world.actor,
        kind="quote",
        advocate=world.advocate,
        title="Quicker",
        activity=activity,
    )
    own, _other = (
        AssetApprovalFactory(asset=asset, assignee=who, state="waiting", step=step)
        for who, step in ((ruth, "legal"), (world.manager, "customer"))
    )
    page = f"/t/acme/assets/{asset.pk}/"
    assert leads(client_for(ruth), page) == {f"/t/acme/asset-approvals/{own.pk}/"}
    assert len(leads(client_for(world.manager), page)) > 2


def test_the_requester_is_led_to_no_duty_of_others(
    make_request: MakeRequest,
    send: Callable[..., list[Ask]],
    bob: Membership,
    alice: Membership,
    client_for: Callable[..., Client],
) -> None:
    """RSP-1.b, VIS-1: sales reads whose it is, and no link leads to what is not theirs to open."""
    request = make_request()
    for ask in send(request, ReadyFactory()):
        accept(ask)
    page = f"/t/acme/requests/{request.pk}/"
    assert len(leads(client_for(alice), page)) > len(leads(client_for(bob), page))
