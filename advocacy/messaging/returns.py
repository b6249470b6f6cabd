"""Mail that comes back: read from a server's report, or said by a person (THX-2, RFC 3464)."""

import uuid
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from imaplib import IMAP4, IMAP4_SSL
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.text import cut, one_line

_ACTOR = Actor.system("returned-mail")
_LONGEST = 500


@transaction.atomic
def return_mail(*, actor: Actor, mail: OutgoingMail, reason: str = "") -> OutgoingMail:
    """A mail that was sent has come back: it counts as failed, with whatever follows from that.

    Raises :class:`Conflict` unless it was sent.
    """
    words = cut(one_line(reason), _LONGEST) or _("It came back.")
    changed = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENT).update(
        state=MailState.FAILED, error=words
    )
    if not changed:
        raise Conflict(_("Only a mail that was sent can come back."))
    mail.reload()
    payload = {"kind": mail.kind, "attempts": mail.attempts}
    record("mail.returned", mail, actor=actor, payload=payload)
    record("mail.failed", mail, actor=actor, payload=payload)
    return mail


def take_report(raw: bytes) -> bool:
    """Read one mail from a server; whether it said that one of ours was returned just now.

    A report that it is late, an answer, a holiday notice, a report read before: all False.
    """
    message = message_from_bytes(raw, policy=policy.default)
    reason, pk = _failure_in(message), _ours_in(message)
    if not reason or pk is None:
        return False
    with connection.cursor() as cursor:
        # The report does not say whose it is, so this comes before the scope.
        cursor.execute("SELECT tenant_of_mail(%s)", [pk])
        tenant_id = cursor.fetchone()[0]
    if tenant_id is None:
        return False
    with tenant_scope(tenant_id), transaction.atomic():
        mail = OutgoingMail.objects.filter(pk=pk, state=MailState.SENT).first()
        if mail is None:
            return False
        return_mail(actor=_ACTOR, mail=mail, reason=reason)
    return True


def reports_in(url: str) -> Iterator[bytes]:
    """The unread mails of a mailbox, ``imaps://name:password@host/INBOX``; each is read then."""
    where = urlsplit(url)
    kind = IMAP4_SSL if where.scheme == "imaps" else IMAP4
    server = kind(where.hostname or "localhost", where.port or (993 if kind is IMAP4_SSL else 143))
    server.login(unquote(where.username or ""), unquote(where.password or ""))
    with closing(server):
        server.select(where.path.strip("/") or "INBOX")
        _status, found = server.search(None, "UNSEEN")
        for number in found[0].split():
            _status, parts = server.fetch(number, "(RFC822)")
            yield from (part[1] for part in parts if isinstance(part, tuple))


def _failure_in(message: Message) -> str:
    """Why a server gave up, in its words; nothing where it did not."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for group in part.get_payload():
            if not isinstance(group, Message):
                continue
            if str(group.get("Action", "")).strip().lower() == "failed":
                words = group.get("Diagnostic-Code") or group.get("Status") or "failed"
                return str(words).partition(";")[2].strip() or str(words)
    return ""


def _ours_in(message: Message) -> uuid.UUID | None:
    """The row of the mail that a report brings along."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            inner = message_from_bytes(part.get_payload(decode=True), policy=policy.default)  # type: ignore[arg-type]
        elif kind == "message/rfc822" and isinstance(part.get_payload(0), EmailMessage):  # type: ignore[arg-type]
            inner = part.get_payload(0)  # type: ignore[arg-type, assignment]
        else:
            continue
        local, _at, there = str(inner.get("Message-ID", "")).strip(" <>").rpartition("@")
        if there == host:
            try:
                return uuid.UUID(local)
            except ValueError:
                continue
    return None
