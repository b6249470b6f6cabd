"""Who gets a request (REQ-3)."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.http import HttpResponse
from django.test import Client

from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.identity.absences.services import record_absence
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import tenant_scope
from requests.models import RoutingRule
from requests.routing.preview import preview_rule
from requests.routing.resource import ROUTING_RULES
from requests.routing.services import create_rule, switch_off_rule, update_rule
from tests.factories.advocates import catalogued
from tests.factories.routing import RoutingRuleFactory, RoutingTurnFactory
from tests.factories.tenancy import MembershipFactory
from tests.kit.resource import ResourceCase
from tests.requests.asking import MakeRequest
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


class TestRoutingRules(ResourceCase):
    """REQ-3.a: rules are written by the program, in the browser and over REST."""

    resource, factory = ROUTING_RULES, RoutingRuleFactory
    viewers = editors = "program_manager admin"
    new: ClassVar[dict[str, Any]] = {"segment": "smb", "region": "emea"}
    changed: ClassVar[dict[str, Any]] = {"region": "apac"}
    wrong: ClassVar[dict[str, Any]] = {"segment": "gigantic"}
    moves: ClassVar[dict[str, Any]] = {
        "switch_off": (editors, {}, "off"),
    }

    @pytest.fixture(autouse=True)
    def _named(self, _cast: None) -> None:
        with tenant_scope(self.tenant):
            self.manager = MembershipFactory(role="program_manager")
            RoutingTurnFactory(rule=self.row, member=self.manager)

    def post(self, name: str, values: Mapping[str, Any], *args: Any) -> HttpResponse:
        """With whom the requests go to, as the form wants it."""
        if name in ("new", "edit"):
            values = {"managers": str(self.manager.pk), **values}
        return super().post(name, values, *args)

    def whole(self, **changes: Any) -> dict[str, Any]:
        """The form's own fields; the managers are added above."""
        row: Any = self.row
        return {"segment": row.segment, "region": row.region, "position": row.position} | changes

    def test_create(self) -> None:
        """REQ-3.a: behind the others; nobody to give it to is refused at the field."""
        self.api.post = self._with_managers(self.api.post)  # type: ignore[method-assign]
        super().test_create()
        with tenant_scope(self.tenant):
            made = list(RoutingRule.objects.order_by("position").values_list("position", flat=True))
        assert made == [1, 2, 3]
        refused = self.post("new", {"managers": ""})
        assert refused.status_code == 422

    def _with_managers(self, post: Any) -> Any:
        def send(path: str, body: Any = None) -> Any:
            return post(path, {"managers": [str(self.manager.pk)], **(body or {})})

        return send

    def test_every_move_is_tried(self) -> None:
        """Switching on again has a test of its own: a row begins switched on."""
        assert {*self.moves, "switch_on"} == set(self.resource.services)
        path = f"routing-rules/{self.row.pk}/"
        assert self.api.post(f"{path}switch-off/").json()["state"] == "off"
        assert self.api.post(f"{path}switch-on/").json()["state"] == "in_use"
        assert self.post("switch-off", {}, self.row.pk).status_code == 302
        assert self.post("switch-on", {}, self.row.pk).status_code == 302


@pytest.fixture
def tom(membership: Callable[[str], Membership]) -> Membership:
    """A second program manager."""
    return membership("program_manager")


def rule(alice: Membership, *managers: Membership, **values: Any) -> RoutingRule:
    """A rule of Alice's."""
    return create_rule(actor=Actor.member(alice), managers=managers, **values)


def test_the_first_rule_that_fits_decides(
    make_request: MakeRequest, alice: Membership, tom: Membership
) -> None:
    """REQ-3.a: by type, size and region, in their order; what fits none goes to the fewest."""
    rule(alice, alice, region="emea", position=2)
    first = rule(alice, tom, region="emea", segment="enterprise", position=1)
    ours = make_request(region="emea", segment="enterprise")
    assert ours.manager == tom
    assert Event.objects.get(verb="request.submitted").payload["rule"] == str(first.pk)
    assert make_request(region="emea", segment="smb").manager == alice
    assert make_request(region="apac").manager is not None
    assert Event.objects.filter(verb="request.submitted", payload__rule=None).count() == 1
    switch_off_rule(actor=Actor.member(alice), rule=first)
    assert make_request(region="emea", segment="enterprise").manager == alice


