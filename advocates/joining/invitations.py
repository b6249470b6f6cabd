"""Inviting somebody into the program on a personal link, and their answer (ENR-1, ID-3)."""

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.messaging.holding import undoable
from advocacy.messaging.links import revoke_links
from advocacy.messaging.services import cancel_mail
from advocacy.records.undoing import made, note
from advocacy.records.writes import tidy
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import has_words
from advocacy.tenant_settings.reading import current
from advocates.access import require_change
from advocates.changes import tenant_today
from advocates.joining.choices import InvitationState
from advocates.joining.enrolment import (
    admit_advocate,
    move_status,
    permit_status_move,
    skips_cultivation,
    tell_status,
)
from advocates.joining.invitation_mails import MAIL, PURPOSE, send_invitation, tell_sender
from advocates.joining.lifecycle import INVITATION
from advocates.joining.numbers import Recruiting
from advocates.joining.senders import require_sender
from advocates.models import Advocate, Consent, ProgramInvitation
from advocates.people.choices import ConsentUse
from advocates.people.contact import how_instead
from advocates.people.lifecycle import ENROLMENT
from advocates.pool.services import offer_after_decline

_LONGEST_PART, _LONGEST_REASON = 1000, 500


@transaction.atomic
@undoable("advocate.invite", "advocate", about=lambda advocate: [advocate.account])
def invite_advocate(
    *,
    actor: Actor,
    advocate: Advocate,
    sender: Membership,
    personal_line: str,
    asked: str = "",
    gives: str = "",
    reason: str = "",
    level_reason: str = "",
) -> ProgramInvitation:
    """Invite a qualified person by a mail from a person, good for some days (ENR-1).

    ``personal_line`` says why them; ``asked`` and ``gives`` replace the usual words about what is
    asked and what they get. ``reason`` is needed where no touch is on record, ``level_reason``
    where somebody of another level writes. Raises ``DomainError`` naming the field, also for a
    person without e-mail address, or who wants none (ADV-2); ``Conflict`` from a state that cannot
    lead here; ``NotAllowed`` for a CSM at a colleague's account.
    """
    permit_status_move(actor, advocate, "invite")
    parts = _parts(personal_line=personal_line, asked=asked, gives=gives)
    _require_address(advocate)
    if otherwise := how_instead(advocate, sender):
        raise DomainError(otherwise, code="other_channel")
    ENROLMENT.require(advocate, "invite")
    require_sender(advocate, sender, level_reason)
    skips = skips_cultivation(advocate)
    if skips and not has_words(reason):
        problem = _("Nobody has cultivated this relationship yet; say why that is skipped.")
        raise DomainError(problem, code="reason_needed", fields={"reason": problem})
    before = move_status(advocate, "invite")
    invitation = ProgramInvitation(
        advocate=advocate,
        sender=sender,
        **parts,
        skip_reason=str(tidy(reason))[:_LONGEST_REASON] if skips else "",
        level_reason=str(tidy(level_reason))[:_LONGEST_REASON],
        expires_at=clock.now() + timedelta(days=current(Recruiting).invitation_days),
    )
    invitation.save(force_insert=True)
    invitation.reload()
    made(invitation, state=InvitationState.WITHDRAWN, answered_at=clock.now())
    _tell(
        "program_invitation.sent",
        invitation,
        actor,
        before=before,
        after=str(advocate.status),
        reason_given=bool(reason.strip()),
    )
    send_invitation(invitation)
    return invitation


@transaction.atomic
@undoable("program_invitation.resend", "invitation", about=lambda row: [row.advocate])
def resend_program_invitation(*, actor: Actor, invitation: ProgramInvitation) -> ProgramInvitation:
    """A fresh link, good for as long again; the one before stops working (ID-3).

    ``Conflict`` when it was answered or withdrawn meanwhile.
    """
    require_change(actor, "advocates.invite", invitation.advocate.account)
    return _renew(invitation, actor)


@transaction.atomic
def ask_for_fresh_invitation(*, invitation: ProgramInvitation) -> ProgramInvitation:
    """The invited person has lost the link, or it has run out; the caller knows that it is they.

    ``Conflict`` when it was answered or withdrawn meanwhile.
    """
    return _renew(invitation, Actor.advocate(invitation.advocate_id))


def _renew(invitation: ProgramInvitation, actor: Actor) -> ProgramInvitation:
    _require_address(invitation.advocate)
    expires_at = clock.now() + timedelta(days=current(Recruiting).invitation_days)
    note(invitation, {"expires_at": expires_at})
    changed = ProgramInvitation.objects.filter(pk=invitation.pk, state=InvitationState.SENT).update(
        expires_at=expires_at
    )
    if not changed:
        raise Conflict(
            _("This invitation was answered or withdrawn meanwhile."), code="illegal_move"
        )
    invitation.reload()
    revoke_links(subject_id=invitation.pk, purpose=PURPOSE)
    cancel_mail(subject_id=invitation.pk, kinds=[MAIL])
    _tell("program_invitation.sent_again", invitation, actor)
    send_invitation(invitation)
    return invitation


