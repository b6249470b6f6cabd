"""Mails about nominations: to the colleague who proposed, or the person who offered (IDN-2)."""

from advocacy.identity.absences.mails import said_for
from advocacy.messaging.rendering import RenderedMail, render_mail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import who_acts_for
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocates.joining.choices import NominationState
from advocates.language import language_of
from advocates.models import Nomination
from advocates.people.choices import ENROLLED
from advocates.people.contact import write_to
from advocates.people.disclosure import sees_everybody

MAIL = "nomination"


def tell_decision(nomination: Nomination, actor: Actor) -> None:
    """Whoever proposed the person hears what became of it: a colleague, or the person."""
    if nomination.nominated_by is not None:
        _tell_colleague(nomination, nomination.nominated_by, actor)
    elif nomination.advocate.email:
        _tell_person(nomination)


def tell_owner(nomination: Nomination) -> None:
    """Who looks after the account hears that somebody there offered to help."""
    advocate = nomination.advocate
    owner = advocate.account.owner
    if owner is None or not sees_everybody(owner):
        return
    mail = render_mail(
        "nomination_volunteered",
        {
            "member": who_acts_for(owner).name,
            "advocate": advocate.name,
            "account": advocate.account.name,
            "reasons": nomination.reasons,
        },
        who_acts_for(owner).user.language or nomination.tenant.language,
    )
    _queue_for(nomination, owner, mail, key=f"{MAIL}:{nomination.pk}:offered")


def _tell_colleague(nomination: Nomination, member: Membership, actor: Actor) -> None:
    if not sees_everybody(member) or member.pk == getattr(actor.membership, "pk", None):
        return
    decider = nomination.decided_by
    mail = render_mail(
        "nomination_decided",
        {
            "accepted": nomination.state == NominationState.ACCEPTED,
            "member": who_acts_for(member).name,
            "advocate": nomination.advocate.name,
            "account": nomination.advocate.account.name,
            "decider": decider.name if decider else "",
            "reason": nomination.return_reason,
        },
        who_acts_for(member).user.language or nomination.tenant.language,
    )
    key = f"{MAIL}:{nomination.pk}:{nomination.state}"
    _queue_for(nomination, member, mail, key=key, sender=decider)


def _queue_for(
    nomination: Nomination,
    member: Membership,
    mail: RenderedMail,
    *,
    key: str,
    sender: Membership | None = None,
) -> None:
    reader = who_acts_for(member)
    queue_mail(
        kind=MAIL,
        to_email=reader.email,
        to_name=reader.name,
        subject=mail.subject,
        text=said_for(mail.text, member, reader),
        path=tenant_reverse(nomination.tenant, "nominations:detail", nomination.pk),
        unique_key=key,
        sender=sender,
        subject_id=nomination.pk,
    )


def _tell_person(nomination: Nomination) -> None:
    advocate, decider = nomination.advocate, nomination.decided_by
    company = nomination.tenant.name
    mail = render_mail(
        "nomination_answered",
        {
            "accepted": nomination.state == NominationState.ACCEPTED,
            "is_in": advocate.status in ENROLLED,
            "first_name": advocate.first_name or advocate.name,
            "company": company,
            "sender": decider.name if decider else "",
            "reason": nomination.return_reason,
        },
        language_of(advocate),
    )
    write_to(
        advocate,
        kind=MAIL,
        subject=mail.subject,
        text=mail.text,
        unique_key=f"{MAIL}:{nomination.pk}:{nomination.state}",
        sender=decider,
        from_name="" if decider else company,
        subject_id=nomination.pk,
    )