def test_by_type(make_request: MakeRequest, alice: Membership, tom: Membership) -> None:
    """REQ-3.a: a rule for testimonials is none for calls."""
    rule(alice, tom, activity_type=catalogued("testimonial"))
    rule(alice, alice)
    assert make_request(code="testimonial").manager == tom
    assert make_request().manager == alice


def test_several_take_turns(make_request: MakeRequest, alice: Membership, tom: Membership) -> None:
    """REQ-3.a: round robin; who is named later has the next one, and the others keep theirs."""
    made = rule(alice, alice, tom)
    got = [make_request().manager for _number in range(4)]
    assert sorted([got[0].pk, got[1].pk]) == sorted([alice.pk, tom.pk])  # type: ignore[union-attr]
    assert got[:2] == got[2:]
    third = MembershipFactory(role="program_manager")
    update_rule(actor=Actor.member(alice), rule=made, managers=[alice, tom, third])
    assert make_request().manager == third
    assert make_request().manager == got[0]


def test_who_is_away_is_passed_over(
    make_request: MakeRequest, alice: Membership, tom: Membership
) -> None:
    """REQ-3.a, ID-1.c: the others have it meanwhile; where nobody is here, who stands in does."""
    today = product_clock.now().date()
    alone = rule(alice, tom)
    away = {"starts_on": today, "ends_on": today + timedelta(days=3)}
    record_absence(actor=Actor.member(tom), delegate=alice, **away)
    assert make_request().manager == alice
    update_rule(
        actor=Actor.member(alice),
        rule=alone,
        managers=[tom, third := MembershipFactory(role="program_manager")],
    )
    assert [make_request().manager for _number in range(2)] == [third, third]
    switch_off_rule(actor=Actor.member(alice), rule=alone)
    assert tom not in [make_request().manager for _number in range(3)]


def test_nobody_left_of_a_rule(
    make_request: MakeRequest, alice: Membership, tom: Membership
) -> None:
    """REQ-3.a: a rule whose managers do not run the program any more is passed over."""
    rule(alice, tom)
    Membership.objects.filter(pk=tom.pk).update(role="sales")
    assert make_request().manager == alice


def test_only_who_runs_the_program(alice: Membership, bob: Membership) -> None:
    """REQ-3.a, ID-2: neither writes a rule nor gets requests by one."""
    with pytest.raises(DomainError, match="does not run the program"):
        rule(alice, bob)
    with pytest.raises(NotAllowed):
        rule(bob, alice)


def test_last_month_by_a_rule(
    make_request: MakeRequest,
    alice: Membership,
    tom: Membership,
    bob: Membership,
    client_for: Callable[..., Client],
) -> None:
    """REQ-3.a: a rule is tried on last month before it is saved, on its page and over REST; what an
    earlier rule decides is not its own.
    """
    rule(alice, alice, segment="smb")
    with_it = [make_request(region="emea") for _number in range(3)]
    make_request(region="emea", segment="smb")
    found = preview_rule(RoutingRule(region="emea"), [tom, alice])
    assert found.seen == 4
    assert [each.request for each in found.routed] == with_it
    assert [count for _member, count in found.shares] == [2, 1]
    client = client_for(alice)
    form = {"region": "emea", "managers": [str(tom.pk)], "try": "1"}
    page = client.post("/t/acme/routing-rules/new/", form)
    assert page.status_code == 200
    text = page.content.decode()
    assert "3 of 4 requests would have gone to" in text
    assert with_it[0].reference in text
    assert RoutingRule.objects.count() == 1
    body = {"region": "emea", "managers": [str(tom.pk)]}
    told = api_for(alice).post("routing-rules/preview/", body).json()
    assert (told["seen"], told["decided"]) == (4, 3)
    assert {each["manager"] for each in told["requests"]} == {str(tom.pk)}
    assert api_for(alice).post("routing-rules/preview/", {"region": "emea"}).status_code == 422
    for nobody in ([], [str(bob.pk)]):  # whom saving refuses
        refused = api_for(alice).post("routing-rules/preview/", {**body, "managers": nobody})
        assert "managers" in refused.json()["errors"]
    saved = rule(alice, tom, region="emea")
    assert "3 of 4 requests" in client.get(f"/t/acme/routing-rules/{saved.pk}/").content.decode()
    code = {"managers": [str(tom.pk)], "activity_type": "reference_call"}
    assert api_for(alice).post("routing-rules/", code).json()["activity_type"] == "reference_call"
    listed = api_for(alice).get("routing-rules/?activity_type=reference_call").json()["results"]
    assert len(listed) == 1
    assert api_for(alice).get("routing-rules/?activity_type=nope").status_code == 400
