"""Offering to help from the portal: links to the page, and the first contact (IDN-2, ID-3)."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.languages import spoken
from advocacy.messaging.links import create_link
from advocacy.messaging.models import PersonalLink
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current
from advocates.joining.volunteer_status import people_with
from advocates.joining.volunteering import volunteer
from advocates.language import language_of
from advocates.models import ActivityType, Advocate, Nomination
from advocates.people.services import create_advocate
from portal.models import Newcomer
from portal.numbers import PortalLinks
from portal.purposes import NEWCOMER, VOLUNTEER
from portal.selectors.volunteering import Visitor, program_contact
from portal.services.links import MAIL, sign_in_path

STRANGER_MAIL = "portal-stranger"


def send_volunteer_link(advocate: Advocate) -> PersonalLink:
    """Mail somebody on record, but not in the program, the link to their page."""
    link = _link(VOLUNTEER, advocate.pk)
    mail = render_mail(
        "portal_volunteer",
        {
            "first_name": advocate.first_name or advocate.name,
            "company": advocate.tenant.name,
            "days": current(PortalLinks).offer_days,
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
        path=sign_in_path(advocate.tenant),
        from_name=advocate.tenant.name,
        subject_id=advocate.pk,
    )
    return link


def open_volunteer_page(advocate: Advocate) -> PersonalLink:
    """A fresh link to the page on which help is offered, for whom the caller knows to be there."""
    return _link(VOLUNTEER, advocate.pk)


def send_newcomer_link(*, email: str, language: str) -> PersonalLink:
    """Mail an address no record has the link that proves whose it is."""
    newcomer = Newcomer.objects.create(email=email, language=language)
    link = _link(NEWCOMER, newcomer.pk)
    _write_to_stranger("portal_newcomer", email, language, link)
    return link


def tell_unplaced(*, email: str, language: str) -> None:
    """Say kindly that the program cannot place an address, and who can help."""
    _write_to_stranger("portal_unplaced", email, language)


@transaction.atomic
def offer_help(
    *,
    visitor: Visitor,
    reasons: str,
    kinds: Collection[ActivityType],
    first_name: str = "",
    last_name: str = "",
    job_title: str = "",
) -> Nomination:
    """Whoever followed the link offers to help (IDN-2).

    A newcomer becomes a contact at the customer whose domain the address has, once, even when two
    taps arrive together; somebody who was put on record meanwhile is that person. Raises
    ``DomainError`` naming the field, ``Conflict`` when the address cannot be placed any more, and
    what offering raises.
    """
    person = visitor.advocate or _become_contact(
        visitor, first_name=first_name, last_name=last_name, job_title=job_title
    )
    return volunteer(advocate=person, reasons=reasons, kinds=kinds)


def _become_contact(
    visitor: Visitor, *, first_name: str, last_name: str, job_title: str
) -> Advocate:
    if visitor.newcomer is None or visitor.account is None:
        raise Conflict(_("We cannot tell which of our customers this address belongs to."))
    # Two taps of one person wait for each other here.
    newcomer = Newcomer.objects.select_for_update(of=("self",)).get(pk=visitor.newcomer.pk)
    if known := people_with(newcomer.email):
        person = known[0]
    else:
        needed = {"first_name": first_name, "last_name": last_name}
        problems = {
            name: _("Please fill this in.") for name, said in needed.items() if not said.strip()
        }
        if problems:
            raise DomainError(_("Tell us who you are."), code="required", fields=problems)
        person = create_advocate(
            actor=Actor.system("portal"),
            account=visitor.account,
            email=newcomer.email,
            language=newcomer.language,
            first_name=first_name,
            last_name=last_name,
            job_title=job_title,
        )
    Newcomer.objects.filter(pk=newcomer.pk).update(advocate=person)
    return person


def _link(purpose: str, subject_id: UUID) -> PersonalLink:
    lives = timedelta(days=current(PortalLinks).offer_days)
    return create_link(purpose=purpose, subject_id=subject_id, expires_at=clock.now() + lives)


def _write_to_stranger(
    template: str, email: str, language: str, link: PersonalLink | None = None
) -> None:
    tenant = Tenant.objects.get(pk=current_tenant_id())
    contact = program_contact()
    mail = render_mail(
        template,
        {
            "company": tenant.name,
            "sender": contact.name,
            "days": current(PortalLinks).offer_days,
        },
        language,
    )
    queue_mail(
        kind=STRANGER_MAIL,
        to_email=email,
        subject=mail.subject,
        to_name="",
        text=mail.text,
        unique_key=f"{STRANGER_MAIL}:{link.pk if link else uuid7()}",
        link=link,
        path=sign_in_path(tenant) if mail.text.has_page else "",
        sender=contact,
    )
