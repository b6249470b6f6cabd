"""Sign-in by mail: an address in, a mail out, whoever it is (ID-3, ID-4, IDN-2)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.db import transaction

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenancy.stuck import Unit, work_through
from advocacy.tenancy.throttling import Limit, require_attempt, take_attempt
from advocates.accounts.choices import Lifecycle
from advocates.joining.volunteer_status import customer_of, people_with
from advocates.models import Advocate
from advocates.people.choices import ENROLLED
from portal.models import Newcomer
from portal.purposes import NEWCOMER
from portal.services import volunteering
from portal.services.links import mail_portal_link, open_portal

_HOUR = timedelta(hours=1)
#: Mails of the sign-in that could not be written (``stuck``).
LINK_WORK, STRANGER_WORK = "portal-link", "portal-stranger"
#: Mails of one tenant to one address, tries of one machine at any sign-in, mails of one tenant
#: to strangers in all.
LINKS_PER_ADDRESS = Limit("portal-address", 3, _HOUR)
TRIES_PER_MACHINE = Limit("portal-machine", 30, _HOUR)
STRANGERS_PER_TENANT = Limit("portal-strangers", 60, _HOUR)


@transaction.atomic
def request_link(*, email: str, machine: str, language: str) -> None:
    """Write to an address, whoever it belongs to.

    The enrolled get the link to their own page; other people at a customer one to a page on which
    they can offer to help (IDN-2); so does an address that no record has but whose domain is one
    customer's; everybody else is told whom to talk to. Because each gets a mail and the caller
    answers the same, nobody learns here who is known.

    One address gets at most three an hour, and a tenant writes to at most sixty strangers an hour,
    both silently. ``language`` is the page's, for those whose own is not known. Raises
    :class:`TooManyAttempts` for too many tries from one machine, known or not.
    """
    email = email.strip().lower()
    tenant = str(current_tenant_id())
    # Who never came back; a link that is out keeps its end, whatever the number is by now.
    working = PersonalLink.objects.filter(purpose=NEWCOMER, expires_at__gt=clock.now())
    old = Newcomer.objects.filter(created_at__lt=clock.now() - timedelta(days=1))
    old.exclude(pk__in=working.values("subject_id")).delete()
    require_attempt(TRIES_PER_MACHINE, machine)
    if not take_attempt(LINKS_PER_ADDRESS, f"{tenant}:{email}"):
        return
    people = people_with(email)
    enrolled = [person for person in people if person.status in ENROLLED]
    if enrolled:
        _write_to(enrolled, _send_home_link)
        return
    customers = [person for person in people if person.account.lifecycle == Lifecycle.CUSTOMER]
    if customers:
        _write_to(customers[:1], _send_volunteer_link)
    elif take_attempt(STRANGERS_PER_TENANT, tenant):
        known = not people and customer_of(email) is not None
        _write_to_stranger(partial(_answer_stranger, email, language, known=known))


def _write_to(people: list[Advocate], send: Callable[[Advocate], None]) -> None:
    """One whose mail cannot be written keeps it from nobody else, and the answer stays the same;
    whoever runs the program sees it among the stuck work at once, since nobody tries again.
    """
    units = [Unit(person, (person.pk,), "advocates.advocate", person.pk) for person in people]
    work_through(LINK_WORK, units, send, most=1)


def _send_home_link(person: Advocate) -> None:
    mail_portal_link(open_portal(advocate=person), person, "portal_link")
    _record(person)


def _send_volunteer_link(person: Advocate) -> None:
    volunteering.send_volunteer_link(person)
    _record(person)


def _write_to_stranger(send: Callable[[], None]) -> None:
    tenant_id = current_tenant_id()
    unit = Unit(send, (tenant_id,), "tenancy.tenant", tenant_id)
    work_through(STRANGER_WORK, [unit], lambda send: send(), most=1)


def _answer_stranger(email: str, language: str, *, known: bool) -> None:
    if known:
        volunteering.send_newcomer_link(email=email, language=language)
    else:
        volunteering.tell_unplaced(email=email, language=language)


def _record(person: Advocate) -> None:
    record("portal.link_requested", person, actor=Actor.advocate(person.pk))
