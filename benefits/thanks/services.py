"""Thanking: by mail, by a call or note, and again when the mail came back (THX-2, THX-3)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.identity.absences.mails import said_for
from advocacy.messaging.body import Body
from advocacy.messaging.holding import undoable
from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import answers_for, only_stands_in, who_acts_for
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import has_words
from advocacy.web.urls import tenant_reverse
from advocates.people.contact import how_instead
from benefits.thanks.choices import ThankYouChannel, ThankYouState
from benefits.thanks.drafts import Draft, draft_of
from benefits.thanks.lifecycle import THANK_YOU
from benefits.thanks.models import ThankYou
from benefits.thanks.opening import MAIL, about
from benefits.thanks.owners import can_thank, owner_of
from benefits.thanks.readiness import needs_personal_line
from benefits.thanks.reminders import cancel_reminders, revive_reminders


@transaction.atomic
@undoable("thank_you.send", "thank_you", about=about)
def send_thank_you(
    *,
    actor: Actor,
    thank_you: ThankYou,
    personal_line: str | None = None,
    subject: str = "",
    opening: str = "",
    closing: str = "",
) -> ThankYou:
    """Send it by mail from its owner (THX-3). What is not given comes from the draft; the line from
    what was prepared or typed before.

    Unfired reminders and reminder mails still waiting are called off in the same transaction.
    Raises :class:`DomainError` without a personal line where one is needed, without an address, or
    when they want to be reached otherwise (ADV-2);
    :class:`Conflict` when it is done already; :class:`NotAllowed` for somebody else's.
    """
    permit_own(actor, thank_you)
    THANK_YOU.require(thank_you.reload(), "send")
    line = _line(thank_you.personal_line if personal_line is None else personal_line)
    if needs_personal_line(thank_you) and not line:
        problem = _("Add a line of your own; this one deserves more than the draft.")
        raise DomainError(problem, code="personal_line_required", fields={"personal_line": problem})
    if otherwise := how_instead(thank_you.advocate, thank_you.owner or actor.membership):
        raise DomainError(otherwise, code="other_channel")
    if not thank_you.advocate.email:
        raise DomainError(
            _("There is no e-mail address for %(advocate)s. Call, or write a note.")
            % {"advocate": thank_you.advocate.name},
            code="no_address",
        )
    usual = draft_of(thank_you)
    letter = Draft(
        subject=" ".join(subject.split()) or usual.subject,
        opening=opening.strip() or usual.opening,
        closing=closing.strip() or usual.closing,
        language=usual.language,
    )
    text = letter.letter(line)
    now = clock.now()
    THANK_YOU.move(
        thank_you,
        "send",
        channel=ThankYouChannel.EMAIL,
        personal_line=line,
        message=text,
        done_at=now,
        done_by=actor.membership,
    )
    cancel_reminders(thank_you)
    attempt = f":{thank_you.reopened_at:%Y%m%d%H%M%S%f}" if thank_you.reopened_at else ""
    mail = queue_mail(
        kind=MAIL,
        to_email=thank_you.advocate.email,
        to_name=thank_you.advocate.name,
        subject=letter.subject,
        text=Body.of(text, letter.language),
        unique_key=f"{MAIL}:{thank_you.pk}{attempt}",
        sender=thank_you.owner or actor.membership,
        subject_id=thank_you.pk,
    )
    ThankYou.objects.filter(pk=thank_you.pk).update(mail=mail)
    thank_you.reload()
    record(
        "thank_you.sent",
        thank_you,
        actor=actor,
        payload={"channel": ThankYouChannel.EMAIL.value, "in_time": now <= thank_you.due_at},
        about=about(thank_you),
    )
    return thank_you


def _line(text: str) -> str:
    line = text.strip()
    if len(line) > 2000:
        problem = _("Keep your line under 2,000 characters.")
        raise DomainError(problem, fields={"personal_line": problem})
    return line


@transaction.atomic
def prepare_note(*, actor: Actor, thank_you: ThankYou, personal_line: str) -> ThankYou:
    """Write the line of an executive's note, who then signs and sends it at one press (THX-1.c).

    Raises as sending does: :class:`DomainError` at ``personal_line``, :class:`Conflict` for what is
    no note or was sent, :class:`NotAllowed` for somebody else's.
    """
    permit_own(actor, thank_you)
    THANK_YOU.require(thank_you.reload(), "prepare")
    line = _line(personal_line)
    if not has_words(line):
        problem = _("Write the line that only they would write; without it there is no note.")
        raise DomainError(problem, code="personal_line_required", fields={"personal_line": problem})
    THANK_YOU.move(thank_you, "prepare", personal_line=line)
    record("thank_you.prepared", thank_you, actor=actor, about=about(thank_you))
    return thank_you


def unsend_thank_you(actor: Actor, row_id: UUID, kept: dict[str, Any]) -> tuple[()]:
    """Taking the letter back: it is owed again, with its reminders; the line typed stays."""
    revive_reminders(ThankYou(pk=row_id))
    return ()


@transaction.atomic
def mark_thanked(
    *, actor: Actor, thank_you: ThankYou, channel: str, at: datetime, note: str = ""
) -> ThankYou:
    """It was said in a call or a handwritten note, at a given time (THX-3).

    Raises :class:`DomainError` at ``at`` for the future or a time before the activity, and for
    another channel; :class:`Conflict` and :class:`NotAllowed` as sending does.
    """
    permit_own(actor, thank_you)
    if channel not in (ThankYouChannel.CALL, ThankYouChannel.NOTE):
        problem = _("Choose a call or a handwritten note.")
        raise DomainError(problem, fields={"channel": problem})
    problem = ""
    if at > clock.now():
        problem = _("This lies in the future; enter when you did it.")
    elif at < thank_you.happened_at:
        problem = _("This is before the activity itself.")
    if problem:
        raise DomainError(problem, code="invalid_time", fields={"at": problem})
    THANK_YOU.move(
        thank_you.reload(),
        "mark_done",
        channel=channel,
        personal_line=note.strip()[:2000],
        message="",
        done_at=at,
        done_by=actor.membership,
    )
    cancel_reminders(thank_you)
    record(
        "thank_you.sent",
        thank_you,
        actor=actor,
        payload={"channel": str(channel), "in_time": at <= thank_you.due_at},
        about=about(thank_you),
    )
    return thank_you


@transaction.atomic
def reassign_thank_you(*, actor: Actor, thank_you: ThankYou, owner: Membership) -> ThankYou:
    """Give it to somebody else (THX-1).

    Raises :class:`DomainError` for who may not thank advocates, else as sending does.
    """
    permit_own(actor, thank_you)
    if not can_thank(owner):
        problem = _("%(name)s cannot thank advocates.") % {"name": owner.name}
        raise DomainError(problem, fields={"owner": problem})
    if actor.membership is not None and not may_give_away(actor.membership, thank_you):
        problem = _("You only stand in here: they or the program give it to somebody else.")
        raise DomainError(problem, code="stands_in", fields={"owner": problem})
    THANK_YOU.move(thank_you.reload(), "reassign", owner=owner)
    record(
        "thank_you.reassigned",
        thank_you,
        actor=actor,
        payload={"owner": str(owner.pk)},
        about=about(thank_you),
    )
    return thank_you


def on_mail_failed(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscribes ``mail.failed``: a mail that cannot be delivered."""
    if isinstance(subject, OutgoingMail) and subject.kind == MAIL:
        reopen_after_bounce(actor=actor, mail=subject)


