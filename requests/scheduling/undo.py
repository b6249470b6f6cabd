"""Taking a booking back before anybody heard of it (FUL-1)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activities.activities.booking import take_time_back
from activities.activities.choices import ActivityState
from advocacy import clock
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from requests.access import require_own
from requests.models import Ask, AskSlot
from requests.requests.choices import RequestState
from requests.requests.locks import lock_request, move_request
from requests.requests.log import tell
from requests.scheduling.calendars import booked_in
from requests.scheduling.invitations import INVITATION, sequence_of, versions_of
from requests.scheduling.readers import REQUESTER
from requests.scheduling.services import all_have_times, pick


@transaction.atomic
def undo_booking(*, actor: Actor, ask: Ask) -> Ask:
    """Go back to what the calendars hold: the time before, or none; nothing is sent.

    Raises :class:`Conflict` once one of the invitations is out, or could be.
    """
    require_own(actor, ask.request)
    request = lock_request(ask.request)
    ask.reload()
    activity = ask.activity
    if activity is None or activity.state != ActivityState.SCHEDULED:
        raise Conflict(_("There is no booking to take back."))
    mails = versions_of(activity)
    newest = [mail for mail in mails if sequence_of(mail) == sequence_of(mails[-1])]
    # A mail that is being sent at this moment has its lease.
    held = OutgoingMail.objects.filter(
        pk__in=[mail.pk for mail in newest], state=MailState.QUEUED, leased_until=None
    )
    late = any(mail.due_at < clock.now() for mail in newest)
    if not newest or late or held.update(state=MailState.CANCELLED) < len(newest):
        raise Conflict(
            _("The invitation has gone out already. Book another time, or call it off."),
            code="already_sent",
        )
    before = _times_in([mail for mail in mails if mail not in newest])
    ask.activity = take_time_back(actor=actor, activity=activity, before=before)
    if before is None:
        AskSlot.objects.filter(ask=ask, picked=True).update(picked=False)
    else:
        pick(ask, before[0], before[1])
    was = request.state
    if was == RequestState.SCHEDULED and not all_have_times(request):
        move_request(request, "unschedule")
    tell("request.booking_undone", request, actor, {"from": was, "ask": str(ask.pk)})
    return ask


def _times_in(mails: list[OutgoingMail]) -> tuple[datetime, datetime, str] | None:
    """Times and place as the requester's calendar has them."""
    for mail in reversed(mails):
        stands = mail.kind == INVITATION and mail.state != MailState.CANCELLED
        if stands and mail.unique_key.endswith(f":{REQUESTER}"):
            return booked_in(mail.calendar)
    return None
