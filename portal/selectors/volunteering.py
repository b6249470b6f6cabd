"""Who followed a link to the page on which help is offered (IDN-2, ID-3)."""

from dataclasses import dataclass
from datetime import tzinfo

from advocacy import clock
from advocacy.messaging.links import link_path
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocates.joining.invitations import PURPOSE as INVITATION
from advocates.joining.volunteer_status import customer_of, people_with
from advocates.language import language_of
from advocates.models import Account, Advocate, ProgramInvitation
from portal.models import Newcomer
from portal.purposes import VOLUNTEER


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person on record, or an address that has proved to be somebody's.

    ``account`` is where they work; ``None`` when that cannot be told any more.
    """

    language: str
    zone: tzinfo
    advocate: Advocate | None = None
    newcomer: Newcomer | None = None
    account: Account | None = None


def visitor_behind(link: PersonalLink) -> Visitor | None:
    """Who a link leads to; ``None`` when nothing is left of them."""
    if link.purpose == VOLUNTEER:
        person = (
            Advocate.objects.select_related("account__owner__user", "tenant")
            .filter(pk=link.subject_id)
            .first()
        )
        return _on_record(person) if person else None
    newcomer = Newcomer.objects.select_related("tenant").filter(pk=link.subject_id).first()
    if newcomer is None:
        return None
    if known := people_with(newcomer.email):
        own = [person for person in known if person.pk == newcomer.advocate_id]
        return _on_record((own or known)[0])
    return Visitor(
        newcomer.language,
        newcomer.tenant.zone,
        newcomer=newcomer,
        account=customer_of(newcomer.email),
    )


def _on_record(person: Advocate) -> Visitor:
    return Visitor(language_of(person), person.zone, advocate=person, account=person.account)


def invitation_path(invitation: ProgramInvitation) -> str:
    """The page of an open invitation, while its link works; it went to the same mailbox."""
    link = (
        PersonalLink.objects.filter(
            purpose=INVITATION,
            subject_id=invitation.pk,
            revoked_at__isnull=True,
            expires_at__gt=clock.now(),
        )
        .order_by("-created_at")
        .first()
    )
    return link_path(link) if link else ""


def program_contact() -> Membership:
    """Whom somebody at a customer can talk to: who runs the program longest, else an admin."""
    active = Membership.objects.select_related("user").filter(is_active=True)
    for role in (Role.PROGRAM_MANAGER, Role.ADMIN):
        if found := active.filter(role=role).order_by("created_at", "id").first():
            return found
    raise Membership.DoesNotExist("a tenant always keeps an active admin (ID-1)")
