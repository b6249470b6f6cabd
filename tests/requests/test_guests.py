"""The prospect's people in a call, where it takes place, and what each side is told (FUL-1)."""

from collections.abc import Callable
from datetime import UTC, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from activities.activities.services import cancel_activity
from advocacy.events.models import Event
from advocacy.messaging.addresses import written
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.families import family_of
from advocacy.tenant_settings.services import change_settings
from requests.models import Ask
from requests.requests.contacts import Contact, contacts_in
from requests.scheduling.calendars import address
from requests.scheduling.services import pick_slot, schedule_call
from tests.factories.requests import ReadyFactory
from tests.requests.calls import FIRST, HALF, JANE, JOHN, Diary, MakeRequest, confirm

pytestmark = pytest.mark.django_db

JANES, JOHNS = "jane@isdom.example", "john@isdom.example"


def book(ask: Ask, by: Membership, which: int = 0, **said: str) -> Ask:
    slot = ask.slots.order_by("starts_at")[which]
    pick_slot(actor=Actor.member(by), request=ask.request, slot=slot, **said)  # type: ignore[arg-type]
    return Ask.objects.get(pk=ask.pk)


def again(ask: Ask, by: Membership, **said: str) -> None:
    """The same time once more, with other guests or another place."""
    activity = ask.activity
    assert activity is not None and activity.starts_at and activity.ends_at
    schedule_call(
        actor=Actor.member(by),
        ask=ask,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        **said,
    )


def newest(email: str) -> OutgoingMail:
    """The last version that went to an address."""
    mails = OutgoingMail.objects.filter(to_email=email, kind__startswith="invitation")
    return max(mails, key=lambda mail: mail.unique_key.split(":")[2])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (JANE, [Contact("Jane Roe", JANES)]),
        (JOHN, [Contact("John Doe", JOHNS)]),
        ("jane@isdom.example", [Contact("", JANES)]),
        (f"{JANE}\n\n {JOHN} ", [Contact("Jane Roe", JANES), Contact("John Doe", JOHNS)]),
        (f"{JANE}\nJANE@isdom.example", [Contact("Jane Roe", JANES)]),
        ('"O\'Neil, Pat" (pat@x.example)', [Contact("O'Neil, Pat", "pat@x.example")]),
        ("", []),
    ],
)
def test_contacts_are_read_as_people_type_them(typed: str, found: list[Contact]) -> None:
    """FUL-1.c: a name and an address a line, in whichever way."""
    assert contacts_in(typed) == found


@pytest.mark.parametrize(
    "typed",
    [
        "Jane Roe",
        "jane@",
        "a@x.example, b@x.example",
        "\n".join(f"{n}@x.example" for n in range(11)),
    ],
)
def test_a_line_without_one_address_is_named(typed: str) -> None:
    """BAD-1: the line, and what is accepted."""
    with pytest.raises(ValidationError):
        contacts_in(typed)


def test_the_prospect_is_invited_through_update_and_cancellation(
    make_request: MakeRequest, alice: Membership, bob: Membership
) -> None:
    """FUL-1.c: attendee with a mail and a calendar object of their own; another time moves it,
    calling it off removes it, at every address.
    """
    ask = confirm(make_request, alice, contacts=JANE, time_zone="America/New_York")
    ask = book(ask, bob)
    diary = Diary(JANES)
    assert diary.guests == {JANES, ask.advocate.email, bob.email}
    assert diary.event["DTSTART"].params["TZID"] == "America/New_York"
    assert diary.event["DTSTART"].dt.astimezone(UTC) == FIRST
    ask = book(ask, bob, 1)
    diary = Diary(JANES)
    assert diary.event["DTSTART"].dt.astimezone(UTC) == FIRST + timedelta(days=3)
    assert "New time" in newest(JANES).subject
    assert ask.activity is not None
    cancel_activity(actor=Actor.member(alice), activity=ask.activity, reason="Ill.")
    for email in (JANES, ask.advocate.email, bob.email):
        diary = Diary(email)
        assert (diary.event, diary.got) == (None, [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)])


