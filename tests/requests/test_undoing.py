"""A completion taken back, and people who leave: what becomes of requests and asks (TIER-7)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from activities.activities.booking import schedule_activity
from activities.activities.completion import void_activity
from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocates.joining.enrolment import pause_advocate, retire_advocate
from advocates.models import Advocate
from advocates.people.services import update_advocate
from requests.asks.choices import AskState
from requests.asks.sweeping import sweep_requests
from requests.models import Ask, Opportunity, Touchpoint
from requests.requests.choices import RequestState
from requests.requests.triage import close_request
from tests.factories.requests import OpportunityFactory, ReadyFactory
from tests.factories.tenancy import MembershipFactory
from tests.requests.asking import Done, MakeRequest, Send, accept, open_units
from tests.support.time import Clock


def void(ask: Ask, by: Membership) -> None:
    activity = Ask.objects.get(pk=ask.pk).activity
    assert activity is not None
    void_activity(actor=Actor.member(by), activity=activity, reason="It was another Ana")


def mails(kind: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("created_at"))


def test_a_completed_request_looks_for_somebody_again(
    make_request: MakeRequest, done: Done, alice: Membership, bob: Membership
) -> None:
    """TIER-7, REQ-2: back to asking; the deal loses its touchpoint, the requester is told."""
    deal: Opportunity = OpportunityFactory.create()
    request = make_request(opportunity=deal)
    (ask,) = done(request)
    assert request.reload().state == RequestState.COMPLETED
    assert Touchpoint.objects.filter(opportunity=deal).exists()
    void(ask, alice)
    assert request.reload().state == RequestState.OUTREACH
    assert request.completed_at is None
    assert ask.reload().state == AskState.CANCELLED
    assert not Touchpoint.objects.filter(opportunity=deal).exists()
    (mail,) = mails("request_voided")
    assert mail.to_email == bob.email
    assert "recorded as done in error" in mail.text
    # Why was written for the program; it may name who is not named to sales (VIS-1).
    assert "Ana" not in mail.subject + mail.text + request.state_reason
    assert [mail.state for mail in mails("request_completed")] == ["cancelled"]
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"request.reopened", "opportunity.untouched"} <= verbs


def test_done_again_is_told_again(make_request: MakeRequest, done: Done, alice: Membership) -> None:
    """REQ-2: the second completion counts like the first."""
    request = make_request()
    void(done(request)[0], alice)
    done(request.reload())
    assert request.reload().state == RequestState.COMPLETED
    assert [mail.state for mail in mails("request_completed")] == ["cancelled", "queued"]


def test_past_its_day_it_ends_unfilled(
    make_request: MakeRequest, done: Done, alice: Membership, clock: Clock
) -> None:
    """REQ-2.c: with the reason, in one mail; somebody can take it up again with a later day."""
    request = make_request()
    (ask,) = done(request)
    clock.advance(days=20)
    void(ask, alice)
    assert request.reload().state == RequestState.UNFILLED
    assert request.state_reason == "It had been recorded as done in error."
    assert not mails("request_voided")
    assert mails("request_unfilled")


def test_a_closed_request_is_marked(
    make_request: MakeRequest, done: Done, alice: Membership, bob: Membership
) -> None:
    """TIER-7: closed stays closed, says what was wrong, and its requester is told."""
    request = make_request()
    (ask,) = done(request)
    close_request(actor=Actor.member(bob), request=request.reload())
    void(ask, alice)
    assert request.reload().state == RequestState.CLOSED
    assert request.state_reason == "It had been recorded as done in error."
    assert "stays closed" in mails("request_voided")[0].text


def test_who_may_open_advocates_reads_why(
    make_request: MakeRequest, done: Done, alice: Membership
) -> None:
    """TIER-7, VIS-1: what the program wrote is for who knows the person anyway."""
    asker: Membership = MembershipFactory.create(role="csm")
    request = make_request(by=asker)
    (ask,) = done(request)
    void(ask, alice)
    assert "It was another Ana" in request.reload().state_reason
    assert "It was another Ana" in mails("request_voided")[0].text


def test_one_of_two_taken_back(make_request: MakeRequest, done: Done, alice: Membership) -> None:
    """REQ-2: the other stays, and one more is looked for."""
    request = make_request(needed_count=2)
    first, second = done(request, 2)
    assert request.reload().state == RequestState.COMPLETED
    void(first, alice)
    assert request.reload().state == RequestState.OUTREACH
    assert list(request.asks.filter(state=AskState.ACCEPTED)) == [second]


@pytest.mark.parametrize("how", ["retired", "paused", "never to be asked"])
def test_who_is_not_asked_any_more_has_no_open_ask(
    make_request: MakeRequest, send: Send, program: Tenant, alice: Membership, how: str
) -> None:
    """CAP-1.b, TIER-2.f: withdrawn kindly, the unit returns, the next is asked, the manager
    hears.
    """
    request = make_request()
    person: Advocate = ReadyFactory.create()
    (ask,) = send(request, person)
    OutgoingMail.objects.filter(subject_id=ask.pk).update(state="sent")
    other = Actor.member(MembershipFactory.create(role="admin"))
    if how == "retired":
        retire_advocate(actor=other, advocate=person, reason="Changed jobs")
    elif how == "paused":
        pause_advocate(actor=other, advocate=person)
    else:
        update_advocate(actor=other, advocate=person, readiness="not_a_fit")
    assert ask.reload().state == AskState.CANCELLED
    assert open_units(person) == 0
    (kind,) = mails("ask_cancelled")
    assert kind.to_email == person.email
    assert ("preferences" in kind.text) == (how != "retired")
    assert [mail.to_email for mail in mails("request_left")] == [alice.email]
    assert request.reload().check_at is not None
    ReadyFactory.create()
    sweep_requests(program.pk)
    assert request.reload().state == RequestState.OUTREACH


def test_who_did_it_is_not_told(make_request: MakeRequest, send: Send, alice: Membership) -> None:
    """CAP-1: no mail about one's own press; and nothing happens to asks of other people."""
    (ask,) = send(make_request(), ReadyFactory.create())
    stranger: Advocate = ReadyFactory.create()
    retire_advocate(actor=Actor.member(alice), advocate=stranger, reason="Moved on")
    assert ask.reload().state == AskState.SENT
    retire_advocate(actor=Actor.member(alice), advocate=ask.advocate, reason="Moved on")
    assert ask.reload().state == AskState.CANCELLED
    assert not mails("request_left")


def test_what_is_booked_becomes_a_question(
    make_request: MakeRequest,
    send: Send,
    alice: Membership,
    client_for: Callable[[Membership | None], Client],
) -> None:
    """ACT-1: nothing is called off over anybody's head; whoever is in charge is asked."""
    (ask,) = send(make_request(), ReadyFactory.create())
    accept(ask)
    activity = ask.reload().activity
    assert activity is not None
    starts = product_clock.now() + timedelta(days=2)
    schedule_activity(
        actor=Actor.member(alice),
        activity=activity,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
    )
    page = f"/t/acme/activities/{activity.pk}/"
    question = "has left the program. Does this still take place?"
    client = client_for(alice)
    assert question not in client.get(page).text
    other = Actor.member(MembershipFactory.create(role="admin"))
    retire_advocate(actor=other, advocate=ask.advocate, reason="Changed jobs")
    assert activity.reload().state == "scheduled"
    (mail,) = mails("activity-in-question")
    assert (mail.to_email, mail.path) == (alice.email, page)
    assert Event.objects.filter(verb="activity.questioned", subject_id=activity.pk).count() == 1
    assert question in client.get(page).text
