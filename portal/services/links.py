"""Links to an advocate's own page: sent by a colleague, opened on joining (ID-3)."""

from datetime import timedelta

from django.db import models, transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.languages import spoken
from advocacy.messaging.holding import undoable
from advocacy.messaging.links import create_link, revoke_links
from advocacy.messaging.models import PersonalLink
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import cancel_mail, queue_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenant_settings.reading import current
from advocates.access import require_change
from advocates.joining.invitations import accept_invitation
from advocates.language import language_of
from advocates.models import Advocate, ProgramInvitation
from advocates.people.choices import ENROLLED
from advocates.people.contact import how_instead
from portal.numbers import PortalLinks
from portal.purposes import PURPOSE, VOLUNTEER

MAIL = "portal-link"


@transaction.atomic
@undoable("portal.link", "advocate", about=lambda advocate: [advocate.account])
def send_portal_link(*, actor: Actor, advocate: Advocate) -> PersonalLink:
    """A colleague sends somebody the link to their own page (ID-3).

    Raises ``Conflict`` for somebody who is not in the program, ``DomainError`` without an e-mail
    address or for who wants to be reached otherwise (ADV-2), ``NotAllowed`` for a CSM at a
    colleague's account.
    """
    require_change(actor, "advocates.edit", advocate.account)
    if advocate.status not in ENROLLED:
        raise Conflict(
            _("%(name)s is not in the program, and has no page of their own.")
            % {"name": advocate.name}
        )
    if not advocate.email:
        raise DomainError(
            _("There is no e-mail address for %(name)s; add one first.") % {"name": advocate.name},
            code="no_address",
        )
    if otherwise := how_instead(advocate, actor.membership):
        raise DomainError(otherwise, code="other_channel")
    link = open_portal(advocate=advocate)
    mail_portal_link(link, advocate, "portal_link", sender=actor.membership)
    record("portal.link_sent", advocate, actor=actor, about=[advocate.account])
    return link


def open_portal(*, advocate: Advocate) -> PersonalLink:
    """A fresh link to an advocate's own page; who may have it, the caller knows."""
    return create_link(
        purpose=PURPOSE,
        subject_id=advocate.pk,
        expires_at=clock.now() + timedelta(days=current(PortalLinks).home_days),
    )


@transaction.atomic
def end_portal_links(*, actor: Actor, advocate: Advocate) -> int:
    """End every link to somebody's own page at once; returns how many still worked (ID-3).

    The advocate does so who passed one on, or a colleague who was told. Mails that wait with such
    a link are taken back. ``NotAllowed`` for a CSM at a colleague's account.
    """
    if (actor.kind, actor.id) != ("advocate", advocate.pk):
        require_change(actor, "advocates.edit", advocate.account)
    ended = _end_links(advocate)
    if ended:
        record("portal.links_ended", advocate, actor=actor, about=[advocate.account])
    return ended


def follow_address(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: a person's e-mail changed, so links in the mailbox before open nothing more."""
    if isinstance(subject, Advocate) and "email" in event.payload.get("fields", ()):
        if _end_links(subject):
            record("portal.links_ended", subject, actor=actor, about=[subject.account])


def _end_links(advocate: Advocate) -> int:
    ended = sum(
        revoke_links(subject_id=advocate.pk, purpose=purpose) for purpose in (PURPOSE, VOLUNTEER)
    )
    if ended:
        cancel_mail(subject_id=advocate.pk, kinds=[MAIL])
    return ended


@transaction.atomic
def join_program(*, invitation: ProgramInvitation, consent: bool) -> PersonalLink:
    """Accept an invitation and open the portal; a welcome with the link goes out too (ENR-1).

    Raises what accepting raises.
    """
    accept_invitation(invitation=invitation, consent=consent)
    advocate = invitation.advocate
    link = open_portal(advocate=advocate)
    if advocate.email:
        mail_portal_link(link, advocate, "portal_welcome", sender=invitation.sender)
    return link


def sign_in_path(tenant: Tenant) -> str:
    """The page at which a fresh link is had."""
    return f"/portal/{tenant.slug}/"


def mail_portal_link(
    link: PersonalLink, advocate: Advocate, template: str, sender: Membership | None = None
) -> None:
    """Queue the mail with the link to somebody's own page."""
    tenant = advocate.tenant
    mail = render_mail(
        template,
        {
            "first_name": advocate.first_name or advocate.name,
            "company": tenant.name,
            "sender": sender.name if sender else "",
            "days": current(PortalLinks).home_days,
        },
        spoken(language_of(advocate)),
    )
    queue_mail(
        kind=MAIL,
        to_email=advocate.email,
        to_name=advocate.name,
        subject=mail.subject,
        text=mail.text,
        unique_key=f"{MAIL}:{link.pk}",
        link=link,
        path=sign_in_path(tenant),
        sender=sender,
        from_name="" if sender else tenant.name,
        subject_id=advocate.pk,
    )
