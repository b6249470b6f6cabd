"""From a yes to a booked call (FUL-1)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.activities.services import book_time
from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from requests.access import require_own
from requests.asks.choices import AskState
from requests.models import Ask, AskSlot, Request
from requests.requests.choices import RequestState
from requests.requests.lifecycle import REQUEST
from requests.requests.locks import lock_request, move_request
from requests.requests.log import tell
from requests.scheduling.invitations import send_invitations

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
