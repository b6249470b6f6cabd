"""Mail that comes in: a server's report that one came back, or an answer to one (MSG-5.b).

An answer is known by the ``Message-ID`` it names (RFC 5322, 3.6.4), which is made of the row's id
and was told to its recipient alone. Which kinds of mail may be answered, and what becomes of it,
the apps above say with :func:`register_taker`.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from imaplib import IMAP4, IMAP4_SSL
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from advocacy import clock
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.outbox import row_behind
from advocacy.messaging.quoting import own_words, words_of
from advocacy.messaging.returns import return_mail, returned_in
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.text import cut, plain

RETURNED, ANSWER = "returned", "answer"
_ACTOR = Actor.system("incoming-mail")
#: So much is kept of what somebody wrote.
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a mail of ours; ``text`` is theirs alone, ``whole`` has what they quoted."""

    mail: OutgoingMail
    name: str
    address: str
    text: str
    whole: str
    at: datetime
    message_id: str


#: Keeps an answer; False for one it has.
Taker = Callable[[Actor, Answer], bool]
_takers: dict[str, Taker] = {}


def register_taker(*kinds: str, taker: Taker) -> None:
    """Say what becomes of answers to some kinds of mail; called in an app's ``ready()``."""
    for kind in kinds:
        if _takers.setdefault(kind, taker) is not taker:
            raise ImproperlyConfigured(f"answers to {kind!r} are taken already")


def is_answered_here(kind: str) -> bool:
    """Whether an answer to such a mail finds its place."""
    return kind in _takers


def take_mail(raw: bytes) -> str:
    """Read one mail: :data:`RETURNED`, :data:`ANSWER`, or "" for what says nothing new to us.

    Whose it is the mail does not say, so the tenant is looked up before the scope opens.
    """
    message = message_from_bytes(raw, policy=policy.default)
    reason, pk = returned_in(message)
    if reason and pk is not None:
        return RETURNED if _take_report(pk, reason) else ""
    for found in _answered_by(message):
        tenant_id = _tenant_of(found)
        if tenant_id is not None:
            with tenant_scope(tenant_id), transaction.atomic():
                return ANSWER if take_answer(_ACTOR, message, found) else ""
    return ""


def take_forwarded(actor: Actor, raw: bytes) -> bool | None:
    """The same for one mail in the scope that is open, handed over by a colleague.

    None when it answers nothing of ours; else whether it was new.
    """
    message = message_from_bytes(raw, policy=policy.default)
    for found in _answered_by(message):
        if OutgoingMail.objects.filter(pk=found, kind__in=list(_takers)).exists():
            return take_answer(actor, message, found)
    return None


def take_answer(actor: Actor, message: EmailMessage, pk: uuid.UUID) -> bool:
    """Hand an answer to whoever takes it; not what a machine wrote (RFC 3834)."""
    mail = OutgoingMail.objects.filter(pk=pk).first()
    taker = _takers.get(mail.kind) if mail else None
    if mail is None or taker is None or _is_automatic(message):
        return False
    letter = _letter_in(message, pk)
    whole = cut(plain(_text_of(letter)).strip(), LONGEST)
    senders = getaddresses([str(letter.get("From", ""))]) or [("", "")]
    return bool(whole) and taker(
        actor,
        Answer(
            mail=mail,
            name=senders[0][0],
            address=senders[0][1],
            text=own_words(whole),
            whole=whole,
            at=_when(letter),
            message_id=str(letter.get("Message-ID", "")).strip(),
        ),
    )


def mails_in(url: str) -> Iterator[bytes]:
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


def _take_report(pk: uuid.UUID, reason: str) -> bool:
    tenant_id = _tenant_of(pk)
    if tenant_id is None:
        return False
    with tenant_scope(tenant_id), transaction.atomic():
        mail = OutgoingMail.objects.filter(pk=pk, state=MailState.SENT).first()
        if mail is not None:
            return_mail(actor=_ACTOR, mail=mail, reason=reason)
        return mail is not None


def _tenant_of(pk: uuid.UUID) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_of_mail(%s)", [pk])
        return cursor.fetchone()[0]


def _letters(message: EmailMessage) -> Iterator[EmailMessage]:
    """The mail, and those it brings along: one forwarded as an attachment."""
    yield message
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)  # type: ignore[arg-type]
            if isinstance(inner, EmailMessage):
                yield inner


def _named_in(letter: EmailMessage) -> list[uuid.UUID]:
    """The rows a mail answers, the nearest first."""
    names = [str(letter.get("In-Reply-To", "")), *str(letter.get("References", "")).split()[::-1]]
    return [pk for name in names if (pk := row_behind(name)) is not None]


def _answered_by(message: EmailMessage) -> list[uuid.UUID]:
    return list(dict.fromkeys(pk for letter in _letters(message) for pk in _named_in(letter)))


def _letter_in(message: EmailMessage, pk: uuid.UUID) -> EmailMessage:
    return next(letter for letter in _letters(message) if pk in _named_in(letter))


def _is_automatic(message: EmailMessage) -> bool:
    said = str(message.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    return said != "no" or str(message.get("Precedence", "")).lower() in ("auto_reply", "bulk")


def _text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeError):  # a character set nobody knows
        text = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
    return words_of(text) if part.get_content_type() == "text/html" else text


def _when(letter: EmailMessage) -> datetime:
    """When it was written; never in the future, whatever a foreign clock says."""
    now = clock.now()
    try:
        written = parsedate_to_datetime(str(letter.get("Date", "")))
    except ValueError:
        return now
    return min(now, written if written.tzinfo else written.replace(tzinfo=UTC))
