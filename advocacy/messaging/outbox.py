"""Sending what an outbox holds: a tenant's mails, or those of no tenant.

One mail at a time: claimed in one transaction (``FOR UPDATE SKIP LOCKED``, a lease, the attempt
counted), sent with no transaction open, recorded in another. What that promises:

- A mail *leaves* once, with one exception no SMTP client can avoid: a process that dies after the
  server took the mail and before the record is written will find the lease expired and send that
  one mail again. Its ``Message-ID`` is made from the row's id, so that both are the same mail to
  servers and readers that look at it.
- Nothing is lost: a mail stays queued until it is recorded as sent, or as failed after the last
  attempt.
"""

import logging
import smtplib
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import partial
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection, models, transaction

from advocacy import clock
from advocacy.messaging.body import Body
from advocacy.messaging.layout import as_html
from advocacy.messaging.models import MailState, QueuedMail
from advocacy.tenancy.stuck import pause_after

log = logging.getLogger(__name__)

#: With ``pause_after`` the eighth is about 18 hours after the first.
MAX_ATTEMPTS = 8
#: Longer than a server may take to answer (``EMAIL_TIMEOUT`` per step of the conversation).
LEASE = timedelta(minutes=5)
#: A sweep gives the worker back after this long; the next one goes on.
SWEEP_SECONDS = 60
#: Half a minute in all: as long as a restart of the database takes.
PAUSES_TO_RECORD = (0, 1, 2, 4, 8, 15)

_PERMANENT = 500

_Mail = TypeVar("_Mail", bound=QueuedMail)


class Unsendable(Exception):
    """Trying again cannot help."""


class Outbox(Generic[_Mail]):
    """The mails of one table that are to go out; a table says what it adds to them.

    Any number of processes may send from one at the same time.
    """

    # -- what a table says ----------------------------------------------------------------------

    def scope(self) -> AbstractContextManager[object]:
        """What every transaction of this outbox runs in."""
        return nullcontext()

    def rows(self) -> models.QuerySet[_Mail]:
        """Its mails in any state, with whatever :meth:`message` reads of other tables."""
        raise NotImplementedError

    def message(self, mail: _Mail) -> EmailMultiAlternatives:
        """The mail as it goes out, made by :func:`compose`.

        Raises :class:`Unsendable` for one that can never go out, and why.
        """
        raise NotImplementedError

    def useless_from(self, mail: _Mail) -> datetime | None:
        """From when on the mail is good for nothing, so that it is not tried any more."""
        return None

    def on_sent(self, mail: _Mail) -> None:
        """Write down what else there is to say, in the transaction that records it as sent."""

    def on_failed(self, mail: _Mail, error: Exception) -> None:
        """The same for one that is not tried any more."""

    # -- sending --------------------------------------------------------------------------------

    def send_due(self) -> int:
        """Send what is due, oldest first; returns how many mails went out.

        Must not run inside a transaction (``RuntimeError``): it would hold its locks while the
        mail server thinks.
        """
        backend = get_connection()
        sent = 0
        ends = time.monotonic() + SWEEP_SECONDS
        try:
            while time.monotonic() < ends and (mail := self.claim()) is not None:
                try:
                    self._send(backend, mail)
                except Exception as error:
                    backend.close()
                    self._record_failure(mail, error)
                else:
                    _insist(partial(self._record_sent, mail))
                    sent += 1
        finally:
            backend.close()
        return sent

    def claim(self) -> _Mail | None:
        """Lease the next due mail for this process; the attempt counts even if it dies."""
        now = clock.now()
        free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lte=now)
        with transaction.atomic(durable=True), self.scope():
            mail = (
                self.rows()
                .select_for_update(skip_locked=True, of=("self",))
                .filter(free, state=MailState.QUEUED, due_at__lte=now)
                .order_by("due_at", "id")
                .first()
            )
            if mail is None:
                return None
            mail.attempts += 1
            mail.leased_until = now + LEASE
            mail.save(update_fields=["attempts", "leased_until"])
            return mail

    def _send(self, backend: BaseEmailBackend, mail: _Mail) -> None:
        if mail.attempts > MAX_ATTEMPTS:
            raise Unsendable("every attempt ended before the mail server answered")
        backend.send_messages([self.message(mail)])

    def _record_sent(self, mail: _Mail) -> None:
        with transaction.atomic(durable=True), self.scope():
            # Whatever became of the row meanwhile (cancelled, lease lost): the mail is out.
            changed = (
                self.rows()
                .filter(pk=mail.pk)
                .exclude(state=MailState.SENT)
                .update(state=MailState.SENT, sent_at=clock.now(), leased_until=None, error="")
            )
            if changed:
                self.on_sent(mail)

    def _record_failure(self, mail: _Mail, error: Exception) -> None:
        log.warning("%s %s, attempt %s: %r", mail._meta.verbose_name, mail.pk, mail.attempts, error)
        due_at = clock.now() + pause_after(mail.attempts)
        useless = self.useless_from(mail)
        final = (
            mail.attempts >= MAX_ATTEMPTS
            or _is_permanent(error)
            or (useless is not None and due_at >= useless)
        )
        changes: dict[str, object] = {"leased_until": None, "error": _words_of(error)}
        changes |= {"state": MailState.FAILED} if final else {"due_at": due_at}
        with transaction.atomic(durable=True), self.scope():
            # Not if it was cancelled meanwhile, nor if another process leased it anew.
            changed = (
                self.rows()
                .filter(pk=mail.pk, state=MailState.QUEUED, leased_until=mail.leased_until)
                .update(**changes)
            )
            if changed and final:
                self.on_failed(mail, error)


