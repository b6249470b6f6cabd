"""Sending what the outbox holds.

One mail at a time: claimed in one transaction (``FOR UPDATE SKIP LOCKED``, a lease, the attempt
counted), sent with no transaction open, recorded in another. What that promises:

- A mail *row* exists once, whatever happens: its unique key is a constraint.
- A mail *leaves* once, with one exception no SMTP client can avoid: a process that dies after the
  server took the mail and before the record is written will find the lease expired and send that
  one mail again. Its ``Message-ID`` is made from the row's id, so that both are the same mail to
  servers and readers that look at it.
- Nothing is lost: a mail stays queued until it is recorded as sent, or as failed in plain view
  after the last attempt.
"""

import logging
import smtplib
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime, formataddr, parseaddr
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection, models, transaction

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.body import Body
from advocacy.messaging.links import link_problem, link_url, page_url
from advocacy.messaging.models import MailState, OutgoingMail, PersonalLink
from advocacy.messaging.rendering import to_html
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.scope import tenant_scope
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

_ACTOR = Actor.system("mail")
_PERMANENT = 500


class Unsendable(Exception):
    """Trying again cannot help."""


def send_due_mail(tenant_id: uuid.UUID) -> int:
    """Send one tenant's due mails, oldest first; returns how many went out.

    Must not run inside a transaction (``RuntimeError``): it would hold its locks while the mail
    server thinks. Any number of processes may do this at the same time.
    """
    backend = get_connection()
    sent = 0
    ends = time.monotonic() + SWEEP_SECONDS
    try:
        while time.monotonic() < ends and (mail := _claim(tenant_id)) is not None:
            try:
                _send(backend, mail)
            except Exception as error:
                backend.close()
                _record_failure(tenant_id, mail, error)
            else:
                insist(partial(_record_sent, tenant_id, mail))
                sent += 1
    finally:
        backend.close()
    return sent


def _claim(tenant_id: uuid.UUID) -> OutgoingMail | None:
    """Lease the next due mail for this process; the attempt counts even if the process dies."""
    now = clock.now()
    free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lte=now)
    with transaction.atomic(durable=True), tenant_scope(tenant_id):
        mail = (
            OutgoingMail.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(free, state=MailState.QUEUED, due_at__lte=now)
            .select_related("link")
            .order_by("due_at", "id")
            .first()
        )
        if mail is None:
            return None
        mail.attempts += 1
        mail.leased_until = now + LEASE
        mail.save(update_fields=["attempts", "leased_until"])
        return mail


def _send(backend: BaseEmailBackend, mail: OutgoingMail) -> None:
    if mail.attempts > MAX_ATTEMPTS:
        raise Unsendable("every attempt ended before the mail server answered")
    if mail.link is not None and (problem := link_problem(mail.link)):
        raise Unsendable(f"the personal link in it is {problem}")
    backend.send_messages([build_message(mail)])


def message_id(mail: OutgoingMail) -> str:
    """The mail's ``Message-ID``, the same at every attempt."""
    return f"<{mail.pk}@{urlsplit(settings.PUBLIC_URL).hostname}>"


def build_message(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as it goes out: text and HTML, links filled in, calendar attached."""
    text = Body.kept(mail.body).filled(
        link=partial(_link_address, mail.link),
        page=lambda: f"{settings.PUBLIC_URL.rstrip('/')}/{mail.path.lstrip('/')}",
    )
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    headers = {
        "Message-ID": message_id(mail),
        "Date": format_datetime(clock.now()),
    }
    if mail.sender_id is None:
        # Keeps holiday replies away; a mail from a person may be answered by one.
        headers["Auto-Submitted"] = "auto-generated"
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=text,
        from_email=formataddr((mail.from_name or address[0], address[1])),
        to=[formataddr((mail.to_name, mail.to_email))],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    message.attach_alternative(to_html(text), "text/html")
    if mail.calendar:
        # Calendars read the alternative (RFC 6047), everything else the attachment.
        method = mail.calendar_method or "PUBLISH"
        message.attach_alternative(mail.calendar, f"text/calendar; method={method}")
        message.attach("invite.ics", mail.calendar.encode(), "application/ics")
    return message


def _link_address(link: PersonalLink | None, page: str) -> str:
    if link is None:
        raise Unsendable("there is a place for a personal link in it, but no link")
    return page_url(link, page) if page else link_url(link)


def insist(write: Callable[[], None]) -> None:
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


def _record_sent(tenant_id: uuid.UUID, mail: OutgoingMail) -> None:
    with transaction.atomic(durable=True), tenant_scope(tenant_id):
        # Whatever became of the row meanwhile (cancelled, lease lost): the mail is out.
        changed = (
            OutgoingMail.objects.filter(pk=mail.pk)
            .exclude(state=MailState.SENT)
            .update(state=MailState.SENT, sent_at=clock.now(), leased_until=None, error="")
        )
        if changed:
            record("mail.sent", mail.reload(), actor=_ACTOR, payload={"kind": mail.kind})


def _record_failure(tenant_id: uuid.UUID, mail: OutgoingMail, error: Exception) -> None:
    final = mail.attempts >= MAX_ATTEMPTS or is_permanent(error)
    log.warning("mail %s, attempt %s: %r", mail.pk, mail.attempts, error)
    changes: dict[str, object] = {"leased_until": None, "error": words_of(error)}
    if final:
        changes["state"] = MailState.FAILED
    else:
        changes["due_at"] = clock.now() + pause_after(mail.attempts)
    with transaction.atomic(durable=True), tenant_scope(tenant_id):
        # Not if it was cancelled meanwhile, nor if another process leased it anew.
        changed = OutgoingMail.objects.filter(
            pk=mail.pk, state=MailState.QUEUED, leased_until=mail.leased_until
        ).update(**changes)
        if changed and final:
            record(
                "mail.failed",
                mail.reload(),
                actor=_ACTOR,
                payload={"kind": mail.kind, "attempts": mail.attempts},
            )


def is_permanent(error: Exception) -> bool:
    """Whether the server will never take this mail, however often it is asked."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= _PERMANENT for code, _text in error.recipients.values())
    return isinstance(error, Unsendable)


def words_of(error: Exception) -> str:
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
