"""What a request does when its activity is completed, cancelled or missed (REQ-2, OPP-1)."""

from django.db import models
from django.utils.translation import gettext as _

from activities.models import Activity
from activities.states import OPEN as OPEN_ACTIVITIES
from activities.states import ActivityState, NoShowBy
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from requests.models import Ask, MatchingWeights, Request, Touchpoint
from requests.services.ending import look_again, wanted
from requests.services.mails import mail_member
from requests.services.moves import lock_request, move_request
from requests.services.opportunities import seed_stage_mappings
from requests.services.scheduling import cancel_invitations, follow_booking
from requests.states import AskState, RequestState

#: Types whose completion shows at a deal as an event; all others as a reference.
_EVENTS = frozenset({"event_attendance", "speaking", "customer_panel", "site_visit"})
_BEGUN = {RequestState.CONFIRMED, RequestState.SCHEDULED, RequestState.OUTREACH}


def _ask_of(activity: Activity) -> Ask | None:
    return (
        Ask.objects.filter(activity=activity)
        .select_related(
            "request__opportunity",
            "advocate__account",
            "advocate__tenant",
            "sender__user",
        )
        .first()
    )


def on_completed(event: Event, subject: models.Model, actor: Actor) -> None:
    """A touchpoint on the deal; the request is completed when all of its activities are over."""
    activity: Activity = subject  # type: ignore[assignment]
    ask = _ask_of(activity)
    if ask is None:
        return
    request = lock_request(ask.request)
    if request.opportunity is not None:
        is_event = activity.activity_type.code in _EVENTS
        _point, made = Touchpoint.objects.get_or_create(
            opportunity=request.opportunity,
            activity=activity,
            defaults={
                "kind": Touchpoint.Kind.EVENT if is_event else Touchpoint.Kind.REFERENCE,
                "at": activity.happened_at or clock.now(),
            },
        )
        if made:
            record(
                "opportunity.touched",
                request.opportunity,
                actor=actor,
                payload={"activity": str(activity.pk), "request": str(request.pk)},
                about=[request],
            )
    _complete_if_over(request, actor)


def _complete_if_over(request: Request, actor: Actor) -> None:
    if request.state not in (RequestState.CONFIRMED, RequestState.SCHEDULED):
        return
    asks = request.asks.filter(state=AskState.ACCEPTED)
    done = asks.filter(activity__state=ActivityState.COMPLETED).count()
    if not done or asks.filter(activity__state__in=OPEN_ACTIVITIES).exists():
        return
    before = move_request(request, RequestState.COMPLETED, completed_at=clock.now())
    record("request.completed", request, actor=actor, payload={"from": before, "done": done})
    mail_member(request.requester, "completed", request, key="1", sender=request.manager)


def on_scheduled(event: Event, subject: models.Model, actor: Actor) -> None:
    """A time was booked, or another one, on whatever page (FUL-1)."""
    activity: Activity = subject  # type: ignore[assignment]
    ask = _ask_of(activity)
    if ask is not None and ask.state == AskState.ACCEPTED:
        request = lock_request(ask.request)
        follow_booking(actor=actor, request=request, ask=ask, activity=activity)


def on_fell_through(event: Event, subject: models.Model, actor: Actor) -> None:
    """A call that will not take place: out of the calendars, and somebody else is needed.

    Subscribed to ``activity.cancelled``, ``activity.declined`` and ``activity.no_show``.
    """
    activity: Activity = subject  # type: ignore[assignment]
    ask = _ask_of(activity)
    if ask is None:
        return
    request = lock_request(ask.request)
    if activity.state != ActivityState.NO_SHOW:
        cancel_invitations(request, ask, activity)
    Ask.objects.filter(pk=ask.pk, state=AskState.ACCEPTED).update(state=AskState.CANCELLED)
    if request.state not in _BEGUN:
        return
    if request.state == RequestState.OUTREACH:
        look_again(request)
        return
    said_yes = request.asks.filter(state=AskState.ACCEPTED).count()
    if said_yes >= wanted(request):
        _complete_if_over(request, actor)
        return
    reason = {
        (ActivityState.NO_SHOW, NoShowBy.PROSPECT): _("The prospect did not come."),
        (ActivityState.NO_SHOW, NoShowBy.ADVOCATE): _("The advocate did not come."),
    }.get(
        (ActivityState(activity.state), activity.no_show_by),  # type: ignore[arg-type]
        _("The advocate cannot make it after all."),
    )
    before = move_request(request, RequestState.OUTREACH, state_reason=reason)
    record("request.reopened", request, actor=actor, payload={"from": before})
    look_again(request)
    if request.manager is not None:
        mail_member(
            request.manager,
            "reopened",
            request,
            key=str(ask.pk),
            context={"advocate": ask.advocate.name, "reason": reason},
        )


def on_tenant_created(event: Event, subject: models.Model, actor: Actor) -> None:
    """A new tenant starts with the spec's weights and the usual stages (MAT-1, OPP-1)."""
    MatchingWeights.objects.get_or_create(activity_type=None)
    seed_stage_mappings()