def message_id(mail: QueuedMail) -> str:
    """The mail's ``Message-ID``, the same at every attempt."""
    return f"<{mail.pk}@{urlsplit(settings.PUBLIC_URL).hostname}>"


def row_behind(name: str) -> uuid.UUID | None:
    """The row whose ``Message-ID`` this is; None for a mail that is not ours."""
    local, _at, there = name.strip(" <>\t\r\n").rpartition("@")
    if there != urlsplit(settings.PUBLIC_URL).hostname:
        return None
    try:
        return uuid.UUID(local)
    except ValueError:
        return None


def compose(
    mail: QueuedMail,
    *,
    subject: str,
    body: Body,
    link: Callable[[str], str],
    page: Callable[[], str],
    to: str,
    from_email: str | None = None,
    reply_to: Sequence[str] = (),
    automatic: bool = True,
) -> EmailMultiAlternatives:
    """A row as a message in text and HTML, both made of ``body``; ``link`` and ``page`` make the
    addresses in it. ``automatic`` keeps holiday replies away.
    """
    headers = {"Message-ID": message_id(mail), "Date": format_datetime(clock.now())}
    if automatic:
        headers["Auto-Submitted"] = "auto-generated"
    message = EmailMultiAlternatives(
        subject=subject,
        body=body.filled(link=link, page=page),
        from_email=from_email,
        to=[to],
        reply_to=list(reply_to) or None,
        headers=headers,
    )
    html = as_html(body, link=link, page=page, subject=subject)
    message.attach_alternative(html, "text/html")
    return message


def _insist(write: Callable[[], None]) -> None:
    """Write down that a mail is out, through a restart of PostgreSQL if need be.

    Giving up would send the mail a second time when its lease is over.
    """
    for pause in PAUSES_TO_RECORD:
        try:
            write()
        except (OperationalError, InterfaceError):
            log.warning("the database is away while a mail is to be recorded")
            connection.close()
            time.sleep(pause)
        else:
            return
    write()


def _is_permanent(error: Exception) -> bool:
    """Whether the server will never take this mail, however often it is asked."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= _PERMANENT for code, _text in error.recipients.values())
    return isinstance(error, Unsendable)


def _words_of(error: Exception) -> str:
    """What the mail log says; a server's answer, without the program's own wording around it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = error.recipients.values()
        return "; ".join(f"{code} {_decoded(text)}" for code, text in answers)
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_decoded(error.smtp_error)}"
    if isinstance(error, Unsendable):
        return str(error)
    return f"{type(error).__name__}: {error}"


def _decoded(text: str | bytes) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
