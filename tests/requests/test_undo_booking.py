"""A booking is taken back before anybody heard of it (FUL-1)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from activities.activities.choices import ActivityState
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, NotAllowed
from advocacy.tenancy.models import Membership
from requests.models import Ask
from requests.requests.choices import RequestState
from requests.scheduling.invitations import undo_for
from requests.scheduling.services import pick_slot
from requests.scheduling.undo import undo_booking
from tests.factories.tenancy import MembershipFactory
from tests.requests.calls import FIRST, JANE, Diary, MakeRequest, confirm
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


def book(ask: Ask, by: Membership, which: int = 0) -> Ask:
    slot = ask.slots.order_by("starts_at")[which]
    pick_slot(actor=Actor.member(by), request=ask.request, slot=slot)
    return Ask.objects.get(pk=ask.pk)


def waiting() -> list[str]:
    mails = OutgoingMail.objects.filter(kind__startswith="invitation", state=MailState.QUEUED)
    return sorted(mail.to_email for mail in mails)


def test_an_undone_booking_is_never_heard_of(
    make_request: MakeRequest, alice: Membership, bob: Membership, clock: Clock
) -> None:
    """FUL-1.c: the invitations wait, and are not sent at all; a time is to be picked again, and
    what is booked then is the first anybody hears.
    """
    ask = book(confirm(make_request, alice, contacts=JANE), bob)
    assert len(waiting()) == 3
    assert {m.due_at for m in OutgoingMail.objects.filter(kind="invitation")} == {
        clock.now + undo_for()
    }
    undo_booking(actor=Actor.member(bob), ask=ask)
    ask = Ask.objects.get(pk=ask.pk)
    assert ask.activity is not None
    assert (ask.activity.state, ask.activity.starts_at) == (ActivityState.ACCEPTED, None)
    assert ask.request.state == RequestState.CONFIRMED
    assert (waiting(), ask.slots.filter(picked=True).count()) == ([], 0)
    ask = book(ask, bob, 1)
    mail = OutgoingMail.objects.get(to_email=bob.email, kind="invitation", state=MailState.QUEUED)
    assert mail.subject.startswith("Booked")
    assert Diary(bob.email).got == [("REQUEST", 1)]


def test_another_time_undone_leaves_the_first(
    make_request: MakeRequest, alice: Membership, bob: Membership, clock: Clock
) -> None:
    """FUL-1.c: back to what the calendars hold, and a later change goes on from there."""
    ask = book(confirm(make_request, alice), bob)
    clock.set(clock.now + timedelta(minutes=1))
    OutgoingMail.objects.filter(kind="invitation").update(state=MailState.SENT)
    ask = book(ask, bob, 1)
    undo_booking(actor=Actor.member(bob), ask=ask)
    ask = Ask.objects.get(pk=ask.pk)
    assert ask.activity is not None and ask.activity.starts_at == FIRST
    assert ask.request.state == RequestState.SCHEDULED
    assert ask.slots.get(picked=True).starts_at == FIRST
    book(ask, bob, 1)
    assert Diary(bob.email).got == [("REQUEST", 0), ("REQUEST", 2)]


def test_what_has_gone_out_is_not_undone(
    make_request: MakeRequest, alice: Membership, bob: Membership
) -> None:
    """FUL-1.c: one of the invitations left: all of them stand, and the refusal says what to do."""
    ask = book(confirm(make_request, alice), bob)
    first = OutgoingMail.objects.filter(kind="invitation").earliest("created_at")
    OutgoingMail.objects.filter(pk=first.pk).update(state=MailState.SENT)
    with pytest.raises(Conflict, match="has gone out already"):
        undo_booking(actor=Actor.member(bob), ask=ask)
    assert len(waiting()) == 1
    assert ask.activity is not None and ask.activity.reload().state == ActivityState.SCHEDULED
    with pytest.raises(NotAllowed):
        undo_booking(actor=Actor.member(MembershipFactory(role="sales")), ask=ask)


def test_the_page_offers_it_and_takes_it_back(
    make_request: MakeRequest, alice: Membership, bob: Membership, client_for: Callable[..., Client]
) -> None:
    """FUL-1.c, UI-1.a: the toast after a booking has a button; pressed twice it says what is so."""
    ask = confirm(make_request, alice)
    client = client_for(bob)
    slot = ask.slots.order_by("starts_at")[0]
    done = client.post(f"/t/acme/requests/asks/{ask.pk}/pick/{slot.pk}/", follow=True)
    undo = f"/t/acme/requests/asks/{ask.pk}/undo/"
    assert f'action="{undo}"' in done.content.decode()
    assert "Taken back. Nobody was told." in client.post(undo, follow=True).content.decode()
    assert client.post(undo).status_code == 409
    assert waiting() == []
