"""Asks: drafting, sending, answering, expiring (ASK-1, ASK-3, CAP-1, ID-2)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from activities.models import Activity
from activities.states import ActivityState
from advocacy.events.models import Event
from advocacy.messaging.models import MailState, OutgoingMail, PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import Advocate, Capacity, Participation, Preference
from advocates.services.ledger import CapacityRefused
from advocates.states import ReleaseReason, UnitState
from requests.models import Ask, Request
from requests.services import (
    AlreadyAnswered,
    AskAnswer,
    AskDraft,
    Slot,
    accept_fewer,
    answer_ask,
    cancel_request,
    decline_request,
    draft_ask,
    send_asks,
    withdraw_ask,
)
from requests.services.sweeping import sweep_asks, sweep_requests
from requests.states import AskState, RequestState
from tests.factories.advocates import AccountFactory, BlackoutFactory, OutcomeFactory, TagFactory
from tests.factories.requests import ReadyFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

MakeRequest = Callable[..., Request]
Send = Callable[..., list[Ask]]


@pytest.fixture
def send(alice: Membership) -> Send:
    """``send(request, advocate, …)``: Alice asks them, with three times each."""

    def go(
        request: Request, *advocates: Advocate, by: Membership = alice, **changes: Any
    ) -> list[Ask]:
        drafts = [
            AskDraft(advocate, "Half an hour?", "Would you talk to Isdom?", slots(), **changes)
            for advocate in advocates
        ]
        return send_asks(actor=Actor.member(by), request=request, drafts=drafts)

    return go


def slots() -> tuple[Slot, ...]:
    first = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    return tuple(
        Slot(first + timedelta(days=n), first + timedelta(days=n, minutes=30)) for n in range(3)
    )


def of(advocate: Advocate) -> Actor:
    return Actor.advocate(advocate.pk)


def accept(ask: Ask, count: int = 1) -> Ask:
    ticked = [slot.pk for slot in ask.slots.all()[:count]]
    return answer_ask(actor=of(ask.advocate), ask=ask, answer=AskAnswer("accept", slots=ticked))


def decline(ask: Ask, reason: str = "") -> Ask:
    return answer_ask(actor=of(ask.advocate), ask=ask, answer=AskAnswer("decline", reason=reason))


def open_units(advocate: Advocate) -> int:
    return Participation.objects.filter(advocate=advocate, state=UnitState.OPEN).count()


# -- the draft -----------------------------------------------------------------------------------


def test_a_draft_says_everything_a_person_wants_to_know(
    make_request: MakeRequest, alice: Membership
) -> None:
    """ASK-1: need, why them, minutes, the peer's role and questions, use; a no is fine."""
    tag = TagFactory(name="Sourcing")
    advocate = ReadyFactory(
        first_name="Ana", account__industry="Healthcare", account__name="Hospitall"
    )
    OutcomeFactory(advocate=advocate, may_be_quoted=True)
    request = make_request(
        industry="Healthcare",
        persona_function="Operations",
        persona_seniority="executive",
        questions="How long until the first clinic was live?\nWould you choose it again?",
        intended_use="Choice of a supplier",
        country="DE",
        employees=1200,
        tags=(tag,),
    )
    draft = draft_ask(request, advocate, sender=alice)
    assert draft.subject == "Ana, would you talk to a peer for 30–45 minutes?"
    for words in (
        "Hello Ana",
        "Isdom (Healthcare, Germany, about 1,200 people)",
        "Executive, Operations",
        "Hospitall",
        "you know the industry",
        "Time to hire: 60 days → 35 days",
        "How long until the first clinic was live?",
        "30–45 minutes: a video call, not recorded",
        "Choice of a supplier",
        "A no is perfectly fine",
        "Alice",
    ):
        assert words in draft.message


def test_a_confidential_prospect_is_not_named(make_request: MakeRequest, alice: Membership) -> None:
    """VIS-1: the prospect's name is withheld from the advocate."""
    request = make_request(is_confidential=True, industry="Healthcare", country="DE")
    draft = draft_ask(request, ReadyFactory(), sender=alice)
    assert "Isdom" not in draft.message + draft.subject
    assert "a company (Healthcare, Germany)" in draft.message


def test_proposed_times_lie_in_the_advocates_working_hours(
    make_request: MakeRequest, alice: Membership
) -> None:
    """ASK-1: three times, on working days, in the zone of the advocate, from tomorrow on."""
    advocate = ReadyFactory(time_zone="Asia/Singapore")
    draft = draft_ask(make_request(), advocate, sender=alice)
    assert len(draft.slots) == 3
    for slot in draft.slots:
        local = slot.starts_at.astimezone(advocate.zone)
        assert local.isoweekday() <= 5
        assert 9 <= local.hour < 17
        assert slot.starts_at > datetime(2026, 3, 3, tzinfo=UTC)
        assert slot.ends_at - slot.starts_at == timedelta(minutes=30)


