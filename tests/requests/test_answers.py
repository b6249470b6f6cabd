"""Answers to asks, and the request that follows (ASK-1, ASK-3, REQ-2, CAP-1)."""

from datetime import UTC, datetime

import pytest

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy.events.models import Event
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import Participation, Preference
from advocates.program.ledger.choices import ReleaseReason, UnitState
from requests.asks.answers import AlreadyAnswered, AskAnswer, answer_ask
from requests.asks.choices import AskState
from requests.asks.sweeping import sweep_requests
from requests.asks.taking_back import withdraw_ask
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from requests.requests.triage import accept_fewer, cancel_request, decline_request
from tests.factories.advocates import AccountFactory
from tests.factories.requests import ReadyFactory
from tests.requests.asking import MakeRequest, Send, accept, decline, of, open_units
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


def test_a_yes_plans_the_activity_on_the_same_unit(
    make_request: MakeRequest, send: Send, bob: Membership, alice: Membership
) -> None:
    """ASK-1.b, CAP-1.b, REQ-2.d: never counted twice; confirmed at 1 of 1; the requester hears of
    it.
    """
    request, advocate = make_request(), ReadyFactory()
    (ask,) = send(request, advocate)
    accept(ask, 2)
    activity = Activity.objects.get()
    assert activity.state == ActivityState.ACCEPTED
    assert activity.participation_id == ask.participation_id
    assert open_units(advocate) == 1
    assert ask.slots.filter(offered=True).count() == 2
    assert request.reload().state == RequestState.CONFIRMED
    assert OutgoingMail.objects.get(kind="request_confirmed").to_email == bob.email
    assert OutgoingMail.objects.get(kind="request_answered").to_email == alice.email


def test_one_mail_for_one_yes(make_request: MakeRequest, send: Send, alice: Membership) -> None:
    """MSG-1: who asked for it and runs it hears of a yes once, not as both."""
    request = make_request(by=alice)
    (ask,) = send(request, ReadyFactory())
    accept(ask)
    told = OutgoingMail.objects.filter(to_email=alice.email, kind__startswith="request_")
    assert [mail.kind for mail in told] == ["request_answered"]
    assert "said yes" in told[0].subject


def test_when_filled_the_others_are_released_with_thanks(
    make_request: MakeRequest, send: Send
) -> None:
    """ASK-3.a: their unit returns, they are thanked, and a late yes gets a friendly answer."""
    request, first, second = make_request(), ReadyFactory(), ReadyFactory()
    one, other = send(request, first, second)
    OutgoingMail.objects.filter(kind="ask").update(state=MailState.SENT)
    if one.advocate != first:
        one, other = other, one
    accept(one)
    assert other.reload().state == AskState.FILLED
    assert open_units(second) == 0
    thanks = OutgoingMail.objects.get(kind="ask_filled")
    assert thanks.to_email == second.email
    with pytest.raises(AlreadyAnswered) as refused:
        accept(other)
    assert refused.value.state == AskState.FILLED


def test_who_never_got_the_mail_gets_no_thanks_for_it(
    make_request: MakeRequest, send: Send
) -> None:
    """ASK-3.a: an ask still in the outbox is taken out, silently."""
    request, first, second = make_request(), ReadyFactory(), ReadyFactory()
    asks = {ask.advocate: ask for ask in send(request, first, second)}
    accept(asks[first])
    assert OutgoingMail.objects.get(kind="ask", to_email=second.email).state == MailState.CANCELLED
    assert not OutgoingMail.objects.filter(kind="ask_filled").exists()


