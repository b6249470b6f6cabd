"""From a yes to a booked call (FUL-1)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from activities.activities.booking import book_time
from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy import clock
from advocacy.events.services import record
from advocacy.records.writes import tidy
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenant_settings.reading import current
from requests.access import require_own
from requests.asks.choices import AskState
from requests.asks.disclosure import reveal_to_prospect
from requests.asks.settings import Calling
from requests.models import Ask, AskSlot, Request
from requests.requests.choices import MeetingFormat, RequestState
from requests.requests.contacts import LONGEST, contacts_in
from requests.requests.lifecycle import REQUEST
from requests.requests.locks import lock_request, move_request
from requests.requests.log import tell
from requests.scheduling.invitations import send_invitations
from requests.scheduling.readers import may_name

_BOOKABLE = {RequestState.OUTREACH, RequestState.CONFIRMED, RequestState.SCHEDULED}
#: An activity in one of these has its time, or had it.
_HAS_TIME = {ActivityState.SCHEDULED, ActivityState.COMPLETED}
#: Who picks a time on a link without signing in.
PROSPECT = Actor.system("prospect")


@transaction.atomic
def pick_slot(
    *,
    actor: Actor,
    request: Request,
    slot: AskSlot,
    location: str | None = None,
    contacts: str | None = None,
) -> Activity:
    """Book one of the times the advocate ticked; requester or program (FUL-1).

    Everybody gets an invitation. Picking another one later moves the call and updates it. What is
    not said of ``location`` and ``contacts`` stays, or is the usual one. Raises :class:`Conflict`
    when the time is past, was not offered, or somebody is booked then.
    """
    ask = slot.ask
    if ask.request_id != request.pk or not slot.offered:
        raise Conflict(_("The advocate did not offer this time."))
    return _book(actor, ask, slot.starts_at, slot.ends_at, location, contacts)


@transaction.atomic
def schedule_call(
    *,
    actor: Actor,
    ask: Ask,
    starts_at: datetime,
    ends_at: datetime,
    location: str | None = None,
    contacts: str | None = None,
) -> Activity:
    """Book a time agreed otherwise, such as the one an advocate wrote in own words."""
    return _book(actor, ask, starts_at, ends_at, location, contacts)


def _book(
    actor: Actor,
    ask: Ask,
    starts_at: datetime,
    ends_at: datetime,
    location: str | None,
    contacts: str | None,
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
    if contacts is not None:
        save_contacts(request, contacts)
    place = ask.activity.location or usual_place(request) if location is None else location.strip()
    activity = book_time(
        actor=actor, activity=ask.activity, starts_at=starts_at, ends_at=ends_at, location=place
    )
    ask.activity = activity
    return activity


def usual_place(request: Request) -> str:
    """Where a call takes place unless a booking says otherwise: the requester's own link, else the
    company's. Nowhere but for video calls.
    """
    if request.meeting_format != MeetingFormat.VIDEO:
        return ""
    return request.requester.meeting_place or current(Calling).meeting_place


def save_contacts(request: Request, contacts: str) -> None:
    """Who joins from the prospect's side, of a locked request; ``DomainError`` for what is none."""
    text = tidy(contacts)
    try:
        contacts_in(text)
    except ValidationError as error:
        problem = " ".join(error.messages)
        raise DomainError(problem, fields={"contacts": problem}) from error
    if len(text) > LONGEST:
        problem = _("Keep it under %(most)d characters.") % {"most": LONGEST}
        raise DomainError(problem, fields={"contacts": problem})
    Request.objects.filter(pk=request.pk).update(contacts=text)
    request.contacts = text


def require_waiting(ask: Ask) -> None:
    """Raise :class:`Conflict` unless somebody said yes and no time is booked yet."""
    if ask.state != AskState.ACCEPTED or ask.activity is None:
        raise Conflict(_("This advocate has not said yes."), code="no_yes")
    if ask.activity.state == ActivityState.SCHEDULED:
        raise Conflict(_("A time is booked already."), code="already_booked")
    if ask.activity.state != ActivityState.ACCEPTED:
        raise Conflict(_("This call is over."), code="over")


def follow_booking(*, actor: Actor, request: Request, ask: Ask, activity: Activity) -> None:
    """What a booked time means for a locked request, whichever page booked it: the slot is
    picked, everybody is invited, and the request is scheduled once every call has its time.
    """
    starts_at, ends_at = activity.starts_at, activity.ends_at
    if starts_at is None or ends_at is None:
        return
    pick(ask, starts_at, ends_at)
    Ask.objects.filter(pk=ask.pk).update(times_asked_at=None, time_wish="", time_wished_at=None)
    by = {"by": PROSPECT.label} if actor == PROSPECT else {}
    record(
        "request.slot_picked",
        request,
        actor=actor,
        payload={"ask": str(ask.pk), "starts_at": starts_at.isoformat(), **by},
        about=[ask.advocate, *request.about],
    )
    if request.people and may_name(ask):
        reveal_to_prospect(actor=actor, ask=ask)
    send_invitations(request, ask, activity)
    if request.state == RequestState.CONFIRMED and all_have_times(request):
        move_request(request, "schedule")
        tell("request.scheduled", request, actor)


def pick(ask: Ask, starts_at: datetime, ends_at: datetime) -> None:
    """Keep which time the call takes place at, among those offered or beside them."""
    AskSlot.objects.filter(ask=ask, picked=True).exclude(starts_at=starts_at).update(picked=False)
    slots = AskSlot.objects.filter(ask=ask, starts_at=starts_at)
    if not slots.update(picked=True, ends_at=ends_at):
        AskSlot.objects.create(ask=ask, starts_at=starts_at, ends_at=ends_at, picked=True)


def all_have_times(request: Request) -> bool:
    """Whether nobody who said yes waits for a time any more."""
    return not (
        request.asks.filter(state=AskState.ACCEPTED).exclude(activity__state__in=_HAS_TIME).exists()
    )