def test_proposed_times_suit_the_prospect_too_where_both_work(
    make_request: MakeRequest, alice: Membership
) -> None:
    """ASK-1, FUL-1: Lisbon and New York share the afternoon."""
    request = make_request(time_zone="America/New_York")
    draft = draft_ask(request, ReadyFactory(time_zone="Europe/Lisbon"), sender=alice)
    assert draft.slots
    for slot in draft.slots:
        assert 9 <= slot.starts_at.astimezone(ZoneInfo("America/New_York")).hour < 17


# -- sending -------------------------------------------------------------------------------------


def test_sending_takes_the_unit_and_tells_everybody(
    make_request: MakeRequest, send: Send, clock: Clock
) -> None:
    """ASK-1, CAP-1: one transaction holds unit, ask, times, link, mail, event and the request."""
    request, advocate = make_request(), ReadyFactory()
    (ask,) = send(request, advocate)
    assert open_units(advocate) == 1
    assert ask.slots.count() == 3
    mail = OutgoingMail.objects.get(kind="ask")
    assert mail.to_email == advocate.email
    assert "{link}" in mail.text
    assert mail.from_name == "Alice"
    assert "A no is fine" in mail.text
    assert PersonalLink.objects.get(subject_id=ask.pk).purpose == "ask"
    assert Event.objects.get(verb="ask.sent").payload["score"] == ask.score
    assert advocate.reload().last_asked_at == clock.now
    request.reload()
    assert (request.state, request.answered_at) == (RequestState.OUTREACH, clock.now)


def test_sales_never_contacts_an_advocate(
    make_request: MakeRequest, send: Send, bob: Membership
) -> None:
    """ID-2, ASK-1: not even for the own request."""
    with pytest.raises(NotAllowed):
        send(make_request(), ReadyFactory(), by=bob)
    assert not OutgoingMail.objects.filter(kind="ask").exists()


def test_a_csm_asks_in_own_accounts_only(make_request: MakeRequest, send: Send) -> None:
    """ID-2: the owning CSM, nobody else's."""
    csm = MembershipFactory(role="csm")
    mine, other = ReadyFactory(account__owner=csm), ReadyFactory()
    request = make_request()
    with pytest.raises(NotAllowed):
        send(request, mine, other, by=csm)
    assert not Ask.objects.exists()
    assert len(send(request, mine, by=csm)) == 1


def test_one_more_than_needed_may_be_out(make_request: MakeRequest, send: Send) -> None:
    """ASK-3: up to needed + 1 at once; a third for one is refused, and so is the whole batch."""
    request = make_request()
    people = [ReadyFactory() for _ in range(4)]
    with pytest.raises(Conflict) as refused:
        send(request, *people[:3])
    assert refused.value.code == "too_many_asks"
    assert not Ask.objects.exists()
    send(request, people[0], people[1])
    with pytest.raises(Conflict):
        send(request, people[2])
    decline(Ask.objects.get(advocate=people[0]))
    assert send(request, people[2])


def test_nobody_who_must_not_be_asked_gets_a_mail(make_request: MakeRequest, send: Send) -> None:
    """MAT-2, ASK-1: checked again at the moment of sending; one bad apple stops the batch."""
    request, fine, away = make_request(), ReadyFactory(), ReadyFactory()
    BlackoutFactory(advocate=away)
    with pytest.raises(DomainError) as refused:
        send(request, fine, away)
    assert refused.value.code == "blackout"
    assert away.name in refused.value.message
    assert not Ask.objects.exists()
    assert not OutgoingMail.objects.filter(kind="ask").exists()
    assert open_units(fine) == 0


def test_the_guards_refusal_is_a_sentence_and_leaves_nothing(
    make_request: MakeRequest, send: Send
) -> None:
    """CAP-1: no ask, no link, no mail, no unit for anybody of the batch."""
    request, fine, spent = make_request(), ReadyFactory(), ReadyFactory()
    Capacity.objects.filter(advocate=spent).update(allowance=0)
    with pytest.raises(CapacityRefused) as refused:
        send(request, fine, spent)
    assert refused.value.code == "capacity_yearly"
    assert spent.name in refused.value.message
    assert not Ask.objects.exists()
    assert not PersonalLink.objects.exists()
    assert not OutgoingMail.objects.filter(kind="ask").exists()
    assert request.reload().state == RequestState.SUBMITTED


def test_a_warning_needs_a_written_reason_that_is_kept(
    make_request: MakeRequest, send: Send
) -> None:
    """CAP-4, CAP-5: the ladder warns; the reason stays with the ask."""
    request, fresh = make_request(), ReadyFactory(done=[])
    with pytest.raises(DomainError) as refused:
        send(request, fresh)
    assert list(refused.value.fields) == ["override_reason"]
    (ask,) = send(request, fresh, override_reason="She offered it herself.")
    assert ask.override_reason == "She offered it herself."
    assert Event.objects.get(verb="ask.sent").payload["overridden"] == ["ladder"]


