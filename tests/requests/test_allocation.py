"""All open requests at once (MAT-4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from advocacy import clock
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, NotAllowed
from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from requests.allocation import candidates
from requests.allocation.plan import Plan, Priority, make_plan
from requests.allocation.services import send_plan
from requests.models import Ask, Request
from tests.factories.advocates import open_wide
from tests.factories.requests import ReadyFactory
from tests.requests.asking import Send
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db

MakeRequest = Callable[..., Request]


def near(industry: str, **more: object) -> Advocate:
    """Somebody of this industry whose company fits."""
    return ReadyFactory(account__industry=industry, account__region="emea", **more)


def who(plan: Plan) -> dict[str, list[Advocate]]:
    return {line.request.prospect: [it.advocate for it in line.chosen] for line in plan.lines}


def test_the_only_one_is_left_for_whom_nobody_else_fits(make_request: MakeRequest) -> None:
    """MAT-4.a, MAT-4.c: first come, first served would use the one advocate up who fits both; the
    plan fills both, says what that gains, and asks nobody twice (MAT-4.b).
    """
    open_wide()
    both = near("Finance", function="IT", seniority="executive")
    other = near("Finance")
    first = make_request(prospect="First", industry="Finance", persona_function="IT", region="emea")
    make_request(
        prospect="Second",
        industry="Aviation",
        persona_function="IT",
        persona_seniority="executive",
    )
    plan = make_plan()
    assert who(plan) == {"First": [other], "Second": [both]}
    assert (plan.gets.filled, plan.first_come.filled, plan.places) == (2, 1, 2)
    line = next(line for line in plan.lines if line.request == first)
    assert [it.advocate for it in line.first_come] == [both]
    assert plan.spared == []


def test_who_is_urgent_comes_first(make_request: MakeRequest) -> None:
    """MAT-4.a: of two requests for one advocate the rushed one gets them, then what is needed
    sooner; who would fit better does not matter.
    """
    open_wide()
    near("Finance")
    today = clock.now().date()
    make_request(prospect="Fits better", industry="Finance", region="emea")
    soon = make_request(prospect="Sooner", region="emea", needed_by=today + timedelta(days=12))
    assert list(who(make_plan())["Sooner"]) and not who(make_plan())["Fits better"]
    Request.objects.filter(pk=soon.pk).update(needed_by=today + timedelta(days=30))
    assert who(make_plan())["Fits better"]
    make_request(
        prospect="Rushed", region="emea", needed_by=today + timedelta(days=1), rush_reason="Board."
    )
    plan = make_plan()
    assert plan.lines[0].priority == Priority.RUSH
    assert [name for name, people in who(plan).items() if people] == ["Rushed"]


def test_very_many_are_allocated_in_parts(
    make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MAT-4.c: the most urgent first, and the page says how many are left for later."""
    near("Retail"), near("Energy")
    make_request(
        prospect="Later", industry="Retail", needed_by=clock.now().date() + timedelta(days=40)
    )
    make_request(
        prospect="Sooner", industry="Energy", needed_by=clock.now().date() + timedelta(days=30)
    )
    whole = make_plan()
    assert (len(whole.lines), whole.later) == (2, 0)
    monkeypatch.setattr("requests.allocation.plan.AT_ONCE", 1)
    plan = make_plan()
    assert [line.request.prospect for line in plan.lines] == ["Sooner"]
    assert (plan.gets.filled, plan.later) == (1, 1)


def test_limits_of_the_company_hold_across_requests(make_request: MakeRequest) -> None:
    """MAT-4.b, CAP-7.d: three colleagues, three requests, two asks at once allowed at a company;
    the same where only the units of the year bind.
    """
    policy = open_wide(account_open=2)
    first = near("Finance")
    for _ in range(2):
        ReadyFactory(account=first.account)
    for n in range(3):
        make_request(prospect=f"Prospect {n}", industry="Finance", region="emea")
    assert make_plan().gets.filled == 2
    policy.account_open, policy.account_units_per_year = 10, 1
    policy.save()
    plan = make_plan()
    assert (plan.gets.filled, sum(line.missing for line in plan.lines)) == (1, 2)


def test_whoever_wants_a_reason_is_not_proposed(make_request: MakeRequest) -> None:
    """MAT-4.b, CAP-5.b: a warning wants words of a person, so the plan leaves it to one; a poor fit
    is not proposed either, and what is asked already has no open place.
    """
    open_wide()
    near("Finance", account__health=70)
    make_request(industry="Finance", region="emea")
    assert make_plan().gets.filled == 0


