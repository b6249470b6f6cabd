"""How far a deal has to be before somebody is asked because of it (REQ-4)."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.test import Client

from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from requests.gates.checking import short_of
from requests.gates.resource import REQUEST_GATES
from requests.gates.services import create_gate, lift_gate, update_gate
from requests.models import Opportunity, Request, RequestGate
from requests.requests.choices import RequestState
from tests.factories.advocates import ActivityTypeFactory, catalogued
from tests.factories.gates import RequestGateFactory
from tests.factories.requests import OpportunityFactory
from tests.kit.resource import ResourceCase
from tests.requests.asking import MakeRequest
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


class TestGates(ResourceCase):
    """REQ-4.a: what a deal needs is said by the program, in the browser and over REST."""

    resource, factory = REQUEST_GATES, RequestGateFactory
    viewers = editors = "program_manager admin"
    new: ClassVar[dict[str, Any]] = {"activity_type": ActivityTypeFactory, "min_probability": "40"}
    changed: ClassVar[dict[str, Any]] = {"min_amount": "50000.00"}
    wrong: ClassVar[dict[str, Any]] = {"min_probability": "140"}


def test_stage_probability_amount(program: Tenant) -> None:
    """REQ-4.a: each is asked for by itself; what is unknown is missing, what is in another currency
    is not compared, and not believed of a deal that was typed in; what is won has been qualified.
    """
    kind = catalogued("reference_call")
    gate: RequestGate = RequestGateFactory.create(activity_type=kind, min_stage="")
    usual = program.currency
    cases: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
        ({"min_stage": "qualified"}, {"stage": "open"}, False),
        ({"min_stage": "qualified"}, {"stage": "qualified"}, True),
        ({"min_stage": "qualified"}, {"stage": "won"}, True),
        ({"min_stage": "open"}, {"stage": "open"}, True),
        ({"min_stage": "open"}, {"stage": "lost"}, False),
        ({"min_probability": 40}, {"probability": 39}, False),
        ({"min_probability": 40}, {"probability": None}, False),
        ({"min_probability": 40}, {"probability": 40}, True),
        ({"min_amount": 1000}, {"amount": 999, "currency": usual}, False),
        ({"min_amount": 1000}, {"amount": None, "currency": ""}, False),
        ({"min_amount": 1000}, {"amount": 1000, "currency": usual}, True),
        ({"min_amount": 1000}, {"amount": 1, "currency": "JPY"}, True),
        ({"min_amount": 1000}, {"amount": 9e6, "currency": "JPY", "source": "typed"}, False),
        ({}, {"stage": "lost", "amount": None}, True),
    ]
    nothing = {"min_stage": "", "min_probability": None, "min_amount": None}
    for asked, has, goes in cases:
        RequestGate.objects.filter(pk=gate.pk).update(**{**nothing, **asked})
        deal = OpportunityFactory.create(**has)
        assert (short_of(kind, deal) == []) is goes, (asked, has)
        assert (short_of(kind, None) == []) is (not asked)


def test_it_is_said_at_once_and_refused_at_submission(
    make_request: MakeRequest,
    alice: Membership,
    bob: Membership,
    client_for: Callable[..., Client],
) -> None:
    """REQ-4.a: on the form before anything is sent, then with what is missing and who may let it
    through; a draft may wait, nothing half-done is left.
    """
    kind = catalogued("reference_call")
    create_gate(actor=Actor.member(alice), activity_type=kind, min_stage="qualified")
    deal: Opportunity = OpportunityFactory.create(stage="open", name="Isdom rollout")
    needed = str(product_clock.now().date().replace(day=28))
    form = {"opportunity": str(deal.pk), "activity_type": str(kind.pk), "needed_by": needed}
    form |= {"needed_count": "1", "meeting_format": "video"}
    client = client_for(bob)
    said = client.post("/t/acme/requests/new/", {**form, "_look": "1"}).content.decode()
    assert "a qualified deal" in said
    assert alice.name in said
    refused = client.post("/t/acme/requests/new/", form)
    assert refused.status_code == 422
    assert "a qualified deal (it is open)" in refused.content.decode()
    assert not Request.objects.exists()
    draft = make_request(opportunity=deal, submit=False)
    api = api_for(bob)
    warned = api.get(f"requests/{draft.pk}/").json()["warnings"]
    assert "gate" in [each["code"] for each in warned]
    answer = api.post(f"requests/{draft.pk}/submit/")
    assert answer.status_code == 422
    assert alice.name in answer.json()["errors"]["activity_type"][0]
    assert draft.reload().state == RequestState.DRAFT
    make_request(opportunity=deal, by=alice)
    make_request(opportunity=deal, code="testimonial")


def test_a_changed_request_is_held_to_it(
    make_request: MakeRequest, alice: Membership, bob: Membership
) -> None:
    """REQ-4.a: what was handed in does not become what could not be; all else may be changed, and
    the program changes what it likes.
    """
    create_gate(
        actor=Actor.member(alice), activity_type=catalogued("reference_call"), min_stage="qualified"
    )
    far, near = OpportunityFactory(stage="qualified"), OpportunityFactory(stage="open")
    sent = make_request(opportunity=far)
    other = make_request(opportunity=near, code="testimonial", detail="Onboarding")
    sales, path = api_for(bob), f"requests/{sent.pk}/"
    for body in ({"opportunity": str(near.pk)}, {"opportunity": None}):
        refused = sales.patch(path, body)
        assert (refused.status_code, refused.json()["code"]) == (422, "gate")
    turned = sales.patch(f"requests/{other.pk}/", {"activity_type": "reference_call"})
    assert "activity_type" in turned.json()["errors"]
    assert sent.reload().opportunity == far
    assert api_for(alice).patch(path, {"opportunity": str(near.pk)}).status_code == 200
    assert sales.patch(path, {"notes": "They are in a hurry"}).status_code == 200


def test_a_manager_lets_a_deal_through(
    make_request: MakeRequest,
    alice: Membership,
    bob: Membership,
    client_for: Callable[..., Client],
) -> None:
    """REQ-4.a: on its page or over REST, once and with a reason that stays out of the log."""
    kind, actor = catalogued("reference_call"), Actor.member(alice)
    gate = create_gate(actor=actor, activity_type=kind, min_stage="qualified")
    deal, other = OpportunityFactory.create_batch(2, stage="open")
    with pytest.raises(DomainError, match="needs"):
        make_request(opportunity=deal)
    page, lift = (f"/t/acme/opportunities/{deal.pk}/{part}" for part in ("", "let-through/"))
    assert lift in client_for(alice).get(page).content.decode()
    assert lift not in client_for(bob).get(page).content.decode()
    far = OpportunityFactory.create(stage="qualified")
    assert "let-through" not in client_for(alice).get(f"/t/acme/opportunities/{far.pk}/").text
    assert client_for(bob).post(lift, {"reason": "Please"}).status_code == 403
    assert client_for(alice).post(lift, {"reason": " "}).status_code == 422
    assert client_for(alice).post(lift, {"reason": "Board sponsor"}).status_code == 302
    assert "Board sponsor" in client_for(alice).get(page).content.decode()
    assert "Board" not in str(Event.objects.get(verb="opportunity.gate_lifted").payload)
    make_request(opportunity=deal.reload())
    with pytest.raises(Conflict):
        lift_gate(actor=actor, opportunity=deal, reason="Again")
    through = f"opportunities/{other.pk}/let-through/"
    assert api_for(bob).post(through, {"reason": "Please"}).status_code == 403
    assert api_for(alice).post(through, {"reason": "Strategic"}).json()["gate_lifted_at"]
    endless = api_for(alice).post(through, {"reason": "x" * 301}).json()["errors"]
    assert "300" in endless["reason"][0]
    with pytest.raises(NotAllowed):
        create_gate(actor=Actor.member(bob), activity_type=kind)
    with pytest.raises(DomainError, match="at least one") as refused:
        create_gate(actor=actor, activity_type=catalogued("testimonial"))
    assert "min_stage" in refused.value.fields
    update_gate(actor=actor, gate=gate, min_stage="")
    make_request()
