"""Mail that comes in: a server's report that one came back, or an answer to one (MSG-5.b).

An answer is known by the ``Message-ID`` it names (RFC 5322, 3.6.4), which is made of the row's id
and was told to its recipient alone. Which kinds of mail may be answered, and what becomes of it,
the apps above say with :func:`register_taker`.

Whoever writes chooses every byte of it. Headers are read as they came where their bytes are enough,
since Python's parser stumbles over some that are none; and what it cannot read is no mail of ours.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
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
from advocacy.tenancy.text import cut, one_line, plain

RETURNED, ANSWER = "returned", "answer"
_ACTOR = Actor.system("incoming-mail")
#: So much is kept of what somebody wrote.
LONGEST = 20_000
_LONGEST_ID = 500
#: What Python's parser raises at headers that are none, or at a mail in a mail in a mail.
_STUMBLES = (
    *(ArithmeticError, AttributeError, LookupError, MessageError),
    *(NameError, RecursionError, TypeError, ValueError),
)


class Unreadable(ValueError):
    """A mail that nobody's program could have written so."""


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
    try:
        message, answered, (reason, pk) = _read(raw)
    except Unreadable:
        return ""
    if reason and pk is not None:
        return RETURNED if _take_report(pk, reason) else ""
    for found in answered:
        tenant_id = _tenant_of(found)
        if tenant_id is not None:
            with tenant_scope(tenant_id), transaction.atomic():
                try:
                    answer = _answer_to(found, message)
                except Unreadable:
                    return ""
                return ANSWER if answer and _hand_over(_ACTOR, answer) else ""
    return ""


def take_forwarded(actor: Actor, raw: bytes) -> tuple[Answer | None, bool] | None:
    """The same for one mail in the scope that is open, handed over by a colleague.

    None when it answers nothing of ours; else what it says, if a person wrote it and it has words,
    and whether that was new. Raises :class:`Unreadable`.
    """
    message, answered, _report = _read(raw)
    for found in answered:
        if OutgoingMail.objects.filter(pk=found, kind__in=list(_takers)).exists():
            answer = _answer_to(found, message)
            return answer, bool(answer and _hand_over(actor, answer))
    return None


def _hand_over(actor: Actor, answer: Answer) -> bool:
    taker = _takers.get(answer.mail.kind)
    return taker is not None and taker(actor, answer)


def _read(raw: bytes) -> tuple[EmailMessage, list[uuid.UUID], tuple[str, uuid.UUID | None]]:
    """A mail, the rows it may answer, and what it reports of one that came back."""
    with _reading():
        message = message_from_bytes(raw, policy=policy.default)
        return message, _answered_by(message), returned_in(message)


def _answer_to(pk: uuid.UUID, message: EmailMessage) -> Answer | None:
    """What somebody wrote in answer to a mail; nothing where it was a machine (RFC 3834)."""
    mail = OutgoingMail.objects.filter(pk=pk).first()
    if mail is None:
        return None
    with _reading():
        if _is_automatic(message):
            return None
        letter = _letter_in(message, pk)
        whole = cut(plain(_text_of(letter)).strip(), LONGEST)
        name, address = _sender_of(letter)
        if not whole:
            return None
        return Answer(
            mail=mail,
            name=name,
            address=address,
            text=own_words(whole),
            whole=whole,
            at=max(_when(letter), mail.created_at),
            message_id=_id_of(letter),
        )


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except _STUMBLES as error:
        raise Unreadable(type(error).__name__) from error


def _raw(letter: EmailMessage, name: str) -> str:
    """A header as it came, on one line; nothing where there is none."""
    values = (str(value) for key, value in letter.raw_items() if key.lower() == name.lower())
    text = next(values, "")
    return one_line(text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _sender_of(letter: EmailMessage) -> tuple[str, str]:
    """Name and address; what is no name stays as it was written."""
    name, address = (getaddresses([_raw(letter, "From")]) or [("", "")])[0]
    with suppress(LookupError, MessageError, ValueError):  # an encoding nobody knows
        name = str(make_header(decode_header(name)))
    return cut(one_line(name), 200), cut(one_line(address), 254)


def _id_of(letter: EmailMessage) -> str:
    """By which an answer is kept once: its ``Message-ID``, or what it says where it has none."""
    said = _raw(letter, "Message-ID").strip(" <>")
    whole = hashlib.sha256(letter.as_bytes(policy=policy.compat32)).hexdigest()
    return cut(f"<{said}>" if said else f"sha256:{whole}", _LONGEST_ID)


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
    names = [*_raw(letter, "In-Reply-To").split(), *_raw(letter, "References").split()[::-1]]
    return [pk for name in names if (pk := row_behind(name)) is not None]


def _answered_by(message: EmailMessage) -> list[uuid.UUID]:
    return list(dict.fromkeys(pk for letter in _letters(message) for pk in _named_in(letter)))


def _letter_in(message: EmailMessage, pk: uuid.UUID) -> EmailMessage:
    return next(letter for letter in _letters(message) if pk in _named_in(letter))


def _is_automatic(message: EmailMessage) -> bool:
    said = _raw(message, "Auto-Submitted").partition(";")[0].strip().lower() or "no"
    return said != "no" or _raw(message, "Precedence").lower() in ("auto_reply", "bulk")


def _text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, ValueError):  # a character set nobody knows
        text = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
    return words_of(text) if part.get_content_type() == "text/html" else text


def _when(letter: EmailMessage) -> datetime:
    """When it was written; never in the future, whatever a foreign clock says."""
    now = clock.now()
    try:
        written = parsedate_to_datetime(_raw(letter, "Date"))
    except (ArithmeticError, TypeError, ValueError):
        return now
    return min(now, written if written.tzinfo else written.replace(tzinfo=UTC))
