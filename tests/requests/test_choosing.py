"""The prospect picks a time on a link; new times when none is left (FUL-1.b, ASK-1)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from activities.activities.choices import ActivityState
from advocacy.events.models import Event
from advocacy.messaging.links import link_url
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from reporting.queue import everything, rows_of
from requests.mails import link_of
from requests.models import Ask, AskSlot
from requests.requests.choices import RequestState
from requests.scheduling.choosing import booking_link, let_them_choose
from requests.scheduling.renewing import ask_for_times, offer_times
from requests.scheduling.services import pick_slot
from tests.factories.tenancy import MembershipFactory
from tests.requests.calls import FIRST, JANE, JOHN, Diary, MakeRequest, confirm
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

JANES, JOHNS = "jane@isdom.example", "john@isdom.example"


@pytest.fixture
def offered(make_request: MakeRequest, alice: Membership) -> Callable[..., Ask]:
    """Somebody said yes and offered two times, and the prospect was let choose."""

    def make(contacts: str = JANE, **changes: Any) -> Ask:
        ask = confirm(make_request, alice, **changes)
        let_them_choose(actor=Actor.system("test"), ask=ask, contacts=contacts)
        return ask

    return make


def page_of(ask: Ask) -> str:
    link = booking_link(ask)
    assert link is not None
    return "/p/" + link_url(link).split("/p/", 1)[1]


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def keys(shown: str) -> list[str]:
    return re.findall(r'name="slot" value="([^"]+)"', shown)


def test_the_prospect_picks_without_signing_in(
    offered: Callable[..., Ask], client: Client, bob: Membership
) -> None:
    """FUL-1.b: the link in the requester's mail, one of the times, and everybody is invited; the
    same address then says what is booked.
    """
    ask = offered(time_zone="America/New_York")
    mail = OutgoingMail.objects.get(kind="choose_time")
    assert (mail.to_email, mail.reply_to) == (JANES, bob.email)
    assert mail.text.startswith("Hello Jane,")
    page = page_of(ask)
    shown = text(client.get(page))
    assert "Fri 27 Mar, 05:00–05:30" in shown and "New York time" in shown
    assert "09:00 for them" in shown
    assert "checked" not in shown
    done = client.post(page, {"slot": keys(shown)[0], "zone": "America/New_York"}, follow=True)
    assert "It is booked." in text(done) and "Ana Lima" in text(done)
    assert ask.request.reload().state == RequestState.SCHEDULED
    for email in (JANES, bob.email, ask.advocate.email):
        assert Diary(email).got == [("REQUEST", 0)]
    assert Event.objects.get(verb="request.slot_picked").payload["by"] == "prospect"


def test_before_it_is_booked_the_prospect_sees_no_more_than_sales(
    offered: Callable[..., Ask], client: Client
) -> None:
    """VIS-1.a, VIS-1.b: role, industry, size and region; neither name nor company nor address, in
    mail and page; after it still none where it is never shown.
    """
    ask = offered()
    Advocate.objects.filter(pk=ask.advocate_id).update(disclosure="never", job_title="Head of IT")
    ask = Ask.objects.get(pk=ask.pk)
    page, hidden = page_of(ask), ("Lima", ask.advocate.email, ask.advocate.account.name)
    mail = OutgoingMail.objects.get(kind="choose_time")
    shown = text(client.get(page))
    assert "Head of IT" in shown
    slot = keys(shown)[0]
    booked = text(client.post(page, {"slot": slot}, follow=True))
    assert "It is booked." in booked
    for where in (mail.text, shown, booked):
        for word in hidden:
            assert word not in where


def test_looking_changes_nothing(offered: Callable[..., Ask], client: Client) -> None:
    """ID-3.c: mail scanners follow links."""
    page = page_of(offered())
    before = Event.objects.count(), OutgoingMail.objects.count()
    assert client.get(page).status_code == 200
    assert (Event.objects.count(), OutgoingMail.objects.count()) == before
    assert client.post(page, {}).status_code == 422
    assert client.post(page, {"slot": "x"}).status_code == 422


def test_whoever_is_left_out_loses_the_link(
    make_request: MakeRequest, alice: Membership, bob: Membership, client: Client
) -> None:
    """FUL-1.b, ID-3: nobody is written to twice; a name taken off ends the link they had."""
    ask, actor = confirm(make_request, alice), Actor.member(bob)
    let_them_choose(actor=actor, ask=ask, contacts=JANE)
    page = page_of(ask)
    let_them_choose(actor=actor, ask=ask, contacts=f"{JANE}\n{JOHN}")
    assert page_of(ask) == page
    sent = OutgoingMail.objects.filter(kind="choose_time")
    assert sorted(sent.values_list("to_email", flat=True)) == [JANES, JOHNS]
    let_them_choose(actor=actor, ask=ask, contacts=JOHN)
    assert client.get(page).status_code == 410
    assert client.get(page_of(ask)).status_code == 200
    with pytest.raises(DomainError) as refused:
        let_them_choose(actor=actor, ask=ask, contacts="")
    assert list(refused.value.fields) == ["contacts"]
    with pytest.raises(NotAllowed):
        stranger = Actor.member(MembershipFactory(role="sales"))
        let_them_choose(actor=stranger, ask=ask, contacts=JANE)


def test_none_of_them_suits(offered: Callable[..., Ask], client: Client, bob: Membership) -> None:
    """FUL-1.b: their words reach the requester, once; a flood of them does not."""
    ask = offered()
    page = page_of(ask)
    for _again in range(2):
        told = client.post(page, {"say": "other", "note": "Any Friday, please."})
        assert "comes back to you" in text(told)
    (mail,) = OutgoingMail.objects.filter(kind="request_time_wished")
    assert mail.to_email == bob.email and "Any Friday, please." in mail.text
    assert client.post(page, {"say": "other", "note": " "}).status_code == 422
    answers = [client.post(page, {"say": "other", "note": f"At {n}"}).status_code for n in range(6)]
    assert answers == [200] * 4 + [409] * 2


def test_a_link_to_a_call_that_is_off_says_so(
    offered: Callable[..., Ask], client: Client, alice: Membership
) -> None:
    """FUL-1.b: no form is left, and a pick from an old page is refused."""
    ask = offered()
    page, slot = page_of(ask), ask.slots.all()[0]
    Ask.objects.filter(pk=ask.pk).update(state="cancelled")
    assert "does not take place" in text(client.get(page))
    assert client.post(page, {"slot": str(slot.pk)}).status_code == 409


# -- other times --------------------------------------------------------------------------------


def test_times_that_are_past_lead_to_new_ones(
    make_request: MakeRequest,
    alice: Membership,
    bob: Membership,
    client: Client,
    client_for: Callable[..., Client],
    clock: Clock,
) -> None:
    """FUL-1.a, FUL-1.b: one press for the requester, a mail with some to tick for the advocate,
    who opens the link they had; then a time can be picked. Today says so at each step.
    """
    ask = confirm(make_request, alice)
    clock.set(FIRST + timedelta(days=4))

    def rows() -> list[tuple[str, str]]:
        return [
            (row.action[0], row.title)
            for row in rows_of(bob, everything(bob))
            if row.action and row.id.startswith("time")
        ]

    assert [label for label, _title in rows()] == ["Ask for new times"]
    staff = client_for(bob)
    page = staff.get(f"/t/acme/requests/{ask.request_id}/").content.decode()
    assert f"/requests/asks/{ask.pk}/ask-for-times/" in page
    assert "ask for new ones" in page
    press = f"/t/acme/requests/asks/{ask.pk}/ask-for-times/"
    assert staff.post(press).status_code == 302
    assert rows() == []
    assert staff.post(press).status_code == 409

    mail = OutgoingMail.objects.get(kind="times_asked")
    assert mail.to_email == ask.advocate.email
    link = link_of(ask)
    assert link is not None
    own = "/p/" + link_url(link).split("/p/", 1)[1]
    shown = text(client.get(own))
    new = re.findall(r'name="slots" value="([^"]+)"', shown)
    assert new and "checked" not in shown
    nothing = client.post(own, {"say": "times"})
    assert nothing.status_code == 422 and "Tick a time" in text(nothing)
    assert client.post(own, {"say": "times", "slots": new[0]}).status_code == 302
    told = OutgoingMail.objects.get(kind="request_times_offered", to_email=bob.email)
    assert "new times" in told.subject
    assert [label for label, _title in rows()] == ["Pick a time"]
    slot = AskSlot.objects.get(pk=new[0])
    pick_slot(actor=Actor.member(bob), request=ask.request.reload(), slot=slot)
    assert ask.request.reload().state == RequestState.SCHEDULED


def test_an_advocate_offers_others_unasked(
    make_request: MakeRequest, alice: Membership, bob: Membership
) -> None:
    """FUL-1.a: in own words, which sales reads only through the program (VIS-1)."""
    ask = confirm(make_request, alice)
    offer_times(actor=Actor.advocate(ask.advocate_id), ask=ask, time_note="Ask Ana Lima's office")
    mails = OutgoingMail.objects.filter(kind="request_times_offered")
    assert {mail.to_email for mail in mails} == {alice.email, bob.email}
    assert "Ana Lima's office" in mails.get(to_email=alice.email).text
    assert "Ana Lima" not in mails.get(to_email=bob.email).text
    with pytest.raises(NotAllowed):
        offer_times(actor=Actor.advocate(alice.pk), ask=ask, time_note="Monday")


def test_nobody_is_asked_for_times_of_a_booked_call(
    make_request: MakeRequest, alice: Membership, bob: Membership
) -> None:
    """FUL-1: nor may others be offered; the refusal says that one is booked."""
    ask = confirm(make_request, alice)
    slot = ask.slots.order_by("starts_at")[0]
    pick_slot(actor=Actor.member(bob), request=ask.request, slot=slot)
    for call in (
        lambda: ask_for_times(actor=Actor.member(bob), ask=ask),
        lambda: offer_times(actor=Actor.advocate(ask.advocate_id), ask=ask, time_note="Monday"),
        lambda: let_them_choose(actor=Actor.member(bob), ask=ask, contacts=JANE),
    ):
        with pytest.raises(Conflict) as refused:
            call()
        assert refused.value.code == "already_booked"


def test_the_same_over_rest(make_request: MakeRequest, alice: Membership, bob: Membership) -> None:
    """FUL-1.b, API-2: the link, the question for other times, and what the advocate offers."""
    ask = confirm(make_request, alice)
    api = api_for(alice, scopes=["asks:write", "asks:read", "requests:write", "requests:read"])
    base = f"asks/{ask.pk}"
    assert api.post(f"{base}/let-them-choose/", {"contacts": JANE}).status_code == 200
    assert booking_link(ask) is not None
    asked = api.post(f"{base}/ask-for-times/", {})
    assert asked.status_code == 200 and asked.json()["times_asked_at"]
    answer = api.post(f"{base}/offer-times/", {"time_note": "Friday at noon"})
    assert answer.json()["times_asked_at"] is None
    slot = ask.slots.filter(offered=True).order_by("starts_at")[0]
    picked = api.post(
        f"requests/{ask.request_id}/pick-slot/",
        {"slot": str(slot.pk), "contacts": JOHN, "location": "Room 4"},
    )
    assert picked.status_code == 200 and picked.json()["contacts"] == JOHN
    assert str(Diary(JOHNS).event["LOCATION"]) == "Room 4"
    assert api.post(f"{base}/undo-booking/", {}).status_code == 200
    assert ask.reload().activity.state == ActivityState.ACCEPTED  # type: ignore[union-attr]


def test_today_while_the_prospect_chooses(
    offered: Callable[..., Ask], client: Client, alice: Membership, bob: Membership, clock: Clock
) -> None:
    """FUL-1.b, UI-2.a: seller and manager read whom one waits for and until when; it is theirs
    again, and due that day, when the times ran out.
    """
    offered(contacts=f"{JANE}\n{JOHN}")

    def row(member: Membership) -> Any:
        (found,) = [row for row in rows_of(member, everything(member)) if row.id.startswith("time")]
        return found

    last = FIRST + timedelta(days=3)
    for member in (alice, bob):
        found = row(member)
        assert found.title.startswith("Waiting for Jane Roe and John Doe to pick a time")
        assert (found.due, found.action[0]) == (last, "See the times")
        assert "they can choose until Mon 30 Mar" in found.why
    clock.set(last + timedelta(minutes=1))
    found = row(bob)
    assert found.action[0] == "Ask for new times"
    assert found.due.date() == last.date()


def test_a_refusal_comes_back_to_who_let_them_choose(
    offered: Callable[..., Ask],
    client: Client,
    bob: Membership,
    client_for: Callable[..., Client],
    clock: Clock,
) -> None:
    """FUL-1.b: due that day, with their words, on Today, on the request and over REST; whoever is
    let choose anew is written to again, and a booking ends it.
    """
    ask = offered()
    client.post(page_of(ask), {"say": "other", "note": "Any Friday, please."})

    def row() -> Any:
        (found,) = [row for row in rows_of(bob, everything(bob)) if row.id.startswith("time")]
        return found

    assert row().title.startswith("None of the times suits Jane Roe: find another")
    assert "Any Friday, please." in row().why
    assert row().due.date() == clock.now.date()
    page = client_for(bob).get(f"/t/acme/requests/{ask.request_id}/").text
    assert "Any Friday, please." in page and "pick another, or ask for new ones" in page
    shown = api_for(bob).get(f"/api/v1/asks/{ask.pk}/").json()
    assert shown["time_wish"] == "Any Friday, please."
    let_them_choose(actor=Actor.member(bob), ask=ask, contacts=JANE)
    assert row().title.startswith("Waiting for Jane Roe")
    assert OutgoingMail.objects.filter(kind="choose_time").count() == 2
    client.post(page_of(ask), {"say": "other", "note": "Or Monday."})
    pick_slot(actor=Actor.member(bob), request=ask.request, slot=ask.slots.all()[0])
    assert not ask.reload().time_wish
