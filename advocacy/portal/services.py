"""Links into the portal: sent by a colleague, asked for by the advocate, opened on joining."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.links import create_link
from advocacy.messaging.models import PersonalLink
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import queue_mail
from advocacy.portal.models import LinkRequest
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocates.language import language_of
from advocates.models import Advocate, ProgramInvitation
from advocates.services.access import require_change
from advocates.services.invitations import accept_invitation
from advocates.states import ENROLLED

PURPOSE = "portal"
MAIL = "portal-link"
LINK_DAYS = 90

#: Per hour: links to one address, and tries from one browser's address.
LINKS_AN_HOUR = 3
TRIES_AN_HOUR = 30
_HOUR = timedelta(hours=1)
_KEPT = timedelta(days=1)


class TooManyTries(DomainError):
    """Too many addresses were tried from one place."""

    status = 429


@transaction.atomic
def send_portal_link(*, actor: Actor, advocate: Advocate) -> PersonalLink:
    """A colleague sends somebody the link to their own page, good for 90 days (ID-3).

    Raises ``Conflict`` for somebody who is not in the program, ``DomainError`` without an e-mail
    address, ``NotAllowed`` for a CSM at a colleague's account.
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
    link = open_portal(advocate=advocate)
    _mail(link, advocate, "portal_link", sender=actor.membership)
    record("portal.link_sent", advocate, actor=actor, about=[advocate.account])
    return link


def open_portal(*, advocate: Advocate) -> PersonalLink:
    """A fresh link to an advocate's own page; who may have it, the caller knows."""
    return create_link(
        purpose=PURPOSE,
        subject_id=advocate.pk,
        expires_at=clock.now() + timedelta(days=LINK_DAYS),
    )


@transaction.atomic
def request_portal_link(*, email: str, browser: str) -> int:
    """Send a fresh link to every enrolled advocate with this address; returns how many.

    The caller answers the same whatever it returns, so that nobody learns who is in the program.
    One address gets at most three an hour, silently. Raises :class:`TooManyTries` for too many
    tries from one browser's address, known or not.
    """
    now, email = clock.now(), email.strip().lower()
    of_email, of_browser = _digest(email), _digest(browser)
    LinkRequest.objects.filter(at__lt=now - _KEPT).delete()
    recent = LinkRequest.objects.filter(at__gt=now - _HOUR)
    if recent.filter(browser_digest=of_browser).count() >= TRIES_AN_HOUR:
        raise TooManyTries(_("That was a lot of tries. Please wait an hour."), code="throttled")
    before = recent.filter(email_digest=of_email).count()
    LinkRequest.objects.create(email_digest=of_email, browser_digest=of_browser)
    if before >= LINKS_AN_HOUR:
        return 0
    people = Advocate.objects.select_related("account", "tenant").filter(
        email=email, status__in=sorted(ENROLLED)
    )
    for advocate in people:
        _mail(open_portal(advocate=advocate), advocate, "portal_link")
        record("portal.link_requested", advocate, actor=Actor.advocate(advocate.pk))
    return len(people)


@transaction.atomic
def join_program(*, invitation: ProgramInvitation, consent: bool) -> PersonalLink:
    """Accept an invitation and open the portal; a welcome with the link goes out too (ENR-1).

    Raises what accepting raises.
    """
    accept_invitation(invitation=invitation, consent=consent)
    advocate = invitation.advocate
    link = open_portal(advocate=advocate)
    if advocate.email:
        _mail(link, advocate, "portal_welcome", sender=invitation.sender)
    return link


def _digest(text: str) -> str:
    mac = salted_hmac("advocacy.portal.throttle", text, algorithm="sha256")
    return mac.hexdigest()


def _mail(
    link: PersonalLink, advocate: Advocate, template: str, sender: Membership | None = None
) -> None:
    tenant = advocate.tenant
    mail = render_mail(
        template,
        {
            "first_name": advocate.first_name or advocate.name,
            "company": tenant.name,
            "sender": sender.name if sender else "",
            "days": LINK_DAYS,
            "entrance": f"{settings.PUBLIC_URL.rstrip('/')}/portal/{tenant.slug}/",
        },
        language_of(advocate),
    )
    queue_mail(
        kind=MAIL,
        to_email=advocate.email,
        to_name=advocate.name,
        subject=mail.subject[:300],
        text=mail.text,
        unique_key=f"{MAIL}:{link.pk}",
        link=link,
        sender=sender,
        from_name="" if sender else tenant.name,
        subject_id=advocate.pk,
    )
