"""Mails leave the outbox (BAD-2, MSG-1)."""

import smtplib
import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from advocacy import clock as house_clock
from advocacy.events.models import Event
from advocacy.messaging import links
from advocacy.messaging.body import Body
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.outbox import LEASE, MAX_ATTEMPTS, message_id
from advocacy.messaging.sending import TenantOutbox, send_due_mail
from advocacy.messaging.services import cancel_mail, queue_mail, retry_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.support.mail import TellingBackend
from tests.support.time import Clock

pytestmark = pytest.mark.django_db(transaction=True)

links.register_purpose("test-ask", "ask/")


@pytest.fixture(autouse=True)
def server(settings: Settings, clock: Clock) -> Iterator[type[TellingBackend]]:
    """A mail server that takes everything until told otherwise."""
    settings.EMAIL_BACKEND = "tests.support.mail.TellingBackend"
    settings.PUBLIC_URL = "https://advocacy.example"
    settings.DEFAULT_FROM_EMAIL = "Advocacy <hello@advocacy.example>"
    TellingBackend.sent = []
    TellingBackend.answer = lambda _message: None
    yield TellingBackend
    TellingBackend.sent = []


def refusing(error: Exception) -> Callable[[Any], None]:
    def answer(_message: object) -> None:
        raise error

    return staticmethod(answer)  # type: ignore[return-value]


def queue(tenant: Tenant, **changes: Any) -> OutgoingMail:
    with tenant_scope(tenant):
        return queue_mail(
            **{
                "kind": "reminder",
                "to_email": "ana@example.com",
                "to_name": "Ana Müller",
                "subject": "A question",
                "text": "Hello Ana\n",
                "unique_key": f"reminder:{uuid.uuid4()}",
                **changes,
            }
        )


def again(tenant: Tenant, mail: OutgoingMail) -> OutgoingMail:
    with tenant_scope(tenant):
        return mail.reload()


def test_due_mail_goes_out_once_and_a_later_one_waits(tenant: Tenant, clock: Clock) -> None:
    """BAD-2.a: sweeping twice sends once; a due time is kept."""
    now = queue(tenant)
    later = queue(tenant, due_at=clock.now + timedelta(hours=12))
    assert send_due_mail(tenant.pk) == 1
    assert send_due_mail(tenant.pk) == 0
    assert again(tenant, now).state == MailState.SENT
    clock.advance(hours=12)
    assert send_due_mail(tenant.pk) == 1
    assert again(tenant, later).sent_at == clock.now
    assert len(TellingBackend.sent) == 2


def test_message_says_who_writes_and_what_to_answer(tenant: Tenant, alice: Membership) -> None:
    """MSG-1.d: from a person; the link works; text and HTML say the same."""
    with tenant_scope(tenant):
        link = links.create_link(
            purpose="test-ask",
            subject_id=uuid.uuid4(),
            expires_at=house_clock.now() + timedelta(days=1),
        )
        address = links.link_url(link)
    text = Body(
        ({"text": "Yes: "}, {"link": ""}, {"text": "\n\nSee {link} "}, {"page": ""}, {"text": "\n"})
    )
    mail = queue(tenant, sender=alice, link=link, path="/t/acme/asks/", text=text)
    send_due_mail(tenant.pk)
    (sent,) = TellingBackend.sent
    message = sent.message()
    assert message["From"] == "Alice <hello@advocacy.example>"
    assert message["Reply-To"] == "alice@example.com"
    assert message["To"] == "=?utf-8?q?Ana_M=C3=BCller?= <ana@example.com>"
    assert message["Message-ID"] == f"<{mail.pk}@advocacy.example>"
    assert message["Date"] == "Mon, 02 Mar 2026 10:00:00 +0000"
    assert "Auto-Submitted" not in message
    assert sent.body == f"Yes: {address}\n\nSee {{link}} https://advocacy.example/t/acme/asks/\n"
    html, kind = sent.alternatives[0]  # type: ignore[attr-defined]
    assert kind == "text/html"
    assert f'href="{address}"' in html
    assert again(tenant, mail).text == "Yes: [personal link]\n\nSee {link} [link]\n"


