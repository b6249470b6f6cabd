"""Mail about accounts leaves the outbox as any mail does (BAD-2, ID-1)."""

import smtplib
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from advocacy.identity.account_mail import (
    LINK_MINUTES,
    AccountOutbox,
    request_account_mail,
    send_due_account_mail,
)
from advocacy.identity.models import AccountMail, AccountMailPurpose
from advocacy.messaging import outbox
from advocacy.messaging.models import MailState
from advocacy.messaging.outbox import LEASE, MAX_ATTEMPTS, message_id
from advocacy.tenancy.models import Membership
from tests.support.mail import TellingBackend
from tests.support.time import Clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def server(settings: Settings, clock: Clock) -> Iterator[type[TellingBackend]]:
    """A mail server that takes everything until told otherwise."""
    settings.EMAIL_BACKEND = "tests.support.mail.TellingBackend"
    TellingBackend.sent = []
    TellingBackend.answer = lambda _message: None
    yield TellingBackend
    TellingBackend.sent = []


def answering(answer: Callable[[Any], None]) -> None:
    TellingBackend.answer = staticmethod(answer)  # type: ignore[assignment]


def queue(member: Membership, purpose: str = AccountMailPurpose.SIGN_IN) -> AccountMail:
    request_account_mail(email=member.email, purpose=AccountMailPurpose(purpose), language="en")
    return AccountMail.objects.latest("id")


def test_one_failing_mail_holds_up_no_other(
    alice: Membership, bob: Membership, clock: Clock, caplog: Any
) -> None:
    """BAD-2, MSG-2: what the server will never take fails at once, and the operator hears of it."""

    def answer(message: Any) -> None:
        if message.to == [alice.email]:
            raise smtplib.SMTPRecipientsRefused({alice.email: (550, b"no such user")})

    answering(answer)
    failing, fine = queue(alice), queue(bob)
    assert send_due_account_mail() == 1
    failing.refresh_from_db()
    fine.refresh_from_db()
    assert (failing.state, failing.error) == (MailState.FAILED, "550 no such user")
    assert (failing.attempts, failing.leased_until, failing.sent_at) == (1, None, None)
    assert (fine.state, fine.sent_at, fine.error) == (MailState.SENT, clock.now, "")
    assert f"account mail {failing.pk} (sign_in) was not sent" in caplog.text
    assert send_due_account_mail() == 0


def test_a_mail_is_tried_until_its_link_would_be_too_old(alice: Membership, clock: Clock) -> None:
    """BAD-2: a link for a new password has time for several attempts, one to sign in for two."""

    def refuse(_message: Any) -> None:
        raise ConnectionRefusedError("nobody there")

    answering(refuse)
    for purpose, lasts in (
        (AccountMailPurpose.SIGN_IN, timedelta(minutes=LINK_MINUTES)),
        (AccountMailPurpose.NEW_PASSWORD, None),
    ):
        mail, began = queue(alice, purpose), clock.now
        while mail.state == MailState.QUEUED:
            clock.set(mail.due_at)
            assert send_due_account_mail() == 0
            mail.refresh_from_db()
        assert mail.state == MailState.FAILED
        assert "nobody there" in mail.error
        if lasts is not None:
            assert 1 < mail.attempts < MAX_ATTEMPTS
            assert clock.now < began + lasts
        else:
            assert mail.attempts == MAX_ATTEMPTS


def test_a_lost_connection_sends_nothing_twice(alice: Membership, clock: Clock) -> None:
    """BAD-2: a restart of PostgreSQL while the mail goes out repeats nothing visible."""
    answering(lambda _message: connection.connection.close())
    mail = queue(alice)
    assert send_due_account_mail() == 1
    clock.advance(LEASE)
    assert send_due_account_mail() == 0
    mail.refresh_from_db()
    assert mail.state == MailState.SENT


def test_the_work_of_a_killed_process_is_found_again(alice: Membership, clock: Clock) -> None:
    """BAD-2: after the lease and not before, under the same Message-ID."""
    mail = queue(alice)
    assert AccountOutbox().claim() is not None  # a process that dies right after
    assert send_due_account_mail() == 0
    clock.advance(LEASE)
    assert send_due_account_mail() == 1
    mail.refresh_from_db()
    assert mail.attempts == 2
    assert TellingBackend.sent[0].message()["Message-ID"] == message_id(mail)


def test_a_mail_that_kills_its_process_ends_as_failed(alice: Membership, clock: Clock) -> None:
    """BAD-2: even if nobody lives to record it."""
    mail = queue(alice, AccountMailPurpose.NEW_PASSWORD)
    for _ in range(MAX_ATTEMPTS):
        assert AccountOutbox().claim() is not None
        clock.advance(LEASE)
    assert send_due_account_mail() == 0
    mail.refresh_from_db()
    assert (mail.state, TellingBackend.sent) == (MailState.FAILED, [])


def test_two_senders_at_once_send_each_mail_once(alice: Membership) -> None:
    """BAD-2: two workers, no mail twice."""
    meeting = threading.Barrier(2, timeout=10)
    first = threading.local()

    def answer(_message: Any) -> None:
        if not getattr(first, "done", False):
            first.done = True
            meeting.wait()  # both are in the middle of sending at the same time

    answering(answer)
    wanted = {message_id(queue(alice)) for _ in range(6)}
    counts: list[int] = []

    def work() -> None:
        counts.append(send_due_account_mail())
        transaction.get_connection().close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == len(TellingBackend.sent) == 6
    assert {message.message()["Message-ID"] for message in TellingBackend.sent} == wanted


def test_sending_refuses_an_open_transaction(alice: Membership) -> None:
    """BAD-2: no lock is held while a mail server thinks."""
    queue(alice)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        send_due_account_mail()
    assert TellingBackend.sent == []


def test_a_sweep_gives_the_worker_back(alice: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    """BAD-2: however many wait; the next sweep goes on where this one ended."""
    passed = iter(range(0, 10_000, outbox.SWEEP_SECONDS // 2))
    monkeypatch.setattr(outbox.time, "monotonic", lambda: next(passed))
    for _ in range(3):
        queue(alice)
    assert send_due_account_mail() == 1
    assert AccountMail.objects.filter(state=MailState.QUEUED, attempts=0).count() == 2
    assert send_due_account_mail() == 1
