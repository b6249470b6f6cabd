"""Who could tell the next case study, and the steps of one (AST-4)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from activities.models import PlaybookStep
from activities.playbooks.seeds import seed_playbooks
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenant_settings.services import change_settings
from advocates.joining.settings import RECRUITING
from advocates.models import Advocate
from requests.case_subjects.selectors import subjects
from requests.case_subjects.words import reasons
from requests.requests.settings import REQUESTS
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import OutcomeFactory, catalogued
from tests.factories.assets import AssetFactory
from tests.factories.requests import ReadyFactory
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def make(program: Tenant, alice: Membership) -> Callable[..., Advocate]:
    """People at companies of their own; the program aims at energy."""
    catalogued("case_study")
    change_settings(
        actor=Actor.member(alice), family=RECRUITING, values={"profile_industries": ["Energy"]}
    )

    def one(name: str, industry: str = "energy ", **about: Any) -> Advocate:
        person: Advocate = ReadyFactory(
            first_name="", last_name=name, account__industry=industry, **about
        )
        return person

    return one


def test_industry_result_and_how_they_tell_it(make: Callable[..., Advocate]) -> None:
    """AST-4.a, ADV-3.b: each weighs as the tenant says; each is said, also where it is missing."""
    best, told, retail, unknown, has_one = (
        make("Best"),
        make("Told"),
        make("Retail", "Retail"),
        make("Unknown"),
        make("Has one"),
    )
    OutcomeFactory(advocate=best, may_be_quoted=True)
    OutcomeFactory(advocate=best, before="", after="", narrative="Everybody is glad.")
    OutcomeFactory(advocate=told, before="", after="", narrative="Everybody is glad.")
    OutcomeFactory(advocate=retail, before="", after="35 days")
    OutcomeFactory(advocate=has_one)
    AssetFactory(kind="case_study", advocate=has_one, state="draft")
    Advocate.objects.filter(pk=best.pk).update(communication_skill=4)
    for rating in (5, 4):
        ActivityFactory(advocate=best, completed=True, requester_rating=rating)
    found = subjects()
    by_name = {each.advocate.name: each for each in found.found}
    assert (found.have_one, found.unknown) == (1, 1) and unknown.name == "Unknown"
    # 30 for the industry, 45 for the result, 25 × 0.6 × (4.25 − 1) / 4 for the telling.
    assert {name: each.score for name, each in by_name.items()} == {
        "Best": 87,
        "Told": 44,
        "Retail": 27,
    }
    assert reasons(by_name["Best"]) == [
        "energy: you aim at it, and have no case study there.",
        "Time to hire: 60 days → 35 days, and it may be quoted.",
        "Speaks 4 of 5, rated 4.5 of 5 by 2 people who heard them.",
    ]
    assert reasons(by_name["Retail"]) == [
        "Retail is not an industry you aim at.",
        "Time to hire 35 days; ask whether it may be quoted.",
        "How they tell things is not known.",
    ]


def test_the_weights_and_the_aim_are_the_tenants(
    make: Callable[..., Advocate], alice: Membership
) -> None:
    """AST-4.a, SET-1.a: without an aim the industry does not count, and the rest is the whole."""
    OutcomeFactory(advocate=make("Best"))
    actor = Actor.member(alice)
    change_settings(actor=actor, family=RECRUITING, values={"profile_industries": []})
    assert [each.score for each in subjects().found] == [64]  # 45 of 70
    change_settings(actor=actor, family=REQUESTS, values={"subject_articulate": 0})
    (only,) = subjects().found
    assert (only.score, only.industry, len(reasons(only))) == (100, None, 2)


def test_who_cannot_be_asked_now_comes_after(make: Callable[..., Advocate]) -> None:
    """AST-4.a, MAT-2: by the rules of every ranking; whoever is at it is not proposed again."""
    first, second, third = make("First"), make("Second"), make("Third")
    for person in (first, second, third):
        OutcomeFactory(advocate=person)
    Advocate.objects.filter(pk=first.pk).update(status="paused")
    ActivityFactory(advocate=third, activity_type=catalogued("case_study"), state="planned")
    found = subjects()
    assert [(s.advocate.name, s.may_be_asked) for s in found.found] == [
        ("Second", True),
        ("First", False),
    ]
    assert found.have_one == 1


def test_in_the_browser_and_over_rest(
    make: Callable[..., Advocate],
    client_for: Callable[[Membership], Client],
    membership: Callable[..., Membership],
    alice: Membership,
    bob: Membership,
    tenant: Tenant,
) -> None:
    """AST-4.a: to the program and marketing, with the way on; sales learn nothing of it (VIS-1)."""
    address = f"/t/{tenant.slug}/requests/case-subjects/"
    empty = client_for(alice).get(address)
    assert "Nobody to propose yet" in empty.content.decode()
    person = make("Best <b>")
    OutcomeFactory(advocate=person)
    marketing = membership("marketing")
    for member in (alice, marketing):
        page = client_for(member).get(address).content.decode()
        assert "Best &lt;b&gt;" in page and "75 of 100" in page
    assert f"/requests/asks/of/{person.pk}/" in client_for(alice).get(address).content.decode()
    page = client_for(marketing).get(address).content.decode()
    assert f"/assets/new/?kind=case_study&amp;advocate={person.pk}" in page
    assert client_for(bob).get(address).status_code == 403
    answer = api_for(marketing).get("requests/case-subjects/").json()
    (row,) = answer["subjects"]
    assert (row["advocate"], row["score"], row["may_be_asked"]) == (str(person.pk), 75, True)
    assert answer["industries"] == ["Energy"]
    assert api_for(bob).get("requests/case-subjects/").status_code == 403


def test_the_steps_of_a_case_study(program: Tenant) -> None:
    """AST-4.b: from the first talk to publication, the outline approved before anything is written;
    each has somebody who does it and a day counted from the yes, or from the interview.
    """
    kind = catalogued("case_study")
    seed_playbooks()
    steps = PlaybookStep.objects.filter(activity_type=kind).order_by("position")
    assert [step.code for step in steps] == [
        *("scope", "outline", "outline_approved", "guide", "interview", "draft", "review"),
        *("approved", "final_edit", "link"),
    ]
    assert all(step.step and step.anchor for step in steps)
    by_code = {step.code: step for step in steps}
    assert by_code["outline"].days < by_code["outline_approved"].days < by_code["interview"].days
