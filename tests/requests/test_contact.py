"""However a person wants to be reached, every message and duty obeys it (ADV-2)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocates.joining.invitations import invite_advocate
from advocates.models import Advocate, Preference
from advocates.people.preferences import save_preferences
from benefits.thanks.models import ThankYou
from benefits.thanks.services import mark_thanked, send_thank_you
from portal.services.links import send_portal_link
from reporting.queue import everything, rows_of
from requests.asks.taking_back import withdraw_ask
from tests.factories.advocates import SYSTEM, AccountFactory
from tests.factories.requests import ReadyFactory
from tests.requests.asking import MakeRequest, Send
from tests.support.program import make_program
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

ClientFor = Callable[..., Client]


def brought(member: Membership) -> list[Any]:
    items = [item for item in everything(member) if item.work.code == "bring"]
    return rows_of(member, items)


def test_who_wants_to_be_called_gets_no_mail(
    make_request: MakeRequest, send: Send, alice: Membership, bob: Membership, client_for: ClientFor
) -> None:
    """ADV-2.f: the sender is told to call, with the words and the number, and it stands on their
    Today until the answer is written down; taking it back is told the same way.
    """
    person = ReadyFactory(first_name="Ana", last_name="Lima", phone="+49 30 1234")
    save_preferences(actor=SYSTEM, advocate=person, channel="phone")
    (ask,) = send(make_request(), person)
    assert not OutgoingMail.objects.filter(to_email=person.email).exists()
    mail = OutgoingMail.objects.get(kind="ask")
    assert (mail.to_email, mail.link) == (alice.email, None)
    for words in ("Ana Lima", "+49 30 1234", "Would you talk to Isdom?"):
        assert words in mail.subject + mail.text
    (row,) = brought(alice)
    assert "Ana Lima" in row.title and "+49 30 1234" in row.why
    assert brought(bob) == []
    panel = client_for(alice).get(row.url).content.decode()
    assert "What did Ana Lima say?" in panel
    OutgoingMail.objects.update(state="sent")
    withdraw_ask(actor=Actor.member(alice), ask=ask)
    told = OutgoingMail.objects.get(kind="ask_cancelled")
    assert told.to_email == alice.email
    assert brought(alice) == []


def test_who_wants_to_hear_through_their_contact(
    make_request: MakeRequest, send: Send, alice: Membership, membership: Any
) -> None:
    """ADV-2.f: the account's owner brings it; what they write themselves goes to the person."""
    csm = membership("csm")
    person = ReadyFactory(account=AccountFactory(owner=csm))
    save_preferences(actor=SYSTEM, advocate=person, channel="csm")
    send(make_request(), person)
    assert OutgoingMail.objects.get(kind="ask").to_email == csm.email
    assert len(brought(csm)) == 1
    assert brought(alice) == []
    other = ReadyFactory(account=AccountFactory(owner=csm))
    save_preferences(actor=SYSTEM, advocate=other, channel="csm")
    send(make_request(), other, by=csm)
    assert OutgoingMail.objects.filter(kind="ask", to_email=other.email).exists()


def test_thanks_take_the_chosen_way(
    clock: Clock, scope: Any, alice: Membership, client_for: ClientFor
) -> None:
    """ADV-2.f: no letter leaves to who wants a call, none by itself either; the page says so."""
    program = make_program(manager=alice)
    Preference.objects.update_or_create(advocate=program.advocate, defaults={"channel": "phone"})
    program.completed("reference_call")
    thank_you = ThankYou.objects.get()
    with pytest.raises(DomainError) as refused:
        send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Thanks")
    assert refused.value.code == "other_channel"
    page = client_for(program.manager).get(f"/t/{scope.slug}/thanks/{thank_you.pk}/")
    assert "wants to be called" in page.content.decode()
    mark_thanked(actor=program.actor, thank_you=thank_you, channel="call", at=clock.now)
    program.completed("survey")
    assert not OutgoingMail.objects.filter(to_email=program.advocate.email).exists()
    assert ThankYou.objects.filter(state="open", kind="personal").count() == 1


def test_links_and_invitations_obey_as_well(alice: Membership, scope: Any) -> None:
    """ADV-2.f: a colleague who would send one by mail is told how to reach the person instead."""
    person = ReadyFactory(first_name="Ana", phone="+49 30 1234")
    save_preferences(actor=SYSTEM, advocate=person, channel="phone")
    with pytest.raises(DomainError) as refused:
        send_portal_link(actor=Actor.member(alice), advocate=person)
    assert "+49 30 1234" in refused.value.message
    Advocate.objects.filter(pk=person.pk).update(status="cultivating")
    person.refresh_from_db()
    with pytest.raises(DomainError) as refused:
        invite_advocate(
            actor=Actor.member(alice), advocate=person, sender=alice, personal_line="You"
        )
    assert refused.value.code == "other_channel"
    assert not OutgoingMail.objects.exists()