def test_invitation_carries_its_calendar(tenant: Tenant) -> None:
    """FUL-1.c: iCalendar, as an alternative with its method and as a file."""
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    queue(tenant, calendar=calendar, calendar_method="REQUEST")
    send_due_mail(tenant.pk)
    (sent,) = TellingBackend.sent
    parts = {part.get_content_type(): part for part in sent.message().walk()}
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    assert parts["text/calendar"].get_param("charset") == "utf-8"
    assert parts["application/ics"].get_filename() == "invite.ics"
    assert sent.message()["Auto-Submitted"] == "auto-generated"


def test_failures_back_off_and_end_in_plain_view(
    tenant: Tenant, server: type[TellingBackend], clock: Clock
) -> None:
    """BAD-2.a: stable ids over retries, backoff, a visible failed state, an event."""
    server.answer = refusing(ConnectionRefusedError("nobody there"))
    mail = queue(tenant)
    pauses = []
    for attempt in range(1, MAX_ATTEMPTS):
        send_due_mail(tenant.pk)
        waiting = again(tenant, mail)
        assert (waiting.state, waiting.attempts) == (MailState.QUEUED, attempt)
        assert send_due_mail(tenant.pk) == 0
        assert again(tenant, mail).attempts == attempt, "tried again before its time"
        pauses.append(waiting.due_at - clock.now)
        clock.set(waiting.due_at)
    assert pauses == sorted(pauses)
    assert timedelta(hours=10) < sum(pauses, timedelta()) < timedelta(hours=30)
    send_due_mail(tenant.pk)
    assert again(tenant, mail).state == MailState.FAILED
    assert "nobody there" in mail.error
    with tenant_scope(tenant):
        event = Event.objects.get(verb="mail.failed")
        assert event.subject_id == mail.pk
        assert event.payload == {"kind": "reminder", "attempts": MAX_ATTEMPTS}


def test_unknown_recipient_fails_at_once(tenant: Tenant, server: type[TellingBackend]) -> None:
    """MSG-2: what the server will never take is not tried for a day."""
    refused = {"ana@example.com": (550, b"no such user")}
    server.answer = refusing(smtplib.SMTPRecipientsRefused(refused))
    mail = queue(tenant)
    send_due_mail(tenant.pk)
    assert again(tenant, mail).state == MailState.FAILED
    assert mail.error == "550 no such user"


def test_one_bad_mail_holds_up_no_other(tenant: Tenant, server: type[TellingBackend]) -> None:
    """BAD-2.a: a poison row is pushed back."""

    def answer(message: Any) -> None:
        if message.subject == "poison":
            raise smtplib.SMTPDataError(451, b"later")

    server.answer = staticmethod(answer)  # type: ignore[assignment]
    queue(tenant, subject="poison")
    queue(tenant)
    assert send_due_mail(tenant.pk) == 1


def test_dead_link_is_not_sent(tenant: Tenant) -> None:
    """ID-3.b: nobody gets a link that no longer works; the mail says why."""
    with tenant_scope(tenant):
        link = links.create_link(
            purpose="test-ask",
            subject_id=uuid.uuid4(),
            expires_at=house_clock.now() + timedelta(days=1),
        )
    mail = queue(tenant, link=link, text=Body(({"link": ""},)))
    with tenant_scope(tenant):
        links.revoke_links(subject_id=link.subject_id)
    send_due_mail(tenant.pk)
    assert again(tenant, mail).state == MailState.FAILED
    assert "revoked" in mail.error
    assert not TellingBackend.sent