@transaction.atomic
def reopen_after_bounce(*, actor: Actor, mail: OutgoingMail) -> ThankYou | None:
    """The mail came back: the advocate has not been thanked after all (THX-2).

    Opens the thank-you again, brings back reminders whose time is still to come, and tells the
    owner. ``None`` when the mail is no thank-you, or another way was found meanwhile.
    """
    thank_you = (
        ThankYou.objects.select_for_update(of=("self",))
        .filter(mail=mail, state=ThankYouState.DONE)
        .select_related("advocate__account", "activity__activity_type")
        .first()
    )
    if thank_you is None:
        return None
    owner = (
        thank_you.owner
        if can_thank(thank_you.owner)
        else owner_of(thank_you.kind, thank_you.effort, thank_you.activity)
    )
    THANK_YOU.move(
        thank_you,
        "reopen",
        done_at=None,
        done_by=None,
        channel="",
        reopened_at=clock.now(),
        owner=owner,
    )
    revive_reminders(thank_you)
    if owner is not None:
        _tell_of_bounce(thank_you, owner, mail)
    record(
        "thank_you.reopened",
        thank_you,
        actor=actor,
        payload={"mail": str(mail.pk)},
        about=about(thank_you),
    )
    return thank_you


def _tell_of_bounce(thank_you: ThankYou, whose: Membership, mail: OutgoingMail) -> None:
    owner = who_acts_for(whose)
    text = render_mail(
        "thank_you_bounced",
        {
            "member": owner,
            "advocate": thank_you.advocate,
            "activity": thank_you.activity,
            "address": mail.to_email,
        },
        owner.user.language or owner.tenant.language,
    )
    queue_mail(
        kind="thank-you-bounced",
        to_email=owner.email,
        to_name=owner.name,
        subject=text.subject,
        text=said_for(text.text, whose, owner),
        path=tenant_reverse(owner.tenant, "thanks:detail", pk=thank_you.pk),
        unique_key=f"thank-you-bounced:{mail.pk}",
        subject_id=thank_you.pk,
    )


def may_give_away(member: Membership, thank_you: ThankYou) -> bool:
    """Whether who has it may give it to somebody, or take it, for good; a stand-in may not."""
    whose = thank_you.owner_id, thank_you.advocate.account.owner_id
    return member.can("thanks.manage") or not only_stands_in(member, *whose)


def permit_own(actor: Actor, thank_you: ThankYou) -> None:
    """Raises unless it is the owner, the account's CSM, or the program: nobody else speaks for
    them.
    """
    member = actor.membership
    if member is None:
        if actor.kind == "system":
            return
        raise NotAllowed(_("Only a colleague can thank an advocate."))
    mine = answers_for(member) & {thank_you.owner_id, thank_you.advocate.account.owner_id}
    if not member.can("thanks.send") or not (mine or member.can("thanks.manage")):
        raise NotAllowed(_("This thank-you is somebody else's."))
