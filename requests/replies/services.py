"""Keeping an answer that came by mail at its ask (MSG-5.b)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.incoming import Answer, Unreadable, take_forwarded
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.inserting import insert_unless_there
from advocates.people.traces import require_not_erased
from requests.access import require_asker
from requests.models import Ask, AskReply
from requests.replies.lifecycle import REPLY


@transaction.atomic
def record_reply(*, actor: Actor, ask: Ask, **values: Any) -> AskReply:
    """Keep what came to a colleague's own mailbox: ``text``, ``received_at`` (now).

    Raises ``DomainError`` at a field, ``NotAllowed`` for a CSM at a colleague's account.
    """
    require_asker(actor, [ask.advocate])
    require_not_erased(ask.advocate)
    if not ask.is_sent:
        problem = _("%(name)s was not asked yet, so this answers something else.")
        text = problem % {"name": ask.advocate.name}
        raise DomainError(text, fields={"ask": text})
    reply = AskReply(ask=ask, recorded_by=actor.membership)
    for name, value in writes.clean(reply, values).items():
        setattr(reply, name, value)
    if reply.received_at > clock.now():
        problem = _("This lies in the future; enter when it came.")
        raise DomainError(problem, code="invalid_time", fields={"received_at": problem})
    reply.save(force_insert=True)
    _tell(actor, reply)
    return reply


def take_answer(actor: Actor, answer: Answer) -> bool:
    """Keep an answer to the mail of an ask; False for one that was kept before, and for who was
    erased since: nothing is kept of them any more (GDPR-1).
    """
    ask = (
        Ask.objects.select_related("advocate__account", "request")
        .filter(pk=answer.mail.subject_id)  # type: ignore[misc]
        .first()
    )
    if ask is None or ask.advocate.erased_at is not None:
        return False
    if actor.kind != "system":
        require_asker(actor, [ask.advocate])
    reply = AskReply(
        ask=ask,
        text=answer.text,
        whole=answer.whole,
        received_at=answer.at,
        from_name=answer.name,
        from_address=answer.address,
        message_id=answer.message_id,
        recorded_by=actor.membership,
    )
    if not insert_unless_there(reply):
        return False
    _tell(actor, reply)
    return True


@transaction.atomic
def forward_mail(*, actor: Actor, message: str) -> AskReply:
    """Keep a whole mail that answers an ask, as it came (RFC 5322).

    Raises ``DomainError`` when it answers none, ``Conflict`` for one that is kept already.
    """
    try:
        taken = take_forwarded(actor, message.encode("utf-8", "surrogateescape"))
    except Unreadable:
        problem = _("This mail cannot be read. Hand it over as it came, with its headers.")
        raise DomainError(problem, code="unreadable", fields={"message": problem}) from None
    if taken is None:
        problem = _(
            "This answers no ask of yours: its headers In-Reply-To and References name none."
            " Hand over the mail as it came, with its headers."
        )
        raise DomainError(problem, code="answers_nothing", fields={"message": problem})
    answer, is_new = taken
    if answer is None or not is_new:
        raise Conflict(
            _(
                "This mail is kept already, has no words, was written by a machine, or is of"
                " somebody whose data was erased."
            )
        )
    # By what it was kept as: another colleague may hand one over at this very moment.
    return AskReply.objects.get(ask=answer.mail.subject_id, message_id=answer.message_id)  # type: ignore[misc]


def permit_reply(actor: Actor, reply: AskReply, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor may ask this advocate."""
    REPLY.permit(actor, name)
    require_asker(actor, [reply.ask.advocate])


@transaction.atomic
def settle_reply(*, actor: Actor, reply: AskReply) -> AskReply:
    """A colleague has seen to it. Raises ``Conflict`` for one that was read already."""
    permit_reply(actor, reply, "settle")
    REPLY.move(reply, "settle")
    record(REPLY["settle"].verb, reply, actor=actor, about=_about(reply))
    return reply


def _tell(actor: Actor, reply: AskReply) -> None:
    """Who wrote back is not reminded to answer. What they wrote stays out of the log (GDPR-1)."""
    Ask.objects.filter(pk=reply.ask_id, reminded_at__isnull=True).update(remind_at=None)
    record("ask_reply.received", reply, actor=actor, about=_about(reply))


def _about(reply: AskReply) -> list[Any]:
    return [*reply.ask.about, reply.ask]