def test_mail_cancelled_while_it_is_sent_counts_as_sent(
    tenant: Tenant, server: type[TellingBackend]
) -> None:
    """BAD-2.a: the record says what happened."""
    mail = queue(tenant, subject_id=tenant.pk)

    def answer(_message: Any) -> None:
        with tenant_scope(tenant):
            cancel_mail(subject_id=tenant.pk, kinds=["reminder"])

    server.answer = staticmethod(answer)  # type: ignore[assignment]
    send_due_mail(tenant.pk)
    assert again(tenant, mail).state == MailState.SENT


def test_lost_connection_after_the_mail_went_out_does_not_send_it_again(
    tenant: Tenant, server: type[TellingBackend], clock: Clock
) -> None:
    """BAD-2.a: a restart of PostgreSQL repeats nothing visible."""

    def answer(_message: Any) -> None:
        connection.connection.close()  # what a restart looks like from here

    server.answer = staticmethod(answer)  # type: ignore[assignment]
    mail = queue(tenant)
    assert send_due_mail(tenant.pk) == 1
    clock.advance(LEASE)
    assert send_due_mail(tenant.pk) == 0
    assert again(tenant, mail).state == MailState.SENT


def test_leased_mail_is_left_alone_until_the_lease_is_over(tenant: Tenant, clock: Clock) -> None:
    """BAD-2.a: the work of a killed process is found again, and not before its time."""
    mail = queue(tenant)
    assert TenantOutbox(tenant.pk).claim() is not None  # a process that dies right after
    assert send_due_mail(tenant.pk) == 0
    clock.advance(LEASE)
    assert send_due_mail(tenant.pk) == 1
    assert again(tenant, mail).attempts == 2
    assert TellingBackend.sent[0].message()["Message-ID"] == message_id(mail)


def test_mail_that_kills_its_process_each_time_ends_as_failed(tenant: Tenant, clock: Clock) -> None:
    """BAD-2.a: poison ends in plain view even if nobody lives to record it."""
    mail = queue(tenant)
    for _ in range(MAX_ATTEMPTS):
        assert TenantOutbox(tenant.pk).claim() is not None
        clock.advance(LEASE)
    assert send_due_mail(tenant.pk) == 0
    assert again(tenant, mail).state == MailState.FAILED


def test_two_senders_at_once_send_each_mail_once(
    tenant: Tenant, server: type[TellingBackend]
) -> None:
    """BAD-2.a: two workers, no mail twice."""
    meeting = threading.Barrier(2, timeout=10)
    first = threading.local()

    def answer(_message: Any) -> None:
        if not getattr(first, "done", False):
            first.done = True
            meeting.wait()  # both are in the middle of sending at the same time

    server.answer = staticmethod(answer)  # type: ignore[assignment]
    keys = {queue(tenant).unique_key for _ in range(6)}
    counts: list[int] = []

    def work() -> None:
        counts.append(send_due_mail(tenant.pk))
        transaction.get_connection().close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == len(keys) == len(TellingBackend.sent)
    assert min(counts) >= 1
    assert len({message.message()["Message-ID"] for message in TellingBackend.sent}) == len(keys)


def test_sending_refuses_an_open_transaction(tenant: Tenant) -> None:
    """BAD-2.a: no lock is held while a mail server thinks."""
    queue(tenant)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        send_due_mail(tenant.pk)


def test_failed_mail_can_be_sent_again_and_only_that(
    tenant: Tenant, alice: Membership, server: type[TellingBackend]
) -> None:
    """AUD-1.a: a retry is somebody's act."""
    server.answer = refusing(smtplib.SMTPRecipientsRefused({"a": (550, b"no")}))
    mail = queue(tenant)
    send_due_mail(tenant.pk)
    server.answer = lambda _message: None
    with tenant_scope(tenant):
        retry_mail(actor=Actor.member(alice), mail=mail)
        with pytest.raises(Conflict):
            retry_mail(actor=Actor.member(alice), mail=mail)
    assert send_due_mail(tenant.pk) == 1
    with tenant_scope(tenant):
        assert Event.objects.get(verb="mail.retried").actor == alice