def test_other_guests_update_every_calendar(
    make_request: MakeRequest, alice: Membership, bob: Membership
) -> None:
    """FUL-1.c: who is left out loses it, who is new gets it, everybody sees who comes; and a
    cancellation reaches exactly those who have it.
    """
    ask = book(confirm(make_request, alice, contacts=JANE), bob)
    again(ask, alice, contacts=JOHN)
    assert Diary(JANES).event is None
    assert Diary(JOHNS).got == [("REQUEST", 1)]
    for email in (JOHNS, bob.email):
        assert Diary(email).guests == {JOHNS, ask.advocate.email, bob.email}
    assert Diary(ask.advocate.email).guests == {JOHNS, ask.advocate.email}
    told = OutgoingMail.objects.get(to_email=JANES, calendar_method="CANCEL")
    assert "not called off" in told.text
    subject = newest(bob.email).subject
    assert "Updated" in subject and "New time" not in subject
    ask = Ask.objects.get(pk=ask.pk)
    assert ask.activity is not None
    cancel_activity(actor=Actor.member(alice), activity=ask.activity, reason="Ill.")
    assert [m for m, _n in Diary(JANES).got] == ["REQUEST", "CANCEL"]
    assert [m for m, _n in Diary(JOHNS).got] == ["REQUEST", "CANCEL"]


def test_each_side_reads_whom_they_meet_and_what_is_asked(
    make_request: MakeRequest, alice: Membership, bob: Membership
) -> None:
    """FUL-1.c: in the mail and in the calendar, with the other side's time beside one's own."""
    ask = confirm(
        make_request,
        alice,
        contacts=JANE,
        questions="How long did it take?\nWhat went wrong?",
        persona_function="Finance",
        time_zone="America/New_York",
    )
    ask = book(ask, bob, location="https://meet.example/isdom")
    for email, words in {
        ask.advocate.email: ("Jane Roe, Isdom", "Finance", "would like to know", "05:00"),
        bob.email: (f"Ana Lima, {ask.advocate.job_title}".strip(", "), "Jane Roe", "09:00"),
        JANES: ("Ana Lima", "you wanted to know", "09:00", "Bob"),
    }.items():
        mail = OutgoingMail.objects.get(to_email=email, kind="invitation")
        description = str(Diary(email).event["DESCRIPTION"])
        for word in (*words, "How long did it take?", "https://meet.example/isdom"):
            assert word in mail.text, (email, word)
            assert word in description, (email, word)


def test_nobody_is_named_to_whom_disclosure_does_not(
    make_request: MakeRequest, alice: Membership, bob: Membership
) -> None:
    """VIS-1.b, VIS-1.c: a name that is never shown stays out of the prospect's invitation, and a
    confidential prospect with all of their people out of the advocate's.
    """
    who = ReadyFactory(
        first_name="Ana", last_name="Lima", disclosure="never", seniority="executive"
    )
    ask = confirm(make_request, alice, advocate=who, contacts=JANE, is_confidential=True)
    book(ask, bob)
    to_jane = OutgoingMail.objects.get(to_email=JANES)
    everything = to_jane.subject + to_jane.text + to_jane.calendar
    assert "Lima" not in everything and who.email not in everything
    assert not Event.objects.filter(verb="ask.shown_to_prospect").exists()
    to_ana = OutgoingMail.objects.get(to_email=who.email, kind="invitation")
    everything = to_ana.subject + to_ana.text + to_ana.calendar
    assert "Isdom" not in everything and "isdom" not in everything and "Jane" not in everything


def test_showing_the_name_to_the_prospect_is_an_event(
    make_request: MakeRequest, alice: Membership, bob: Membership
) -> None:
    """VIS-1.e: once, with the first invitation."""
    ask = book(confirm(make_request, alice, contacts=JANE), bob)
    book(ask, bob, 1)
    assert Event.objects.filter(verb="ask.shown_to_prospect").count() == 1