def test_nobody_is_asked_twice_for_one_request(make_request: MakeRequest, send: Send) -> None:
    """ASK-1: neither in one batch nor after a no; a double click sends one ask."""
    request, advocate = make_request(), ReadyFactory()
    with pytest.raises(DomainError):
        send(request, advocate, advocate)
    send(request, advocate)
    with pytest.raises(DomainError) as refused:
        send(request, advocate)
    assert refused.value.code in ("asked", "capacity_pacing")
    assert Ask.objects.count() == 1


def test_times_that_passed_are_not_proposed(
    make_request: MakeRequest, send: Send, clock: Clock
) -> None:
    """ASK-1, BAD-1: the error is at the times."""
    request, advocate = make_request(), ReadyFactory()
    clock.set(datetime(2026, 3, 6, 10, 0, tzinfo=UTC))
    with pytest.raises(DomainError) as refused:
        send(request, advocate)
    assert list(refused.value.fields) == ["slots"]


@pytest.mark.parametrize("state", ["needs_info", "confirmed", "completed", "cancelled"])
def test_asks_go_out_only_while_somebody_is_sought(
    make_request: MakeRequest, send: Send, state: str
) -> None:
    """REQ-2: an illegal move, said with the allowed ones."""
    request = make_request()
    Request.objects.filter(pk=request.pk).update(state=state)
    with pytest.raises(Conflict):
        send(request, ReadyFactory())


# -- when an answer is due -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seniority", "days", "remind", "expire"),
    [
        ("manager", 14, datetime(2026, 3, 3, 10), datetime(2026, 3, 4, 10)),
        ("executive", 14, datetime(2026, 3, 4, 10), datetime(2026, 3, 6, 10)),
        # Half of the 3 days and 13 hours left in Berlin comes first.
        ("executive", 3, None, datetime(2026, 3, 4, 4, 30)),
    ],
)
def test_patience_depends_on_seniority_and_the_time_left(
    make_request: MakeRequest,
    send: Send,
    seniority: str,
    days: int,
    remind: datetime | None,
    expire: datetime,
) -> None:
    """ASK-1: remind after 1 business day, expire after 2 (executives 2, 4), or at half time."""
    request = make_request(needed_by=datetime(2026, 3, 2 + days).date())
    (ask,) = send(request, ReadyFactory(seniority=seniority))
    assert ask.expires_at == expire.replace(tzinfo=UTC)
    assert ask.remind_at == (remind.replace(tzinfo=UTC) if remind else None)


def test_one_reminder_then_expiry_then_the_unit_is_back(
    make_request: MakeRequest, send: Send, tenant: Tenant, clock: Clock
) -> None:
    """ASK-1, CAP-1, BAD-2: each exactly once, however often the sweep runs."""
    request, advocate = make_request(), ReadyFactory()
    (ask,) = send(request, advocate)
    clock.set(datetime(2026, 3, 3, 10, 0, tzinfo=UTC))
    sweep_asks(tenant.pk)
    sweep_asks(tenant.pk)
    assert OutgoingMail.objects.filter(kind="ask_reminder").count() == 1
    assert Event.objects.filter(verb="ask.reminded").count() == 1
    clock.set(datetime(2026, 3, 4, 10, 0, tzinfo=UTC))
    sweep_asks(tenant.pk)
    sweep_asks(tenant.pk)
    assert ask.reload().state == AskState.EXPIRED
    assert open_units(advocate) == 0
    assert ask.participation.reload().release_reason == ReleaseReason.EXPIRED
    assert Event.objects.filter(verb="ask.expired").count() == 1
    assert OutgoingMail.objects.filter(kind="ask_reminder", state=MailState.QUEUED).count() == 0


# -- answers -------------------------------------------------------------------------------------


def test_a_yes_plans_the_activity_on_the_same_unit(
    make_request: MakeRequest, send: Send, bob: Membership, alice: Membership
) -> None:
    """ASK-1, CAP-1: never counted twice; confirmed at 1 of 1; the requester hears of it."""
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


def test_when_filled_the_others_are_released_with_thanks(
    make_request: MakeRequest, send: Send
) -> None:
    """ASK-3: their unit returns, they are thanked, and a late yes gets a friendly answer."""
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
    """ASK-3: an ask still in the outbox is taken out, silently."""
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
    """ASK-1, CAP-1: no bad consequence; the reason is optional; "later" and "someone else" count
    as answered."""
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
    """BAD-1, ASK-1: nothing is half-saved."""
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
    """ASK-1, ID-2: the program does; sales does not; another advocate does not."""
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
    """CAP-1, ASK-1."""
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
    """REQ-2: x of N; the requester may accept fewer, and the rest is released."""
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
    """REQ-2, CAP-1: sent and accepted ones alike."""
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
    """REQ-2: the sweep ends it on the day after, once, and says so."""
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
    """REQ-2: as soon as the last one who fits said no; not while somebody could be asked."""
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
