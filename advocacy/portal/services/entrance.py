"""The entrance: an address in, a mail out, whoever it is (ID-3, ID-4, IDN-2)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.models import OutgoingMail
from advocacy.portal.models import LinkRequest, Newcomer
from advocacy.portal.services import volunteering
from advocacy.portal.services.links import mail_portal_link, open_portal
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenancy.stuck import Unit, work_through
from advocates.models import Advocate
from advocates.selectors.volunteering import customer_of, people_with
from advocates.states import ENROLLED, Lifecycle

#: Per hour: mails to one address, tries from one browser's address, mails to strangers in all.
LINKS_AN_HOUR = 3
TRIES_AN_HOUR = 30
STRANGERS_AN_HOUR = 60
_HOUR = timedelta(hours=1)
_KEPT = timedelta(days=1)
#: Mails of the entrance that could not be written (``stuck``).
LINK_WORK, STRANGER_WORK = "portal-link", "portal-stranger"


class TooManyTries(DomainError):
    """Too many addresses were tried from one place."""

    status = 429


@transaction.atomic
def request_link(*, email: str, browser: str, language: str) -> None:
    """Write to an address, whoever it belongs to.

    The enrolled get the link to their own page; other people at a customer one to a page on which
    they can offer to help (IDN-2); so does an address that no record has but whose domain is one
    customer's; everybody else is told whom to talk to. Because each gets a mail and the caller
    answers the same, nobody learns here who is known.

    One address gets at most three an hour, and a tenant writes to at most sixty strangers an hour,
    both silently. ``language`` is the page's, for those whose own is not known. Raises
    :class:`TooManyTries` for too many tries from one browser's address, known or not.
    """
    email = email.strip().lower()
    if not _let_in(email, browser, clock.now()):
        return
    people = people_with(email)
    enrolled = [person for person in people if person.status in ENROLLED]
    if enrolled:
        _write_to(enrolled, _send_home_link)
        return
    customers = [person for person in people if person.account.lifecycle == Lifecycle.CUSTOMER]
    if customers:
        _write_to(customers[:1], _send_volunteer_link)
    elif _strangers(clock.now()) < STRANGERS_AN_HOUR:
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


def _let_in(email: str, browser: str, now: datetime) -> bool:
    """Count a try; False when the address has had enough mail for now."""
    of_email, of_browser = _digest(email), _digest(browser)
    LinkRequest.objects.filter(at__lt=now - _KEPT).delete()
    Newcomer.objects.filter(created_at__lt=now - volunteering.LINK_LIVES).delete()
    recent = LinkRequest.objects.filter(at__gt=now - _HOUR)
    if recent.filter(browser_digest=of_browser).count() >= TRIES_AN_HOUR:
        raise TooManyTries(_("That was a lot of tries. Please wait an hour."), code="throttled")
    before = recent.filter(email_digest=of_email).count()
    LinkRequest.objects.create(email_digest=of_email, browser_digest=of_browser)
    return before < LINKS_AN_HOUR


def _strangers(now: datetime) -> int:
    return OutgoingMail.objects.filter(
        kind=volunteering.STRANGER_MAIL, created_at__gt=now - _HOUR
    ).count()


def _digest(text: str) -> str:
    mac = salted_hmac("advocacy.portal.throttle", text, algorithm="sha256")
    return mac.hexdigest()


def _record(person: Advocate) -> None:
    record("portal.link_requested", person, actor=Actor.advocate(person.pk))