@pytest.mark.parametrize(
    ("answer", "state", "released"),
    [
        (AskAnswer("decline"), AskState.DECLINED, ReleaseReason.DECLINED),
        (AskAnswer("decline", reason="Too busy."), AskState.DECLINED, ReleaseReason.DECLINED),
        (
            AskAnswer("later", later_on=datetime(2026, 3, 3).date()),
            AskState.LATER,
            ReleaseReason.LATER,
        ),
        (
            AskAnswer("someone_else", email="jo@customer.example"),
            AskState.SOMEONE_ELSE,
            ReleaseReason.SOMEONE_ELSE,
        ),
    ],
)
def test_every_other_answer_gives_the_unit_back(
    make_request: MakeRequest,
    send: Send,
    answer: AskAnswer,
    state: AskState,
    released: ReleaseReason,
) -> None:
    """ASK-1.b, ASK-1.e, ASK-1.f, CAP-1.b: no bad consequence; the reason is optional; "later" and
    "someone else" count as answered.
    """
    request, advocate = make_request(), ReadyFactory()
    (ask,) = send(request, advocate)
    answer_ask(actor=of(advocate), ask=ask, answer=answer)
    assert ask.reload().state == state
    assert ask.answered_at is not None
    assert open_units(advocate) == 0
    assert ask.participation.reload().release_reason == released
    assert request.reload().state == RequestState.OUTREACH


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (AskAnswer("accept"), "slots"),
        (AskAnswer("later"), "later_on"),
        (AskAnswer("later", later_on=datetime(2026, 3, 2).date()), "later_on"),
        (AskAnswer("someone_else"), "name"),
        (AskAnswer("someone_else", email="jo at customer"), "email"),
    ],
)
def test_an_answer_that_lacks_something_names_it(
    make_request: MakeRequest, send: Send, answer: AskAnswer, field: str
) -> None:
    """BAD-1.a, ASK-1: nothing is half-saved."""
    (ask,) = send(make_request(), ReadyFactory())
    with pytest.raises(DomainError) as refused:
        answer_ask(actor=of(ask.advocate), ask=ask, answer=answer)
    assert list(refused.value.fields) == [field]
    assert ask.reload().state == AskState.SENT


def test_another_time_in_own_words_is_a_yes(make_request: MakeRequest, send: Send) -> None:
    """ASK-1: accept with slots or another time."""
    (ask,) = send(make_request(), ReadyFactory())
    answer_ask(
        actor=of(ask.advocate),
        ask=ask,
        answer=AskAnswer("accept", time_note="Any Friday after three"),
    )
    assert ask.reload().time_note == "Any Friday after three"
    assert ask.state == AskState.ACCEPTED


def test_a_second_click_and_a_second_mind_change_nothing(
    make_request: MakeRequest, send: Send
) -> None:
    """ASK-1: the first answer counts."""
    (ask,) = send(make_request(), ReadyFactory())
    twin = Ask.objects.get(pk=ask.pk)
    accept(ask)
    for again in (lambda: accept(twin), lambda: decline(twin)):
        with pytest.raises(AlreadyAnswered) as refused:
            again()
        assert refused.value.state == AskState.ACCEPTED
    assert Activity.objects.count() == 1
    assert Event.objects.filter(verb="ask.accepted").count() == 1


def test_too_late_is_said_kindly_also_before_the_sweep(
    make_request: MakeRequest, send: Send, clock: Clock
) -> None:
    """ASK-1: accepting after the expiry says that it expired."""
    (ask,) = send(make_request(), ReadyFactory())
    clock.set(ask.expires_at)
    with pytest.raises(AlreadyAnswered) as refused:
        accept(ask)
    assert refused.value.state == AskState.EXPIRED
    assert ask.reload().state == AskState.SENT


def test_staff_answer_on_behalf_and_it_says_so(
    make_request: MakeRequest, send: Send, alice: Membership, bob: Membership
) -> None:
    """ASK-1.b, ID-2.a: the program does; sales does not; another advocate does not."""
    (ask,) = send(make_request(), ReadyFactory())
    answer = AskAnswer("accept", time_note="Told me on the phone")
    for stranger in (Actor.member(bob), Actor.advocate(ReadyFactory().pk)):
        with pytest.raises(NotAllowed):
            answer_ask(actor=stranger, ask=ask, answer=answer)
    answer_ask(actor=Actor.member(alice), ask=ask, answer=answer)
    ask.reload()
    assert (ask.answered_by, ask.answer_recorded_by) == ("staff", alice)


def test_withdrawing_returns_the_unit_and_tells_kindly(
    make_request: MakeRequest, send: Send, alice: Membership
) -> None:
    """CAP-1.b, ASK-1."""
    (ask,) = send(make_request(), ReadyFactory())
    OutgoingMail.objects.filter(kind="ask").update(state=MailState.SENT)
    withdraw_ask(actor=Actor.member(alice), ask=ask)
    assert ask.reload().state == AskState.CANCELLED
    assert open_units(ask.advocate) == 0
    assert OutgoingMail.objects.filter(kind="ask_cancelled").count() == 1
    with pytest.raises(Conflict):
        withdraw_ask(actor=Actor.member(alice), ask=ask)