def test_looking_at_few_finds_what_looking_at_all_finds(
    make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MAT-4.a: lists that begin short are looked at further where that can change the plan."""
    open_wide()
    for n in range(14):
        near("Finance", account__health=82 + n)
    for n in range(3):
        make_request(prospect=f"Prospect {n}", industry="Finance", region="emea", needed_count=2)
    whole = make_plan()
    monkeypatch.setattr(candidates, "_FIRST", 0)
    few = make_plan()
    assert few.gets == whole.gets
    assert few.gets.filled == 6


def test_a_plan_is_sent_as_it_was_shown(
    make_request: MakeRequest, alice: Membership, bob: Membership
) -> None:
    """MAT-4.c: one batch of ordinary asks; only for whoever runs the program; sent once."""
    open_wide()
    people = {near("Finance"), near("Finance")}
    for n in range(2):
        make_request(prospect=f"Prospect {n}", industry="Finance", region="emea")
    plan = make_plan()
    with pytest.raises(NotAllowed):
        send_plan(actor=Actor.member(bob), fingerprint=plan.fingerprint)
    sent = send_plan(actor=Actor.member(alice), fingerprint=plan.fingerprint)
    assert {ask.advocate for ask in sent} == people
    assert {ask.request.state for ask in Ask.objects.select_related("request")} == {"outreach"}
    assert OutgoingMail.objects.filter(kind="ask").count() == 2
    assert all(ask.slots.count() for ask in sent)
    with pytest.raises(Conflict) as again:
        send_plan(actor=Actor.member(alice), fingerprint=plan.fingerprint)
    assert again.value.code == "plan_changed"
    with pytest.raises(Conflict) as empty:
        send_plan(actor=Actor.member(alice), fingerprint=make_plan().fingerprint)
    assert empty.value.code == "plan_empty"


def test_a_plan_the_world_has_left_behind_sends_nothing(
    make_request: MakeRequest, send: Send, client_for: Callable[..., Client], alice: Membership
) -> None:
    """MAT-4.c: somebody of the plan was asked meanwhile: nothing goes out, the page says so and
    shows the plan as it is now, which can be sent.
    """
    open_wide(account_open=1)
    people = [near("Finance") for _ in range(3)]
    requests = [
        make_request(prospect=f"Prospect {n}", industry="Finance", region="emea") for n in range(2)
    ]
    client = client_for(alice)
    address = f"/t/{alice.tenant.slug}/requests/allocation/"
    page = client.get(address)
    assert "2 of 2 open places get an ask." in page.content.decode()
    old = page.context["object"]
    taken = who(old)["Prospect 0"][0]
    send(requests[1], taken)
    answer = client.post(address, {"fingerprint": old.fingerprint})
    assert answer.status_code == 409
    assert "Things have changed since this plan was made" in answer.content.decode()
    assert Ask.objects.count() == 1
    new = answer.context["object"]
    assert (new.fingerprint != old.fingerprint, new.gets.filled) == (True, 1)
    answer = client.post(address, {"fingerprint": new.fingerprint}, follow=True)
    assert "Sent to " in answer.content.decode()
    assert Ask.objects.exclude(advocate=taken).get().advocate in people


def test_over_rest(make_request: MakeRequest, alice: Membership) -> None:
    """MAT-4.a, MAT-4.c: the same plan, sent by its fingerprint; another one is refused."""
    open_wide()
    advocate = near("Finance")
    request = make_request(industry="Finance", region="emea")
    api = api_for(alice)
    found = api.get("/api/v1/requests/allocation/").json()
    (line,) = found["lines"]
    assert (line["request"], line["priority"], line["missing"]) == (str(request.pk), "usual", 0)
    assert [it["advocate"] for it in line["proposed"]] == [str(advocate.pk)]
    assert (
        found["gets"]
        == found["first_come"]
        == {
            "filled": 1,
            "urgent": 0,
            "fit": line["proposed"][0]["fit"],
        }
    )
    refused = api.post("/api/v1/requests/allocation/", {"fingerprint": "0"})
    assert (refused.status_code, refused.json()["code"]) == (409, "plan_changed")
    sent = api.post("/api/v1/requests/allocation/", {"fingerprint": found["fingerprint"]})
    assert (sent.status_code, len(sent.json()["asks"])) == (201, 1)
