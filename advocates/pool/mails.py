"""Mails to the community pool; each holds the link to the page on which one press leaves it."""

from datetime import timedelta

from advocacy import clock
from advocacy.messaging.links import create_link
from advocacy.messaging.models import PersonalLink
from advocacy.messaging.rendering import RenderedMail, render_mail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocates.language import language_of
from advocates.models import Advocate, PoolInvitation, PoolMembership
from advocates.pool.numbers import PoolNumbers

PURPOSE = "pool"
MAIL = "pool"


def link_to(place: PoolMembership) -> PersonalLink:
    """A fresh link to somebody's page of the pool."""
    lives = timedelta(days=current(PoolNumbers).link_days)
    return create_link(purpose=PURPOSE, subject_id=place.pk, expires_at=clock.now() + lives)


def mail_offer(place: PoolMembership, sender: Membership) -> None:
    """Would they like to hear from us now and then?"""
    _send(place, "pool_offer", sender)


def mail_welcome(place: PoolMembership) -> None:
    """They agreed: what they get, and how they leave."""
    _send(place, "pool_welcome", None)


def mail_invitation(place: PoolMembership, invitation: PoolInvitation) -> None:
    """One small thing they may like, from a person."""
    kind = invitation.activity_type
    _send(
        place,
        "pool_invitation",
        invitation.sender,
        what=kind.name,
        low=kind.minutes_low,
        high=kind.minutes_high,
        message=invitation.message,
    )


def offer_letter(advocate: Advocate, sender: Membership) -> RenderedMail:
    """The offer as it arrives."""
    return _written(advocate, "pool_offer", sender)


def _written(
    advocate: Advocate, template: str, sender: Membership | None, **more: object
) -> RenderedMail:
    numbers = current(PoolNumbers)
    return render_mail(
        template,
        {
            "first_name": advocate.first_name or advocate.name,
            "company": advocate.tenant.name,
            "sender": sender.name if sender else "",
            "updates": numbers.updates_address,
            "community": numbers.community_address,
            **more,
        },
        language_of(advocate),
    )


def _send(place: PoolMembership, template: str, sender: Membership | None, **more: object) -> None:
    advocate, link = place.advocate, link_to(place)
    mail = _written(advocate, template, sender, **more)
    queue_mail(
        kind=MAIL,
        to_email=advocate.email,
        to_name=advocate.name,
        subject=mail.subject,
        text=mail.text,
        unique_key=f"{MAIL}:{link.pk}",
        link=link,
        sender=sender,
        from_name="" if sender else advocate.tenant.name,
        subject_id=place.pk,
    )
