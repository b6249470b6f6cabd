"""The prospect picks one of the times by themselves, on a link and without signing in (FUL-1.b)."""

import hashlib
from collections.abc import Collection
from datetime import timedelta
from zoneinfo import available_timezones

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from activities.activities.models import Activity
from advocacy import clock
from advocacy.languages import spoken
from advocacy.messaging.links import create_link, revoke_links
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.text import has_words
from advocacy.tenant_settings.reading import current
from advocates.people.leave import require_leave
from requests.access import require_own
from requests.asks.settings import Asking
from requests.mails import BOOKING_PURPOSE, mail_member, write
from requests.models import Ask, AskSlot, Request
from requests.requests.contacts import Contact
from requests.requests.locks import lock_request
from requests.requests.log import tell
from requests.requests.whereabouts import whereabouts_of
from requests.scheduling.readers import described, hello_to, side_of, unsure_words
from requests.scheduling.services import PROSPECT, pick_slot, require_waiting, save_contacts
from requests.scheduling.slots import free_slots, slot_words, zone_words

_KIND, _WISH = "choose_time", "time_wished"
#: So often may whoever holds a link write that nothing suits them.
_MOST_WISHES = 5
_LONGEST_WISH = 500


@transaction.atomic
def let_them_choose(*, actor: Actor, ask: Ask, contacts: str) -> PersonalLink:
    """Send the prospect's people a link on which they pick one of the times (FUL-1.b).

    Who has it already is not written to again, unless they refused the times; somebody who is left
    out now loses it. Raises
    :class:`Conflict` when no time is left to choose from, one is booked or a leave is missing
    (ADV-4.e), :class:`DomainError` at ``contacts`` when nobody is named.
    """
    require_own(actor, ask.request)
    request = lock_request(ask.request)
    ask.reload()
    require_waiting(ask)
    require_leave(ask.advocate, request.activity_type)
    save_contacts(request, contacts)
    if not request.people:
        problem = _("Name at least one person with an e-mail address.")
        raise DomainError(problem, fields={"contacts": problem})
    slots = free_slots(ask)
    if not slots:
        raise Conflict(_("None of the times offered is left. Ask for new ones first."))
    # Who could make none of them is told of the new ones on the link they have.
    again = f":{ask.time_wished_at:%Y%m%d%H%M%S%f}" if ask.time_wished_at else ""
    Ask.objects.filter(pk=ask.pk).update(time_wish="", time_wished_at=None)
    link = _link_for(request, ask, slots)
    for contact in request.people:
        _invite(request, ask, contact, link, slots, again)
    tell("request.choice_offered", request, actor, {"ask": str(ask.pk)})
    return link


def booking_link(ask: Ask) -> PersonalLink | None:
    """The link that works now, if there is one."""
    return PersonalLink.objects.filter(
        subject_id=ask.pk,
        purpose=BOOKING_PURPOSE,
        revoked_at=None,
        expires_at__gt=clock.now(),
    ).first()


def _link_for(request: Request, ask: Ask, slots: Collection[AskSlot]) -> PersonalLink:
    found = booking_link(ask)
    if found is not None:
        sent_to = OutgoingMail.objects.filter(link=found).values_list("to_email", flat=True)
        if {email.lower() for email in sent_to} <= {each.email.lower() for each in request.people}:
            return found
        revoke_links(subject_id=ask.pk, purpose=BOOKING_PURPOSE)
    # It goes on to say what was booked.
    last = max(request.deadline, *(slot.ends_at for slot in slots))
    outlives = timedelta(days=current(Asking).link_outlives_days)
    return create_link(purpose=BOOKING_PURPOSE, subject_id=ask.pk, expires_at=last + outlives)


def _invite(
    request: Request,
    ask: Ask,
    contact: Contact,
    link: PersonalLink,
    slots: Collection[AskSlot],
    again: str,
) -> None:
    language, where = language_of_prospect(request), whereabouts_of(request)
    zone = where.zone
    with translation.override(language):
        context = {
            "hello": hello_to(contact),
            "tenant": request.tenant.name,
            "who": described(ask.advocate),
            "zone": zone_words(zone),
            "unsure": unsure_words(where, _("the page behind the link")),
            "slots": [slot_words(slot, zone) for slot in slots],
            "requester": request.requester.name,
        }
    mail = write(_KIND, context, language)
    queue_mail(
        kind=_KIND,
        to_email=contact.email,
        to_name=contact.called,
        subject=mail.subject,
        text=mail.text,
        link=link,
        sender=request.requester,
        subject_id=ask.pk,
        unique_key=f"{_KIND}:{link.pk}:{side_of(contact.email)}{again}",
    )


def language_of_prospect(request: Request) -> str:
    """In which language the prospect is written to."""
    return spoken(request.language or request.tenant.language)


@transaction.atomic
def choose_slot(*, ask: Ask, slot: AskSlot, zone: str = "") -> Activity:
    """Book a time for whoever holds the link; of two at the same moment the first has it.

    ``zone`` is where their browser is; kept where nobody said it. Raises :class:`Conflict` when a
    time is booked already or this one is taken, in words that tell nothing about the advocate.
    """
    request = lock_request(ask.request)
    ask.reload()
    require_waiting(ask)
    if zone in available_timezones() and not request.time_zone:
        Request.objects.filter(pk=request.pk).update(time_zone=zone)
    try:
        return pick_slot(actor=PROSPECT, request=request, slot=slot)
    except DomainError as error:
        if error.code == "leave_missing":
            # Why is between the advocate and their employer; the requester is told when they book.
            text = _("This call cannot be booked here just now. Please reply to our mail.")
            raise Conflict(text, code="not_now") from error
        raise Conflict(
            _("This time has just been taken. Please pick another one."), code="time_taken"
        ) from error


@transaction.atomic
def wish_time(*, ask: Ask, note: str) -> None:
    """Tell the requester that none of the times suits the prospect, in their own words; it is
    theirs to find another.
    """
    request = lock_request(ask.request)
    ask.reload()
    require_waiting(ask)
    text = note.strip()[:_LONGEST_WISH]
    if not has_words(text):
        problem = _("Write which times would suit you.")
        raise DomainError(problem, fields={"note": problem})
    sent = OutgoingMail.objects.filter(subject_id=request.pk, kind=f"request_{_WISH}").count()
    if sent >= _MOST_WISHES:
        raise Conflict(_("We have your words and come back to you; please reply to our mail."))
    Ask.objects.filter(pk=ask.pk).update(time_wish=text, time_wished_at=clock.now())
    key = f"{ask.pk}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    mail_member(request.requester, _WISH, request, key=key, context={"note": text})
