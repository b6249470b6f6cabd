"""Asking to be erased, from one's own page or through a colleague (PRT-1.d, GDPR-1)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest
from django.test import Client

from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.messaging.links import create_link, link_url
from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.outbox import Unsendable
from advocacy.messaging.sending import TenantOutbox, send_due_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.erasure_requests.resource import ERASURE_REQUESTS
from advocates.erasure_requests.services import keep_data, request_erasure
from advocates.models import Advocate, ErasureRequest, Preference
from advocates.people.preferences import save_preferences
from advocates.people.privacy import erase_advocate
from reporting.queue import everything, rows_of
from tests.factories.advocates import AdvocateFactory
from tests.factories.erasure_requests import ErasureRequestFactory
from tests.factories.requests import ReadyFactory
from tests.kit.resource import ResourceCase
from tests.support.time import Clock


class TestErasureRequests(ResourceCase):
    """PRT-1.d: to whoever runs the program, who may record one that came by mail."""

    resource, factory = ERASURE_REQUESTS, ErasureRequestFactory
    viewers = "program_manager admin"
    editors = "program_manager admin"
    new: ClassVar[dict[str, Any]] = {"advocate": ReadyFactory, "words": "Please."}
    wrong: ClassVar[dict[str, Any]] = {"words": "x" * 2001}
    moves: ClassVar[dict[str, Any]] = {
        "keep": (editors, {"reason": "A contract until 2027"}, "kept"),
    }


def link_to(person: Advocate) -> str:
    """The path of their own page."""
    link = create_link(
        purpose="portal", subject_id=person.pk, expires_at=product_clock.now() + timedelta(days=90)
    )
    return urlsplit(link_url(link)).path


def snoozed(person: Advocate) -> date | None:
    return Preference.objects.get(advocate=person).snoozed_until


def test_on_their_own_page(scope: Tenant, clock: Clock, alice: Membership, client: Client) -> None:
    """PRT-1.d: asked once, nothing is asked of them meanwhile, and they may stay after all."""
    person = ReadyFactory(first_name="Mia", last_name="Roth", email="mia@example.com")
    home = link_to(person)
    address = home.replace("/home/", "/erasure/")
    page = client.post(address, {"words": "I <b>leave</b>."}, follow=True).content.decode()
    assert "Your request has arrived" in page and "I want to stay after all" in page
    made = ErasureRequest.objects.get()
    assert (made.words, made.state, made.due_at) == (
        "I <b>leave</b>.",
        "open",
        clock.now + timedelta(days=14),
    )
    assert snoozed(person) == made.due_at.date() + timedelta(days=365)
    mail = OutgoingMail.objects.get(kind="erasure")
    assert mail.to_email == "mia@example.com" and "erase" in mail.subject
    assert "leave" not in str(Event.objects.get(verb="erasure_request.made").payload)
    # Twice is once.
    again = client.post(address, {}, follow=True).content.decode()
    assert "asked for it already" in again and ErasureRequest.objects.count() == 1
    (row,) = rows_of(alice, [i for i in everything(alice) if i.work.code == "erasure"])
    assert row.title == "Mia Roth asks to be erased" and row.due == made.due_at
    stay = client.post(address, {"stay": "1"}, follow=True).content.decode()
    assert "Good that you stay" in stay and "Ask to be erased" in stay
    assert made.reload().state == "withdrawn" and snoozed(person) is None
    assert "Nothing waits" in client.post(address, {"stay": "1"}, follow=True).content.decode()
    too_long = client.post(address, {"words": "x" * 2001}, follow=True).content.decode()
    assert "2000" in too_long and ErasureRequest.objects.count() == 1


def test_a_pause_of_their_own_stays(scope: Tenant, clock: Clock, alice: Membership) -> None:
    """PRT-1.d: what they chose before, or meanwhile, is theirs."""
    person, actor = ReadyFactory(), Actor.member(alice)
    long = clock.now.date() + timedelta(days=600)
    save_preferences(actor=actor, advocate=person, snoozed_until=long)
    made = request_erasure(actor=Actor.advocate(person.pk), advocate=person)
    assert snoozed(person) == long
    keep_data(actor=actor, erasure_request=made, reason="A contract until 2027")
    assert snoozed(person) == long
    mail = OutgoingMail.objects.get(kind="erasure", unique_key__startswith="erasure_kept")
    assert "A contract until 2027" in mail.text


def test_done_with_the_erasure(scope: Tenant, alice: Membership) -> None:
    """PRT-1.d, GDPR-1.b: whoever erases them, the request is done and holds no words any more."""
    person, actor = ReadyFactory(first_name="Mia", last_name="Roth"), Actor.member(alice)
    made = request_erasure(actor=Actor.advocate(person.pk), advocate=person, words="I am Mia Roth")
    erase_advocate(actor=actor, advocate=person, name="Mia Roth", reason="Asked for it")
    made.reload()
    assert (made.state, made.words, made.decided_by) == ("erased", "", alice)
    with pytest.raises(Conflict):
        request_erasure(actor=actor, advocate=person)
    assert not [item for item in everything(alice) if item.work.code == "erasure"]


def test_one_last_mail(tenant: Tenant, alice: Membership, mailoutbox: Any) -> None:
    """PRT-1.d, GDPR-1.b: who asked for it hears that it is done, and nothing of that mail is kept
    once it has left; who did not ask, or wants no mail, gets none.
    """
    actor = Actor.member(alice)
    with tenant_scope(tenant):
        person = ReadyFactory(first_name="Mia", last_name="Roth", email="mia@example.com")
        silent = ReadyFactory(first_name="Ida", last_name="Still")
        called = ReadyFactory(first_name="Ulf", last_name="Anruf")
        save_preferences(actor=actor, advocate=called, channel="phone")
        for who in (person, called):
            request_erasure(actor=Actor.advocate(who.pk), advocate=who)
        for who in (person, silent, called):
            erase_advocate(actor=actor, advocate=who, name=who.name, reason="Asked for it")
        mail = OutgoingMail.objects.get(kind="erasure-done")
        assert mail.to_email == "mia@example.com"
    send_due_mail(tenant.pk)
    (sent,) = [each for each in mailoutbox if "has erased" in each.subject]
    assert sent.to == ["mia@example.com"]
    assert "Dear Mia" in sent.body
    with tenant_scope(tenant):
        mail.reload()
        assert (mail.state, mail.to_email, mail.subject, mail.body) == ("sent", "", "", [])
        assert "Mia" not in str([dict(row) for row in OutgoingMail.objects.values()])


def test_a_last_mail_that_comes_back(tenant: Tenant, alice: Membership) -> None:
    """GDPR-1.b: nobody tries it again, since nobody knows where to."""
    with tenant_scope(tenant):
        person = ReadyFactory(first_name="Mia", last_name="Roth", email="mia@example.com")
        request_erasure(actor=Actor.advocate(person.pk), advocate=person)
        erase_advocate(
            actor=Actor.member(alice), advocate=person, name="Mia Roth", reason="Asked for it"
        )
        mail = OutgoingMail.objects.get(kind="erasure-done")
        TenantOutbox(tenant.pk).on_failed(mail, Unsendable("no such mailbox"))
        mail.reload()
        assert (mail.state, mail.to_email, mail.body) == ("cancelled", "", [])


def test_nobody_elses_link(
    tenant: Tenant, other_tenant: Tenant, client: Client, membership: Callable[..., Membership]
) -> None:
    """ID-3, TEN-1: a link of another purpose or of a stranger's making opens nothing."""
    with tenant_scope(tenant):
        person = AdvocateFactory()
        home = link_to(person)
    broken = home[:-10] + "AAAA" + home[-6:]
    assert client.post(broken.replace("/home/", "/erasure/")).status_code in (404, 410)
    with tenant_scope(tenant):
        assert not ErasureRequest.objects.exists()
