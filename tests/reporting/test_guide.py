"""The set-up guide (ACT-3), and what a new tenant starts with (CAT-1)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import ActivityType, Outcome, Participation
from advocates.people.choices import Importance
from advocates.pilot.services import choose_types
from advocates.program.catalogue.maturity import next_types, not_running, running_types
from advocates.program.catalogue.seeds import CATALOGUE
from advocates.program.catalogue.services import create_activity_type, update_activity_type
from advocates.program.services import set_up_program
from advocates.responsibilities.services import update_program
from advocates.strategy.parts import PARTS
from advocates.strategy.services import write_sheet
from reporting.guide.months import facts_of, months_of
from reporting.guide.steps import steps_for
from tests.factories.advocates import ActivityTypeFactory, AdvocateFactory, ParticipationFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.program import make_program
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


def undone(member: Membership) -> list[str]:
    return [step.code for step in steps_for(member) if not step.done]


def test_a_new_tenant_starts_with_the_must_haves(scope: Tenant) -> None:
    """CAT-1.a, ACT-3.b: every type of the table, only the must-haves on; each says how it goes and
    how long it takes (CAT-1.b).
    """
    set_up_program()
    kinds = list(ActivityType.objects.all())
    assert [kind.code for kind in kinds] == [seed.code for seed in CATALOGUE]
    assert len(kinds) == 24
    for kind in kinds:
        assert kind.is_on is (kind.importance == Importance.MUST)
        assert kind.step_list
        assert kind.minutes_high


def test_the_steps_are_done_by_facts(
    alice: Membership, scope: Tenant, client_for: Callable[..., Client]
) -> None:
    """ACT-3.d: each step ticks itself when what it asks for is there."""
    set_up_program()
    Membership.objects.exclude(pk=alice.pk).update(is_active=False)
    assert undone(alice) == [
        *("owner", "calendar", "import", "strategy", "types", "colleagues", "people")
    ]
    actor = Actor.member(alice)
    update_program(actor=actor, name="Voices", owner=alice)
    write_sheet(actor=actor, goals="Ten references")
    assert "strategy" in undone(alice)
    write_sheet(actor=actor, **dict.fromkeys(PARTS, "Written"))
    choose_types(actor=actor)
    choose_types(actor=actor)
    MembershipFactory(role="sales")
    AdvocateFactory.create_batch(10)
    assert undone(alice) == ["calendar"]
    page = client_for(alice).get(reverse("setup", args=(alice.tenant.slug,))).content.decode()
    assert "1 step to your first reference call" in page
    assert "6 of 7 done" in page
    ParticipationFactory(
        activity_type=ActivityTypeFactory(is_reference=True),
        origin="volunteered",
        units=0,
        completed=True,
    )
    page = client_for(alice).get(reverse("setup", args=(alice.tenant.slug,))).content.decode()
    assert "1 step of the foundation is open" in page


def test_the_months_show_how_far_it_is(alice: Membership, scope: Tenant) -> None:
    """ACT-3.d: month 1 counts people with a written outcome, month 2 what runs and what was
    answered, month 3 thirty people.
    """
    program = make_program(manager=alice)
    Outcome.objects.create(advocate=program.advocate, metric="Days to close", after="3")
    AdvocateFactory()

    def now() -> list[list[tuple[int, int]]]:
        kinds = list(ActivityType.objects.all())
        months = months_of(facts_of(kinds, running_types()))
        return [[(part.value, part.goal) for part in month.progress] for month in months]

    assert now() == [[(2, 10), (1, 10)], [(0, 5), (0, 1), (0, 1)], [(2, 30)]]
    program.completed("testimonial")
    assert now()[1][0] == (1, 5)


def test_a_must_have_that_does_not_run_warns(
    alice: Membership, scope: Tenant, client_for: Callable[..., Client]
) -> None:
    """ACT-3.a: none completed in the last 90 days; on the guide and where types are switched."""
    program = make_program(manager=alice)
    program.completed("testimonial")
    program.completed("reference_call", hours_ago=24 * 91)
    kinds = list(ActivityType.objects.all())
    codes = {kind.code for kind in not_running(kinds)}
    assert codes == {
        *("short_reference_call", "reference_call", "executive_reference_call", "review")
    }
    page = (
        client_for(alice)
        .get(reverse("settings-activity-types", args=(alice.tenant.slug,)))
        .content.decode()
    )
    assert "none completed in the last 90 days" in page


def test_the_next_types_are_proposed_and_switched_on(
    alice: Membership, scope: Tenant, client_for: Callable[..., Client]
) -> None:
    """ACT-3.e: once those before run, with the manager's yes; must → important → nice."""
    program = make_program(manager=alice)
    ActivityType.objects.exclude(importance="must").update(is_on=False)
    kinds = list(ActivityType.objects.all())
    proposed = next_types(kinds, running_types())
    assert (proposed.level, proposed.kinds) == (Importance.IMPORTANT, [])
    assert len(proposed.first) == 5
    must = [kind for kind in kinds if kind.is_on]
    for kind in must:
        program.completed(kind.code)
    proposed = next_types(kinds, running_types())
    assert {kind.importance for kind in proposed.kinds} == {Importance.IMPORTANT}
    client, slug = client_for(alice), alice.tenant.slug
    page = client.get(reverse("setup", args=(slug,))).content.decode()
    chosen = proposed.kinds[0]
    url = reverse("setup-switch-on", args=(slug, chosen.pk))
    assert url in page
    assert client.post(url).status_code == 302
    assert chosen.reload().is_on
    told = api_for(alice).get("settings/setup/").json()
    assert chosen.code not in told["proposed"]
    assert told["not_running"] == []
    ActivityType.objects.filter(importance="important").update(is_on=True)
    kinds = list(ActivityType.objects.all())
    assert next_types(kinds, running_types()).kinds == []
    running = {kind.pk for kind in kinds}
    assert {kind.importance for kind in next_types(kinds, running).kinds} == {Importance.NICE}


