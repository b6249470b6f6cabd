"""From a yes to a call that took place, and what the deal sees of it (FUL-1, REQ-2, OPP-1)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from activities.activities.choices import ActivityState
from activities.activities.completion import complete_activity
from activities.activities.models import Activity
from activities.activities.services import cancel_activity, mark_no_show
from activities.loops.models import LoopDuty
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, User
from advocacy.web.form_versions import VERSION
from advocates.models import Advocate
from advocates.people.consents import record_consent, withdraw_consent
from requests.asks.answers import AskAnswer, answer_ask
from requests.asks.choices import AskState
from requests.asks.drafting import AskDraft
from requests.asks.services import send_asks
from requests.models import Ask, AskSlot, Request, Touchpoint
from requests.opportunities.choices import Stage
from requests.requests.choices import RequestState
from requests.requests.services import assign_manager
from requests.requests.triage import cancel_request, close_request
from requests.scheduling.choosing import choose_slot, let_them_choose
from requests.scheduling.services import pick_slot, schedule_call
from requests.scheduling.slots import Slot
from tests.factories.advocates import open_wide
from tests.factories.requests import OpportunityFactory, ReadyFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.forms import controls_of, sent
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

MakeRequest = Callable[..., Request]
FIRST = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)
HALF = timedelta(minutes=30)


@pytest.fixture
def confirmed(make_request: MakeRequest, alice: Membership) -> Callable[..., Ask]:
    """An ask that was answered with a yes and two times, around the change to summer time."""

    def make(*, advocate: Any = None, **changes: Any) -> Ask:
        request = make_request(needed_by=date(2026, 4, 30), **changes)
        who = advocate or ReadyFactory(
            first_name="Ana", last_name="Lima", time_zone="Europe/Lisbon", seniority="executive"
        )
        times = tuple(
            Slot(FIRST + timedelta(days=n), FIRST + timedelta(days=n) + HALF) for n in (0, 3)
        )
        draft = AskDraft(who, "Half an hour?", "Would you?", times)
        (ask,) = send_asks(actor=Actor.member(alice), request=request, drafts=[draft])
        answer = AskAnswer("accept", slots=[slot.pk for slot in ask.slots.all()])
        return answer_ask(actor=Actor.advocate(who.pk), ask=ask, answer=answer)

    return make


def book(ask: Ask, bob: Membership, which: int = 0, **kwargs: Any) -> Activity:
    slot = ask.slots.order_by("starts_at")[which]
    return pick_slot(actor=Actor.member(bob), request=ask.request, slot=slot, **kwargs)


def invitation(to: str, sequence: int = 0) -> tuple[OutgoingMail, Any]:
    mail = OutgoingMail.objects.get(
        kind__startswith="invitation", to_email=to, unique_key__contains=f":{sequence}:"
    )
    calendar = Calendar.from_ical(mail.calendar)
    return mail, calendar


def test_both_sides_get_an_invitation_in_their_own_zone(
    confirmed: Callable[..., Ask], bob: Membership
) -> None:
    """FUL-1.a, FUL-1.c: METHOD:REQUEST, correct zones with their rules, one UID for both."""
    ask = confirmed()
    book(ask, bob, 1, location="https://meet.example/isdom")  # 30 March: summer time everywhere
    uids = set()
    for to, zone, hour in (
        (ask.advocate.email, "Europe/Lisbon", 10),
        (bob.email, "Europe/Berlin", 11),
    ):
        mail, calendar = invitation(to)
        assert mail.calendar_method == str(calendar["METHOD"]) == "REQUEST"
        (event,) = calendar.walk("VEVENT")
        assert event["DTSTART"].params["TZID"] == zone
        assert event["DTSTART"].dt.hour == hour
        assert event["DTSTART"].dt.astimezone(UTC) == FIRST + timedelta(days=3)
        assert [str(z["TZID"]) for z in calendar.walk("VTIMEZONE")] == [zone]
        assert int(event["SEQUENCE"]) == 0
        assert str(event["LOCATION"]) == "https://meet.example/isdom"
        uids.add(str(event["UID"]))
    assert len(uids) == 1
    assert ask.request.reload().state == RequestState.SCHEDULED


def test_another_time_updates_the_same_event(
    confirmed: Callable[..., Ask], bob: Membership
) -> None:
    """FUL-1.c: the UID stays, the SEQUENCE grows, one slot is picked."""
    ask = confirmed()
    book(ask, bob)
    book(ask, bob, 1)
    _mail, before = invitation(ask.advocate.email)
    mail, after = invitation(ask.advocate.email, 1)
    assert before.walk("VEVENT")[0]["UID"] == after.walk("VEVENT")[0]["UID"]
    assert int(after.walk("VEVENT")[0]["SEQUENCE"]) == 1
    assert "New time" in mail.subject
    assert [slot.picked for slot in ask.slots.order_by("starts_at")] == [False, True]


def test_a_cancelled_call_leaves_both_calendars(
    confirmed: Callable[..., Ask], bob: Membership, alice: Membership
) -> None:
    """FUL-1.c: METHOD:CANCEL with the next sequence; the request needs somebody else again."""
    ask = confirmed()
    activity = book(ask, bob)
    cancel_activity(actor=Actor.member(alice), activity=activity, reason="Ill.")
    for to in (ask.advocate.email, bob.email):
        mail, calendar = invitation(to, 1)
        assert mail.calendar_method == "CANCEL"
        (event,) = calendar.walk("VEVENT")
        assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCELLED", 1)
    assert ask.request.reload().state == RequestState.OUTREACH
    assert ask.reload().state == AskState.CANCELLED


def test_what_was_not_offered_cannot_be_picked(
    confirmed: Callable[..., Ask], bob: Membership
) -> None:
    """FUL-1: only times the advocate ticked, and only by requester or program."""
    ask = confirmed()
    AskSlot.objects.filter(ask=ask).update(offered=False)
    with pytest.raises(Conflict):
        book(ask, bob)
    AskSlot.objects.filter(ask=ask).update(offered=True)
    with pytest.raises(NotAllowed):
        book(ask, MembershipFactory(role="sales"))


def test_double_booking_is_refused(
    confirmed: Callable[..., Ask], make_request: MakeRequest, bob: Membership, alice: Membership
) -> None:
    """FUL-1.d: the advocate has a call then, for whatever request."""
    open_wide()
    first = confirmed()
    first.advocate.capacities.update(reference_gap_days=0)
    book(first, bob)
    request = make_request(needed_by=date(2026, 4, 30), prospect="Betasoloin")
    draft = AskDraft(
        first.advocate, "Again?", "Would you?", (Slot(FIRST, FIRST + HALF),), "Offered."
    )
    (second,) = send_asks(actor=Actor.member(alice), request=request, drafts=[draft])
    answer = AskAnswer("accept", slots=[slot.pk for slot in second.slots.all()])
    answer_ask(actor=Actor.advocate(first.advocate_id), ask=second, answer=answer)
    with pytest.raises(Conflict) as refused:
        book(second, bob)
    assert refused.value.code == "double_booked"
    assert second.activity.reload().state == ActivityState.ACCEPTED  # type: ignore[union-attr]


def test_a_time_in_own_words_is_booked_by_hand(
    confirmed: Callable[..., Ask], alice: Membership
) -> None:
    """FUL-1: a time agreed otherwise; a past one is refused at its field."""
    ask = confirmed()
    with pytest.raises(DomainError) as refused:
        past = datetime(2026, 3, 1, 9, tzinfo=UTC)
        schedule_call(actor=Actor.member(alice), ask=ask, starts_at=past, ends_at=past + HALF)
    assert "starts_at" in refused.value.fields
    when = datetime(2026, 4, 2, 14, tzinfo=UTC)
    schedule_call(actor=Actor.member(alice), ask=ask, starts_at=when, ends_at=when + HALF)
    assert ask.slots.get(picked=True).starts_at == when
    assert ask.request.reload().state == RequestState.SCHEDULED


def test_a_name_that_is_never_shown_stays_out_of_the_invitation(
    confirmed: Callable[..., Ask], bob: Membership
) -> None:
    """VIS-1.b: neither in the text nor among the attendees."""
    who = ReadyFactory(
        first_name="Ana", last_name="Lima", disclosure="never", seniority="executive"
    )
    ask = confirmed(advocate=who)
    book(ask, bob)
    mail, _calendar = invitation(bob.email)
    everything = mail.subject + mail.text + mail.calendar
    assert "Lima" not in everything
    assert who.email not in everything
    assert who.email in invitation(who.email)[0].calendar


def test_a_confidential_prospect_stays_out_of_the_advocates_invitation(
    confirmed: Callable[..., Ask], bob: Membership
) -> None:
    """VIS-1.c: the same the other way round."""
    ask = confirmed(is_confidential=True)
    book(ask, bob)
    mail, _calendar = invitation(ask.advocate.email)
    assert "Isdom" not in mail.subject + mail.text + mail.calendar
    assert "Isdom" in invitation(bob.email)[0].calendar


def complete(ask: Ask, alice: Membership, clock: Clock) -> None:
    clock.set(FIRST + timedelta(hours=1))
    activity = ask.reload().activity
    assert activity is not None
    complete_activity(
        actor=Actor.member(alice),
        activity=activity,
        happened_at=FIRST + HALF,
        minutes=30,
        advocate_rating=5,
        requester_rating=4,
    )


def test_completion_completes_the_request_and_touches_the_deal(
    confirmed: Callable[..., Ask], bob: Membership, alice: Membership, clock: Clock
) -> None:
    """REQ-2.a, OPP-1: once, in the transaction of the completion."""
    deal = OpportunityFactory(prospect_name="Isdom")
    ask = confirmed(opportunity=deal)
    book(ask, bob)
    complete(ask, alice, clock)
    request = ask.request.reload()
    assert (request.state, request.completed_at) == (RequestState.COMPLETED, clock.now)
    point = Touchpoint.objects.get()
    assert (point.opportunity, point.kind, point.at) == (deal, "reference", FIRST + HALF)


def test_a_completed_call_that_was_never_scheduled_counts_as_well(
    confirmed: Callable[..., Ask], alice: Membership, clock: Clock
) -> None:
    """REQ-2: confirmed → completed; people sometimes just call."""
    ask = confirmed()
    complete(ask, alice, clock)
    assert ask.request.reload().state == RequestState.COMPLETED


def test_closing_with_the_outcome_of_the_deal(
    confirmed: Callable[..., Ask], bob: Membership, alice: Membership, clock: Clock
) -> None:
    """FUL-3, REQ-2.a: the deal is won, and the advocate is to hear of it within 3 business days."""
    deal = OpportunityFactory(prospect_name="Isdom")
    ask = confirmed(opportunity=deal)
    book(ask, bob)
    complete(ask, alice, clock)
    with pytest.raises(DomainError) as refused:
        close_request(
            actor=Actor.member(bob),
            request=ask.request,
            outcome="won",
            closed_on=date(2026, 6, 1),
        )
    assert list(refused.value.fields) == ["closed_on"]
    close_request(actor=Actor.member(bob), request=ask.request, outcome="won", amount=500_000)
    assert ask.request.reload().state == RequestState.CLOSED
    assert (deal.reload().stage, deal.amount) == (Stage.WON, 500_000)
    assert LoopDuty.objects.get().due_at == datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


def test_an_advocate_who_does_not_come_frees_the_unit_and_reopens(
    confirmed: Callable[..., Ask], bob: Membership, alice: Membership, clock: Clock
) -> None:
    """REQ-2, ACT-4.c: somebody else is needed, and the manager hears of it."""
    ask = confirmed()
    activity = book(ask, bob)
    clock.set(FIRST + timedelta(hours=1))
    mark_no_show(actor=Actor.member(alice), activity=activity, by="advocate")
    request = ask.request.reload()
    assert request.state == RequestState.OUTREACH
    assert "did not come" in request.state_reason
    assert OutgoingMail.objects.filter(kind="request_reopened", to_email=alice.email).exists()


def events_of(mail: OutgoingMail) -> Any:
    (event,) = Calendar.from_ical(mail.calendar).walk("VEVENT")
    return event


@pytest.mark.parametrize("address", ["ana@new.example", ""])
def test_a_cancellation_goes_where_the_invitation_went(
    confirmed: Callable[..., Ask], bob: Membership, alice: Membership, address: str
) -> None:
    """FUL-1.c: also when both have other addresses by then, or none, and the request is run by
    somebody else.
    """
    ask = confirmed()
    before = {"advocate": ask.advocate.email, "requester": bob.email}
    activity = book(ask, bob)
    Advocate.objects.filter(pk=ask.advocate_id).update(email=address)
    User.objects.filter(pk=bob.user_id).update(email="bob@new.example")
    other = MembershipFactory(role="program_manager")
    assign_manager(actor=Actor.member(alice), request=ask.request, manager=other)
    cancel_activity(actor=Actor.member(alice), activity=activity, reason="Ill")
    mails = OutgoingMail.objects.filter(kind="invitation_cancelled")
    assert {mail.unique_key.rpartition(":")[2]: mail.to_email for mail in mails} == before
    for mail in mails:
        event = events_of(mail)
        assert str(event["ORGANIZER"]).endswith(alice.email)
        attendees = event["ATTENDEE"]
        for attendee in attendees if isinstance(attendees, list) else [attendees]:
            assert str(attendee).removeprefix("MAILTO:") in before.values()


def test_another_time_after_another_address(confirmed: Callable[..., Ask], bob: Membership) -> None:
    """FUL-1.c: the new address is invited, the old calendar lets go; a cancellation then goes to
    the new one alone.
    """
    ask = confirmed()
    old = ask.advocate.email
    book(ask, bob)
    Advocate.objects.filter(pk=ask.advocate_id).update(email="ana@new.example")
    ask = Ask.objects.get(pk=ask.pk)
    activity = book(ask, bob, 1)
    mail, _calendar = invitation("ana@new.example", 1)
    (gone,) = OutgoingMail.objects.filter(kind="invitation_moved")
    assert (gone.to_email, gone.calendar_method) == (old, "CANCEL")
    assert events_of(gone)["UID"] == events_of(mail)["UID"]
    assert "new.example" not in gone.text + gone.calendar
    cancel_activity(actor=Actor.system("test"), activity=activity, reason="Ill")
    cancelled = OutgoingMail.objects.filter(kind="invitation_cancelled")
    assert {mail.to_email for mail in cancelled} == {"ana@new.example", bob.email}


def test_cancelling_a_scheduled_request_cancels_its_calls(
    confirmed: Callable[..., Ask], bob: Membership
) -> None:
    """REQ-2.c, CAP-1.b: the request stays cancelled; nobody is looked for again."""
    ask = confirmed()
    book(ask, bob)
    cancel_request(actor=Actor.member(bob), request=ask.request, reason="Deal is dead.")
    assert ask.request.reload().state == RequestState.CANCELLED
    assert invitation(ask.advocate.email, 1)[0].calendar_method == "CANCEL"
    assert ask.participation.reload().state == "released"


def test_a_time_booked_meanwhile_is_not_overwritten(
    confirmed: Callable[..., Ask], alice: Membership, client_for: Callable[..., Client]
) -> None:
    """FUL-1, BAD-1: the form suggested a time; a colleague booked one since. Place and time, each
    changed in its own tab, are both kept.
    """
    ask = confirmed()
    path = f"/t/acme/requests/asks/{ask.pk}/schedule/"
    client = client_for(alice)

    def opened() -> dict[str, list[str]]:
        return sent(controls_of(client.get(path).text, VERSION))

    early, place = opened(), opened()
    assert client.post(path, {**early, "starts_at": "2026-03-27T12:00"}).status_code == 302
    assert client.post(path, {**place, "location": "Room 1"}).status_code == 409
    time, place = opened(), opened()
    assert time["starts_at"] == ["2026-03-27T12:00"]
    assert client.post(path, {**time, "starts_at": "2026-03-27T13:00"}).status_code == 302
    assert client.post(path, {**place, "location": "Room 1"}).status_code == 302
    now = opened()
    assert (now["starts_at"], now["location"]) == (["2026-03-27T13:00"], ["Room 1"])


def test_no_time_without_leave(
    confirmed: Callable[..., Ask], alice: Membership, bob: Membership
) -> None:
    """ADV-4.e: by none of the doors of a request, and the prospect learns nothing of it; nor in a
    year with a slip in it (BAD-1).
    """
    ask = confirmed(contacts="Jane Roe, jane@isdom.example")
    actor, whole = Actor.member(bob), {"starts_at": FIRST, "ends_at": FIRST + HALF}
    far = {name: moment.replace(year=2200) for name, moment in whole.items()}
    with pytest.raises(DomainError, match="within the next") as refused:
        schedule_call(actor=actor, ask=ask, **far)
    assert "starts_at" in refused.value.fields
    given = record_consent(
        actor=Actor.member(alice),
        advocate=ask.advocate,
        use="reference_pool",
        given_on=date(2026, 1, 5),
    )
    withdraw_consent(actor=Actor.member(alice), consent=given)
    doors: list[Callable[[], Any]] = [
        lambda: book(ask, bob),
        lambda: schedule_call(actor=actor, ask=ask, **whole),
        lambda: let_them_choose(actor=actor, ask=ask, contacts="Jane Roe, jane@isdom.example"),
    ]
    for door in doors:
        with pytest.raises(Conflict, match="Their leave has ended") as missing:
            door()
        assert missing.value.code == "leave_missing"
    with pytest.raises(Conflict, match="reply to our mail"):
        choose_slot(ask=ask, slot=ask.slots.order_by("starts_at")[0])
    assert ask.activity is not None and ask.activity.reload().state == ActivityState.ACCEPTED
