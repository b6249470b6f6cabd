"""Who does what, who answers for the program, and with how much of their time (RSP-1)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from advocates.models import ActivityType
from advocates.responsibilities import selectors, services
from advocates.responsibilities.steps import Step, steps_of
from benefits.thanks.choices import ThankYouKind
from benefits.thanks.owners import owner_of
from tests.factories.advocates import AccountFactory, catalogued
from tests.support.program import make_program
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


def roles(kind: ActivityType) -> dict[str, str]:
    return {each.step.value: each.role for each in selectors.roles_of(kind)}


def test_the_matrix_starts_as_in_the_table(scope: Any) -> None:
    """RSP-1.a: per type and step one role; a step that a type does not have is nobody's."""
    assert roles(catalogued("reference_call")) == {
        "find": "csm",
        "ask": "program_manager",
        "prepare": "csm",
        "brief": "sales",
        "schedule": "program_manager",
        "run": "program_manager",
        "outcome": "sales",
        "thank": "csm",
    }
    assert roles(catalogued("review"))["run"] == "marketing"
    assert roles(catalogued("referral"))["referral"] == "sales"
    assert roles(catalogued("product_feedback"))["feedback"] == "product"
    assert roles(catalogued("case_study"))["publish"] == "marketing"


def test_a_role_is_chosen_for_all_types_or_for_one(alice: Membership, scope: Any) -> None:
    """RSP-1.a: one's own before everybody's before the usual; each change is an event."""
    actor, call, study = Actor.member(alice), catalogued("reference_call"), catalogued("case_study")
    services.set_roles(actor=actor, activity_type=None, roles={"prepare": "marketing"})
    services.set_roles(actor=actor, activity_type=call, roles={"prepare": "sales"})
    services.set_roles(actor=actor, activity_type=call, roles={"prepare": "sales"})
    assert roles(call)["prepare"] == "sales"
    assert roles(study)["prepare"] == "marketing"
    services.set_roles(actor=actor, activity_type=call, roles={"prepare": ""})
    assert roles(call)["prepare"] == "marketing"
    assert Event.objects.filter(verb="responsibilities.changed").count() == 3
    for wrong in ({"prepare": "boss"}, {"brief": "sales"}, {"party": "sales"}):
        with pytest.raises(DomainError):
            services.set_roles(actor=actor, activity_type=study, roles=wrong)


def test_who_that_is(scope: Any, alice: Membership, membership: Any) -> None:
    """RSP-1.b: never nobody while there is a program manager: whoever is gone is skipped."""
    csm, gone, bob = membership("csm"), membership("csm", is_active=False), membership("sales")
    account = AccountFactory(owner=csm)
    person = selectors.person_for
    assert person("csm", account=account) == csm
    assert person("csm", account=AccountFactory(owner=gone), manager=alice) == alice
    assert person("csm", account=AccountFactory(owner=None)) == alice
    assert person("sales", requester=bob) == bob
    assert person("sales") == alice
    assert person("product") == alice
    product = membership("product")
    assert person("product") == product
    second = membership("program_manager")
    services.update_program(actor=Actor.member(alice), owner=second)
    assert person("sales") == second


def test_who_thanks_is_said_there_too(scope: Any, alice: Membership, membership: Any) -> None:
    """RSP-1.a: a role chosen for thanking comes before the effort's."""
    program = make_program(manager=alice)
    activity = program.completed()
    assert owner_of(ThankYouKind.PERSONAL, "low", activity) == program.csm
    services.set_roles(actor=program.actor, activity_type=None, roles={"thank": "program_manager"})
    assert owner_of(ThankYouKind.PERSONAL, "low", activity) == alice


def test_the_program_has_an_owner_and_its_managers_a_share(
    scope: Any, alice: Membership, membership: Any
) -> None:
    """RSP-1.c: somebody who runs programs, part-time if so; without one the longest-serving."""
    actor, sales = Actor.member(alice), membership("sales")
    assert selectors.accountable_owner() == alice
    assert selectors.share_of(alice) == 100
    services.set_share(actor=actor, member=alice, percent=50)
    assert selectors.shares() == [(alice, 50)]
    for call in (
        lambda: services.set_share(actor=actor, member=alice, percent=0),
        lambda: services.set_share(actor=actor, member=alice, percent=101),
        lambda: services.set_share(actor=actor, member=sales, percent=50),
        lambda: services.update_program(actor=actor, owner=sales),
    ):
        with pytest.raises(DomainError):
            call()
    with pytest.raises(NotAllowed):
        services.update_program(actor=Actor.member(sales), name="Ours")


def test_in_the_browser(scope: Any, alice: Membership, client_for: Callable[..., Client]) -> None:
    """RSP-1.a, RSP-1.c: looked at, changed for every type and for one; what is wrong is said."""
    kind, client, slug = catalogued("reference_call"), client_for(alice), alice.tenant.slug
    whole = dict.fromkeys((step.value for step in Step), "")
    every = reverse("responsibilities", args=(slug,))
    assert client.post(every, {**whole, "run": "marketing"}).status_code == 302
    one = reverse("type-responsibilities", args=(slug, kind.code))
    sent = {step.value: "" for step in steps_of(kind)}
    assert client.post(one, {**sent, "brief": "csm"}).status_code == 302
    assert client.post(one, {**sent, "brief": "boss"}).status_code == 422
    selectors.forget_roles()
    assert roles(kind)["run"] == "marketing"
    assert roles(kind)["brief"] == "csm"
    page = reverse("program", args=(slug,))
    share = f"share_{alice.pk}"
    assert client.post(page, {"name": "Voices", "owner": alice.pk, share: 40}).status_code == 302
    assert client.post(page, {"name": "Voices", "owner": alice.pk, share: 0}).status_code == 422
    shown = client.get(reverse("who-does-what", args=(slug,))).content.decode()
    assert "Voices" in shown
    assert "40 % of the working time" in shown
    assert "<strong>Marketing</strong>" in shown


def test_over_rest(scope: Any, alice: Membership, membership: Any) -> None:
    """RSP-1.a, RSP-1.c: the matrix and the program are read and written."""
    kind, api = catalogued("reference_call"), api_for(alice)
    path = f"settings/responsibilities/{kind.code}/"
    changed = api.patch(path, {"brief": "marketing"})
    assert {"step": "brief", "role": "marketing", "usual": "sales", "own": True} in changed.json()[
        "steps"
    ]
    assert api.patch(path, {"brief": "boss"}).status_code in {400, 422}
    assert api.patch(path, {"publish": "sales"}).status_code == 422
    assert api.patch("settings/responsibilities/every-type/", {"run": "csm"}).status_code == 200
    listed = api.get("settings/responsibilities/").json()
    assert listed[0]["type"] == "every-type"
    assert kind.code in {each["type"] for each in listed}
    body = {
        "name": "Voices",
        "owner": str(alice.pk),
        "shares": [{"member": str(alice.pk), "percent": 25}],
    }
    assert api.patch("settings/program/", body).json() == {**body, "accountable": str(alice.pk)}
    twice = [*body["shares"], {"member": str(alice.pk), "percent": 30}]
    seller = [*body["shares"], {"member": str(membership("sales").pk), "percent": 30}]
    for shares in (twice, seller):
        refused = api.patch("settings/program/", {"name": "Other", "shares": shares})
        assert (refused.status_code, set(refused.json()["errors"])) == (422, {"shares.1.member"})
    assert api.get("settings/program/").json()["name"] == body["name"]
