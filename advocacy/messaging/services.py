"""Queueing mail. A mail is a row written in the transaction that causes it; see ``sending``."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.body import Body
from advocacy.messaging.holding import keep_also, open_press
from advocacy.messaging.models import MailState, OutgoingMail, PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.inserting import insert_unless_there
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenancy.text import cut, one_line
from advocacy.tenancy.wakeups import wake

SWEEP = "send-mail"

_GIVEN = {
    *("to_email", "to_name", "from_name", "reply_to", "subject", "calendar_method"),
    *("kind", "body", "path", "unique_key"),
}


def queue_mail(
    *,
    kind: str,
    to_email: str,
    to_name: str,
    subject: str,
    text: Body | str,
    unique_key: str,
    link: PersonalLink | None = None,
    path: str = "",
    due_at: datetime | None = None,
    sender: Membership | None = None,
    subject_id: uuid.UUID | None = None,
    reply_to: str = "",
    from_name: str = "",
    calendar: str = "",
    calendar_method: str = "",
) -> OutgoingMail:
    """Put a mail into the outbox, in the caller's transaction; it goes out after the commit.

    ``unique_key`` makes it exactly once: the same key again returns the row that is there and
    writes nothing, also when two transactions do so at the same time. ``text`` has its places
    from a template (see ``render_mail``), filled in at sending only: for ``link``, and for the
    page ``path`` of this site. A plain string has none, whatever stands in it. ``sender`` is the
    colleague it comes from: name and reply address default to theirs. ``calendar`` is an
    iCalendar object, ``calendar_method`` its method.

    What a colleague's press sends waits until that can no longer be taken back
    (``holding.undoable``).

    Names and subject are put on one line and cut to what their column takes. Raises
    :class:`DomainError` for what cannot be a mail: an address that is none, a place without its
    link or a link without its place.
    """
    body = text if isinstance(text, Body) else Body.of(text)
    press = open_press()
    mail = OutgoingMail(
        kind=kind,
        to_email=to_email,
        to_name=_fit("to_name", to_name),
        from_name=_fit("from_name", from_name or (sender.name if sender else "")),
        reply_to=reply_to or (sender.email if sender else ""),
        sender=sender,
        subject=_fit("subject", subject),
        body=list(body.parts),
        language=body.language,
        link=link,
        path=path,
        calendar=calendar,
        calendar_method=calendar_method,
        subject_id=subject_id,
        unique_key=unique_key,
        due_at=due_at or clock.now(),
    )
    if press is not None:
        mail.window_id, mail.due_at = press.id, max(mail.due_at, press.until)
    _check(mail, body)
    # No savepoint and no IntegrityError: a duplicate leaves the caller's transaction unharmed.
    if not insert_unless_there(mail):
        return OutgoingMail.objects.get(unique_key=unique_key)
    if press is not None:
        press.sends = True
    if mail.due_at <= clock.now():
        wake(SWEEP, current_tenant_id())
    return mail


def _fit(field: str, text: str) -> str:
    longest: int = OutgoingMail._meta.get_field(field).max_length  # type: ignore[union-attr, assignment]
    return cut(one_line(text), longest)


def _check(mail: OutgoingMail, body: Body) -> None:
    """Refuse what no server takes, or would reach its reader with a hole in it (MSG-1)."""
    try:
        mail.clean_fields(exclude={field.name for field in mail._meta.fields} - _GIVEN)
    except ValidationError as error:
        fields = {name: " ".join(texts) for name, texts in error.message_dict.items()}
        raise DomainError(
            _("This mail cannot be sent: %(problems)s")
            % {"problems": " ".join(f"{name}: {text}" for name, text in fields.items())},
            code="invalid_mail",
            fields=fields,
        ) from error
    for place, given, written in (
        (_("the personal link"), mail.link is not None, body.has_link),
        (_("the link to its page"), bool(mail.path), body.has_page),
    ):
        if given != written:
            raise DomainError(
                _("The text has a place for %(what)s, but there is nothing to put there.")
                % {"what": place}
                if not given
                else _("The text lacks a place for %(what)s, so its reader could not get there.")
                % {"what": place},
                code="missing_merge_data",
                fields={"text": place},
            )


def cancel_mail(*, subject_id: uuid.UUID, kinds: Collection[str]) -> int:
    """Take mails about a thing out of the outbox; returns how many had not gone out yet.

    A mail that is being sent at this very moment may still arrive, and then counts as sent. Taking
    the running press back puts them into the outbox again.
    """
    mails = OutgoingMail.objects.filter(
        subject_id=subject_id, kind__in=kinds, state=MailState.QUEUED
    )
    if open_press() is not None:
        for pk in mails.values_list("pk", flat=True):
            keep_also(called_off=str(pk))
    return mails.update(state=MailState.CANCELLED)


@transaction.atomic
def retry_mail(*, actor: Actor, mail: OutgoingMail) -> OutgoingMail:
    """Send a failed mail again, with a fresh count of attempts.

    Raises :class:`Conflict` unless it is failed.
    """
    changed = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.FAILED).update(
        state=MailState.QUEUED, due_at=clock.now(), leased_until=None, attempts=0, error=""
    )
    if not changed:
        raise Conflict(_("Only a mail that failed can be sent again."))
    mail.reload()
    record("mail.retried", mail, actor=actor, payload={"kind": mail.kind})
    wake(SWEEP, current_tenant_id())
    return mail