def test_a_call_takes_place_at_the_usual_link(
    make_request: MakeRequest, alice: Membership, bob: Membership
) -> None:
    """FUL-1.c: the company's, unless the requester has one; a booking may say another, which
    stays through another time. A phone call has none.
    """
    family = family_of("asks")
    assert family is not None
    change_settings(
        actor=Actor.system("test"),
        family=family,
        values={"meeting_place": "https://meet.example/all"},
    )
    ask = book(confirm(make_request, alice), bob)
    assert ask.activity is not None and ask.activity.location == "https://meet.example/all"
    Membership.objects.filter(pk=bob.pk).update(meeting_place="https://meet.example/bob")
    ask = book(confirm(make_request, alice, prospect="Two"), bob)
    assert ask.activity is not None and ask.activity.location == "https://meet.example/bob"
    ask = book(ask, bob, 1, location="Room 4")
    ask = book(ask, bob, 0)
    assert ask.activity is not None and ask.activity.location == "Room 4"
    ask = book(confirm(make_request, alice, prospect="Three", meeting_format="phone"), bob)
    assert ask.activity is not None and ask.activity.location == ""


def test_guests_are_named_on_the_booking_form(
    make_request: MakeRequest, alice: Membership, bob: Membership, client_for: Callable[..., Client]
) -> None:
    """FUL-1.c, BAD-1: typed at booking, kept with what is wrong, and nobody is invited then."""
    ask = confirm(make_request, alice)
    path = f"/t/acme/requests/asks/{ask.pk}/schedule/"
    said = {"starts_at": "2026-03-27T12:00", "minutes": "30", "contacts": "Jane Roe"}
    answer = client_for(bob).post(path, said)
    assert answer.status_code == 422
    assert "“Jane Roe” does not name one e-mail address" in answer.content.decode()
    assert not OutgoingMail.objects.filter(kind="invitation").exists()
    assert client_for(bob).post(path, {**said, "contacts": JANE}).status_code == 302
    assert Diary(JANES).got == [("REQUEST", 0)]
    assert ask.request.reload().contacts == JANE


def test_contacts_that_are_none_are_refused_everywhere(
    make_request: MakeRequest, alice: Membership, bob: Membership
) -> None:
    """BAD-1: at their field, on the request and at booking; nothing is half saved."""
    with pytest.raises(DomainError) as refused:
        make_request(contacts="nobody")
    assert list(refused.value.fields) == ["contacts"]
    ask = confirm(make_request, alice)
    with pytest.raises(DomainError) as refused:
        book(ask, bob, contacts="nobody")
    assert list(refused.value.fields) == ["contacts"]
    assert ask.reload().activity.starts_at is None  # type: ignore[union-attr]


def test_slots_last_as_long_as_the_letter_says(
    make_request: MakeRequest, alice: Membership
) -> None:
    """FUL-1.a, ASK-1.a: a letter of 30–45 minutes proposes 45, and the booking form begins so."""
    from requests.asks.drafting import draft_ask

    request = make_request()
    kind = request.activity_type
    draft = draft_ask(request, ReadyFactory(), sender=alice)
    assert f"{kind.minutes_low}–{kind.minutes_high} minutes" in draft.message
    lengths = {slot.ends_at - slot.starts_at for slot in draft.slots}
    assert lengths == {timedelta(minutes=kind.minutes_high)} != {HALF}


def test_an_address_with_letters_of_its_own_language_goes_out() -> None:
    """FUL-1.c, MSG-1: mail programs and calendars know such a domain by its ASCII name."""
    assert written("jane@münchen.example") == "jane@xn--mnchen-3ya.example"
    assert written("jane@example.com") == "jane@example.com"
    assert "xn--mnchen-3ya" in str(address("Jane", "jane@münchen.example"))


def test_an_address_too_long_for_a_mail_is_refused_where_it_is_typed() -> None:
    """BAD-1.a: not later, at a field nobody sees."""
    with pytest.raises(ValidationError):
        contacts_in(f"Jane, {'j' * 60}@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.example")