def test_must_haves_are_proposed_at_once(alice: Membership, scope: Tenant) -> None:
    """ACT-3.e: what a program needs first waits for nothing."""
    set_up_program()
    ActivityType.objects.filter(code="review").update(is_on=False)
    found = next_types(ActivityType.objects.all(), set())
    assert [kind.code for kind in found.kinds] == ["review"]


def test_today_of_an_empty_tenant_leads_there(
    alice: Membership, scope: Tenant, client_for: Callable[..., Client]
) -> None:
    """ACT-3.d: the guide's steps stand on Today until the program has begun."""
    slug = alice.tenant.slug
    page = client_for(alice).get(reverse("today", args=(slug,))).content.decode()
    assert reverse("setup", args=(slug,)) in page
    assert "Name the program and its owner" in page


def test_a_type_of_ones_own(
    alice: Membership, scope: Tenant, client_for: Callable[..., Client]
) -> None:
    """CAT-1.a: added in the browser and over REST, asked for at once; its code is its own."""
    set_up_program()
    client, slug = client_for(alice), alice.tenant.slug
    body: dict[str, Any] = {
        "code": "podcast",
        "name": "Podcast",
        "description": "A talk for our podcast",
        "steps": "You get the questions\nWe record",
        "importance": "nice",
        "effort": "moderate",
        "minutes_low": 30,
        "minutes_high": 60,
        "units": 1,
        "tier_credit": "yes",
        "rewards": "yes",
        "reach": "global",
        "is_on": True,
    }
    url = reverse("activity-type-new", args=(slug,))
    assert client.post(url, body).status_code == 302
    made = ActivityType.objects.get(code="podcast")
    assert made.step_list == ["You get the questions", "We record"]
    assert made.is_on
    assert client.post(url, body).status_code in {409, 422}
    assert client.post(url, {**body, "code": "b", "minutes_high": 5}).status_code == 422
    api = api_for(alice)
    added = api.post("activity-types/", {**body, "code": "radio", "name": "Radio"})
    assert added.status_code == 201, added.content
    assert added.json()["code"] == "radio"
    assert api.post("activity-types/", {**body, "code": "radio"}).status_code in {409, 422}
    assert api.patch(f"activity-types/{added.json()['id']}/", {"code": "tv"}).status_code == 422
    actor = Actor.member(alice)
    with pytest.raises(DomainError):
        create_activity_type(actor=actor, code="", name="Nameless")
    update_activity_type(actor=actor, activity_type=made, steps="One\n\nTwo")
    assert made.reload().step_list == ["One", "Two"]


def test_a_type_of_ones_own_is_worked_with(alice: Membership, scope: Tenant) -> None:
    """CAT-1.a: it takes a unit, is done and thanked for like those of the table."""
    program = make_program(manager=alice)
    kind = create_activity_type(
        actor=program.actor,
        code="podcast",
        name="Podcast",
        importance="nice",
        effort="moderate",
        minutes_low=30,
        minutes_high=60,
        tier_credit="yes",
        rewards="yes",
    )
    program.completed("podcast")
    unit = Participation.objects.get(activity_type=kind)
    assert unit.completed_at
    assert unit.completed_at <= clock.now()
