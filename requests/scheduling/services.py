"""From a yes to a booked call, with invitations that calendars understand (FUL-1)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.activities.services import book_time
from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.text import one_line
from advocates.models import Advocate
from advocates.people.contact import write_to
from advocates.people.disclosure import discloses_after_acceptance, sees_everybody
from requests.access import require_own
from requests.asks.choices import AskState
from requests.mails import first_name, language_for, language_of, write
from requests.models import Ask, AskSlot, Request
from requests.requests.choices import RequestState
from requests.requests.lifecycle import REQUEST
from requests.requests.locks import lock_request, move_request
from requests.requests.log import tell
from requests.scheduling.slots import Slot, slot_words, zone_words

INVITATION, CANCELLATION = "invitation", "invitation_cancelled"
_BOOKABLE = {RequestState.OUTREACH, RequestState.CONFIRMED, RequestState.SCHEDULED}
#: An activity in one of these has its time, or had it.
_HAS_TIME = {ActivityState.SCHEDULED, ActivityState.COMPLETED}


@transaction.atomic
def pick_slot(*, actor: Actor, request: Request, slot: AskSlot, location: str = "") -> Activity:
    """Book one of the times the advocate ticked; requester or program (FUL-1).

    Both get an invitation. Picking another one later moves the call and updates both. Raises
    :class:`Conflict` when the time is past, was not offered, or somebody is booked then.
    """
    ask = slot.ask
    if ask.request_id != request.pk or not slot.offered:
        raise Conflict(_("The advocate did not offer this time."))
    return _book(actor, ask, slot.starts_at, slot.ends_at, location)


@transaction.atomic
def schedule_call(
    *, actor: Actor, ask: Ask, starts_at: datetime, ends_at: datetime, location: str = ""
) -> Activity:
    """Book a time agreed otherwise, such as the one an advocate wrote in own words."""
    return _book(actor, ask, starts_at, ends_at, location)


def _book(
    actor: Actor, ask: Ask, starts_at: datetime, ends_at: datetime, location: str
) -> Activity:
    require_own(actor, ask.request)
    request = lock_request(ask.request)
    if request.state not in _BOOKABLE:
        raise REQUEST.refusal(request, REQUEST["schedule"])
    ask.reload()
    if ask.state != AskState.ACCEPTED or ask.activity is None:
        raise Conflict(_("This advocate has not said yes."))
    if starts_at <= clock.now():
        problem = _("This time is past; choose a later one.")
        raise DomainError(problem, fields={"starts_at": problem})
    place = location.strip() or ask.activity.location
    activity = book_time(
        actor=actor, activity=ask.activity, starts_at=starts_at, ends_at=ends_at, location=place
    )
    ask.activity = activity
    return activity


def follow_booking(*, actor: Actor, request: Request, ask: Ask, activity: Activity) -> None:
    """What a booked time means for a locked request, whichever page booked it: the slot is
    picked, both sides are invited, and the request is scheduled once every call has its time.
    """
    starts_at, ends_at = activity.starts_at, activity.ends_at
    if starts_at is None or ends_at is None:
        return
    AskSlot.objects.filter(ask=ask, picked=True).exclude(starts_at=starts_at).update(picked=False)
    picked = AskSlot.objects.filter(ask=ask, starts_at=starts_at).update(
        picked=True, offered=True, ends_at=ends_at
    )
    if not picked:
        AskSlot.objects.create(
            ask=ask, starts_at=starts_at, ends_at=ends_at, offered=True, picked=True
        )
    record(
        "request.slot_picked",
        request,
        actor=actor,
        payload={"ask": str(ask.pk), "starts_at": starts_at.isoformat()},
        about=[ask.advocate, *request.about],
    )
    send_invitations(request, ask, activity)
    if request.state == RequestState.CONFIRMED and _all_have_times(request):
        move_request(request, "schedule")
        tell("request.scheduled", request, actor)


def _all_have_times(request: Request) -> bool:
    return not (
        request.asks.filter(state=AskState.ACCEPTED).exclude(activity__state__in=_HAS_TIME).exists()
    )


# -- invitations ---------------------------------------------------------------------------------


def send_invitations(request: Request, ask: Ask, activity: Activity) -> None:
    """Invite advocate and requester, or tell them of the change: same UID, next SEQUENCE."""
    _mail_both(request, ask, activity, INVITATION, "REQUEST")


def cancel_invitations(request: Request, ask: Ask, activity: Activity) -> None:
    """Take a booked time out of both calendars; nothing if it never was in them."""
    if _sent_before(activity):
        _mail_both(request, ask, activity, CANCELLATION, "CANCEL")


def _sent_before(activity: Activity) -> int:
    """How many versions of the invitation went out: the next SEQUENCE."""
    return (
        OutgoingMail.objects.filter(subject_id=activity.pk, kind__in=[INVITATION, CANCELLATION])
        .values_list("unique_key", flat=True)
        .filter(unique_key__endswith=":requester")
        .count()
    )


def _mail_both(request: Request, ask: Ask, activity: Activity, template: str, method: str) -> None:
    if activity.starts_at is None or activity.ends_at is None:
        return
    sequence = _sent_before(activity)
    slot = Slot(activity.starts_at, activity.ends_at)
    advocate, requester = ask.advocate, request.requester
    host = request.manager or ask.sender
    # Each side reads only what it may know of the other (VIS-1).
    named = discloses_after_acceptance(advocate) or sees_everybody(requester)
    prospect = _("a company") if request.is_confidential else request.prospect
    zone, language = advocate.zone, language_of(advocate)
    with translation.override(language):
        context = {
            "first_name": first_name(advocate),
            "what": str(request.activity_type),
            "with": prospect,
            "when": f"{slot_words(slot, zone)} ({zone_words(zone)})",
            "location": activity.location,
            "changed": sequence > 0,
            "sender": host.name,
        }
        title = f"{request.activity_type}: {prospect}"
    mail = write(f"{template}_advocate", context, language)
    who = [(advocate.name, advocate.email)]
    write_to(
        advocate,
        kind=template,
        subject=mail.subject,
        text=mail.text,
        sender=host,
        subject_id=activity.pk,
        unique_key=f"{template}:{activity.pk}:{sequence}:advocate",
        calendar=_ics(activity, zone, title, method, sequence, ask, request, who),
        calendar_method=method,
    )
    zone, language = requester.zone, language_for(requester.user.language)
    with translation.override(language):
        called = advocate.name if named else _described(advocate)
        context = {
            "name": requester.name,
            "reference": request.reference,
            "what": str(request.activity_type),
            "with": called,
            "when": f"{slot_words(slot, zone)} ({zone_words(zone)})",
            "location": activity.location,
            "changed": sequence > 0,
            "sender": host.name,
        }
        title = f"{request.activity_type}: {request.prospect} – {called}"
    mail = write(f"{template}_requester", context, language)
    attendees = [(requester.name, requester.email)]
    if named and advocate.email:
        attendees.append((advocate.name, advocate.email))
    queue_mail(
        kind=template,
        to_email=requester.email,
        to_name=requester.name,
        subject=mail.subject,
        text=mail.text,
        path=f"/t/{request.tenant.slug}/requests/{request.pk}/",
        sender=host,
        subject_id=activity.pk,
        unique_key=f"{template}:{activity.pk}:{sequence}:requester",
        calendar=_ics(activity, zone, title, method, sequence, ask, request, attendees),
        calendar_method=method,
    )


def _described(advocate: Advocate) -> str:
    """A reference without a name: what they do, and in which industry."""
    facts = [advocate.job_title, advocate.account.industry]
    return ", ".join(fact for fact in facts if fact) or _("a reference")


def _ics(
    activity: Activity,
    zone: ZoneInfo,
    title: str,
    method: str,
    sequence: int,
    ask: Ask,
    request: Request,
    attendees: list[tuple[str, str]],
) -> str:
    """An iCalendar object in the reader's zone, with that zone's rules (RFC 5545, RFC 5546)."""
    host = request.manager or ask.sender
    event = Event()
    event.add("uid", f"{activity.pk}@advocacy")
    event.add("sequence", sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", activity.starts_at.astimezone(zone))  # type: ignore[union-attr]
    event.add("dtend", activity.ends_at.astimezone(zone))  # type: ignore[union-attr]
    event.add("summary", one_line(title))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    if activity.location:
        event.add("location", one_line(activity.location))
    event["organizer"] = _address(host.name, host.email)
    for name, email in attendees:
        guest = _address(name, email)
        guest.params["ROLE"] = vText("REQ-PARTICIPANT")
        guest.params["PARTSTAT"] = vText("NEEDS-ACTION")
        guest.params["RSVP"] = vText("TRUE")
        event.add("attendee", guest, encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Advocacy//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    # The zone's rules around the call, not of a century.
    day = clock.now().date()
    calendar.add_missing_timezones(
        first_date=day - timedelta(days=366), last_date=day + timedelta(days=2 * 366)
    )
    return str(calendar.to_ical().decode())


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"MAILTO:{email}")
    address.params["CN"] = vText(one_line(name))
    return address
