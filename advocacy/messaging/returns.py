"""Mail that comes back: read from a server's report, or said by a person (THX-2, RFC 3464)."""

import uuid
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.messaging.last_words import empty_failed, is_kept
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.outbox import row_behind
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.text import cut, one_line

_LONGEST = 500


@transaction.atomic
def return_mail(*, actor: Actor, mail: OutgoingMail, reason: str = "") -> OutgoingMail:
    """A mail that was sent has come back: it counts as failed, with whatever follows from that.

    Of one whose reader is forgotten it is noted and nothing else: servers name the address in their
    reasons (GDPR-1). Raises :class:`Conflict` unless it was sent.
    """
    found = OutgoingMail.objects.select_for_update(of=("self",)).filter(pk=mail.pk)
    sent = found.filter(state=MailState.SENT).first()
    if sent is None:
        raise Conflict(_("Only a mail that was sent can come back."))
    is_known = is_kept(sent) and bool(sent.to_email)
    if is_known:
        words = cut(one_line(reason), _LONGEST) or _("It came back.")
        found.update(state=MailState.FAILED, error=words)
    else:
        empty_failed(sent)
    mail.reload()
    payload = {"kind": mail.kind, "attempts": mail.attempts}
    record("mail.returned", mail, actor=actor, payload=payload)
    if is_known:
        record("mail.failed", mail, actor=actor, payload=payload)
    return mail


def returned_in(message: Message) -> tuple[str, uuid.UUID | None]:
    """Why a server gave up, in its words, and the row of the mail its report brings along.

    Nothing for any other mail; a report that one is late is one.
    """
    return _failure_in(message), _ours_in(message)


def _failure_in(message: Message) -> str:
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
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            inner = message_from_bytes(part.get_payload(decode=True), policy=policy.default)  # type: ignore[arg-type]
        elif kind == "message/rfc822" and isinstance(part.get_payload(0), EmailMessage):  # type: ignore[arg-type]
            inner = part.get_payload(0)  # type: ignore[arg-type, assignment]
        else:
            continue
        if (pk := row_behind(str(inner.get("Message-ID", "")))) is not None:
            return pk
    return None