@transaction.atomic
def withdraw_program_invitation(
    *, actor: Actor, invitation: ProgramInvitation
) -> ProgramInvitation:
    """Take an invitation back; the person is qualified again. ``Conflict`` once answered."""
    require_change(actor, "advocates.invite", invitation.advocate.account)
    _answer(invitation, "withdraw")
    cancel_mail(subject_id=invitation.pk, kinds=[MAIL])
    before = move_status(invitation.advocate, "withdraw_invitation")
    _tell(
        "program_invitation.withdrawn",
        invitation,
        actor,
        before=before,
        after=str(invitation.advocate.status),
    )
    return invitation


@transaction.atomic
def withdraw_open_invitation(*, actor: Actor, advocate: Advocate) -> Advocate:
    """Take somebody's open invitation back; the person is qualified again."""
    invitation = (
        ProgramInvitation.objects.select_related("advocate__account", "advocate__tenant")
        .filter(advocate=advocate, state=InvitationState.SENT)
        .first()
    )
    if invitation is not None:
        withdraw_program_invitation(actor=actor, invitation=invitation)
    else:  # invited outside the product: nothing to take back but where they stand
        permit_status_move(actor, advocate, "withdraw_invitation")
        before = move_status(advocate, "withdraw_invitation")
        tell_status("advocate.advanced", advocate, actor, before, "")
    return advocate.reload()


@transaction.atomic
def accept_invitation(*, invitation: ProgramInvitation, consent: bool) -> ProgramInvitation:
    """The person says yes on the link: enrolled, with consent to be asked and written to (ADV-4).

    Raises ``DomainError`` at ``consent`` without it, ``Conflict`` when it was answered, withdrawn
    or has run out.
    """
    advocate = invitation.advocate
    actor = Actor.advocate(advocate.pk)
    if not consent:
        problem = _("Please tick that this is fine with you; nothing is asked without it.")
        raise DomainError(problem, code="consent_needed", fields={"consent": problem})
    _require_running(invitation)
    _answer(invitation, "accept")
    today = tenant_today()
    # The person's own words are the evidence: the answer on a link only they had.
    Consent.objects.bulk_create(
        [
            Consent(
                advocate=advocate,
                use=use,
                given_by=advocate.name[:200],
                evidence=_("Accepted the invitation on the personal link."),
                given_on=today,
            )
            for use in (ConsentUse.REFERENCE_POOL, ConsentUse.EMAIL)
        ]
    )
    _tell(
        "program_invitation.accepted",
        invitation,
        actor,
        consents=[str(ConsentUse.REFERENCE_POOL), str(ConsentUse.EMAIL)],
    )
    admit_advocate(actor=actor, advocate=advocate)
    tell_sender(invitation)
    return invitation


@transaction.atomic
def decline_invitation(*, invitation: ProgramInvitation, reason: str = "") -> ProgramInvitation:
    """The person says no; nobody asks again for a while (ENR-1). The reason is theirs to give."""
    _require_running(invitation)
    advocate = invitation.advocate
    _answer(invitation, "decline", decline_reason=str(tidy(reason))[:500])
    before = move_status(advocate, "decline")
    _tell(
        "program_invitation.declined",
        invitation,
        Actor.advocate(advocate.pk),
        before=before,
        after=str(advocate.status),
        reason_given=bool(invitation.decline_reason),
    )
    offer_after_decline(advocate)
    tell_sender(invitation)
    return invitation


def close_answered(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: somebody invited was moved by hand (they said so on the phone)."""
    if not isinstance(subject, Advocate) or event.payload.get("before") != "invited":
        return
    name = {"active": "accept", "declined": "decline"}.get(subject.status, "withdraw")
    for invitation in ProgramInvitation.objects.filter(
        advocate=subject, state=InvitationState.SENT
    ):
        INVITATION.attempt(invitation, name, answered_at=clock.now())


def _parts(**parts: str) -> dict[str, str]:
    """The three parts of the letter as they are kept; why them is nobody's but the sender's to
    say.
    """
    kept = {name: str(tidy(text)) for name, text in parts.items()}
    problems = {
        name: _("Keep it under 1,000 characters.")
        for name, text in kept.items()
        if len(text) > _LONGEST_PART
    }
    if not has_words(kept["personal_line"]):
        problems["personal_line"] = _("Say why them: nobody is selected without a reason.")
    if problems:
        raise DomainError(next(iter(problems.values())), fields=problems)
    return kept


def _require_address(advocate: Advocate) -> None:
    if not advocate.email:
        raise DomainError(
            _("There is no e-mail address for %(name)s; add one first.") % {"name": advocate.name},
            code="no_address",
        )


def _require_running(invitation: ProgramInvitation) -> None:
    if invitation.expires_at <= clock.now():
        raise Conflict(_("This invitation has run out."), code="invitation_expired")


def _answer(invitation: ProgramInvitation, name: str, **changes: Any) -> None:
    """An invitation is answered once."""
    INVITATION.move(invitation, name, answered_at=clock.now(), **changes)


def _tell(verb: str, invitation: ProgramInvitation, actor: Actor, **payload: Any) -> None:
    advocate = invitation.advocate
    record(verb, invitation, actor=actor, payload=payload, about=[advocate, advocate.account])