# -- the request that follows --------------------------------------------------------------------


def test_confirmed_at_n_of_n_or_with_fewer(
    make_request: MakeRequest, send: Send, bob: Membership
) -> None:
    """REQ-2.d: x of N; the requester may accept fewer, and the rest is released."""
    request = make_request(needed_count=2)
    asks = send(request, *[ReadyFactory() for _ in range(3)])
    with pytest.raises(Conflict):
        accept_fewer(actor=Actor.member(bob), request=request)
    accept(asks[0])
    assert request.reload().state == RequestState.OUTREACH
    accept_fewer(actor=Actor.member(bob), request=request)
    assert request.reload().state == RequestState.CONFIRMED
    assert request.accepted_count == 1
    assert {ask.reload().state for ask in asks[1:]} == {AskState.FILLED}


@pytest.mark.parametrize("end", ["decline", "cancel"])
def test_ending_a_request_gives_every_unit_back(
    make_request: MakeRequest, send: Send, alice: Membership, bob: Membership, end: str
) -> None:
    """REQ-2.c, CAP-1.b: sent and accepted ones alike."""
    request = make_request(needed_count=2)
    asks = send(request, ReadyFactory(), ReadyFactory())
    if end == "cancel":
        accept(asks[0])
        cancel_request(actor=Actor.member(bob), request=request, reason="Deal is dead.")
        assert Activity.objects.get().state == ActivityState.CANCELLED
    else:
        decline_request(actor=Actor.member(alice), request=request, reason="No.")
    assert not Participation.objects.filter(state=UnitState.OPEN).exists()


def test_unfilled_when_its_day_has_passed(
    make_request: MakeRequest, send: Send, tenant: Tenant, clock: Clock, bob: Membership
) -> None:
    """REQ-2.c: the sweep ends it on the day after, once, and says so."""
    request = make_request()
    send(request, ReadyFactory())
    clock.set(datetime(2026, 3, 16, 22, 30, tzinfo=UTC))  # still the 16th in Berlin
    sweep_requests(tenant.pk)
    assert request.reload().state == RequestState.OUTREACH
    clock.advance(hours=1)
    sweep_requests(tenant.pk)
    sweep_requests(tenant.pk)
    assert request.reload().state == RequestState.UNFILLED
    assert not Participation.objects.filter(state=UnitState.OPEN).exists()
    assert OutgoingMail.objects.filter(kind="request_unfilled", to_email=bob.email).count() == 1


def test_unfilled_when_nobody_is_left(
    make_request: MakeRequest, send: Send, tenant: Tenant
) -> None:
    """REQ-2.c: as soon as the last one who fits said no; not while somebody could be asked."""
    request = make_request()
    (ask,) = send(request, ReadyFactory())
    spare = ReadyFactory()
    decline(ask)
    sweep_requests(tenant.pk)
    assert request.reload().state == RequestState.OUTREACH
    Preference.objects.filter(advocate=spare).update(snoozed_until=datetime(2026, 9, 1).date())
    (other,) = Ask.objects.all()
    assert other == ask
    Request.objects.filter(pk=request.pk).update(check_at=datetime(2026, 3, 2, tzinfo=UTC))
    sweep_requests(tenant.pk)
    assert request.reload().state == RequestState.UNFILLED


def test_who_said_yes_is_kept_when_the_day_passes(
    make_request: MakeRequest, send: Send, tenant: Tenant, clock: Clock
) -> None:
    """REQ-2: one of two is confirmed, not sent away."""
    request = make_request(needed_count=2)
    asks = send(request, ReadyFactory(), ReadyFactory())
    accept(asks[0])
    clock.set(datetime(2026, 3, 17, 9, 0, tzinfo=UTC))
    sweep_requests(tenant.pk)
    assert request.reload().state == RequestState.CONFIRMED
    assert asks[1].reload().state == AskState.FILLED


def test_two_people_of_one_account_go_out_in_the_order_of_the_locks(
    make_request: MakeRequest, send: Send
) -> None:
    """CAP-1: batches take in (account, advocate) order, whatever the order of the drafts."""
    account = AccountFactory()
    people = sorted((ReadyFactory(account=account) for _ in range(2)), key=lambda a: a.pk)
    asks = send(make_request(), people[1], people[0])
    assert [ask.advocate for ask in asks] == people
