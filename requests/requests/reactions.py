"""What a request does when its activity is completed, missed, cancelled or voided (REQ-2)."""

from django.db import models
from django.utils.translation import gettext as _

from activities.activities.choices import OPEN as OPEN_ACTIVITIES
from activities.activities.choices import ActivityState, NoShowBy
from activities.activities.models import Activity
from activities.duties.services import arrange
from activities.feedback.lifecycle import FeedbackState, Side
from activities.feedback.models import Feedback
from activities.feedback.services import link_of
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.messaging.holding import tell_also
from advocacy.messaging.models import PersonalLink
from advocacy.messaging.services import cancel_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.models import ActivityType
from advocates.people.disclosure import sees_everybody
from requests.asks.choices import AskState
from requests.asks.ending import leave_unfilled, look_again
from requests.asks.lifecycle import ASK
from requests.mails import mail_member
from requests.models import Ask, MatchingWeights, Opportunity, Request, Touchpoint
from requests.opportunities.outcomes import make_news_due
from requests.opportunities.services import seed_stage_mappings
from requests.requests.choices import RequestState
from requests.requests.locks import lock_request, move_request
from requests.requests.log import tell
from requests.scheduling.invitations import cancel_invitations
from requests.scheduling.renewing import release_time
from requests.scheduling.services import follow_booking

#: Types whose completion shows at a deal as an event; all others as a reference.
_EVENTS = frozenset({"event_attendance", "speaking", "customer_panel", "site_visit"})
_BEGUN = {
    RequestState.OUTREACH,
    RequestState.CONFIRMED,
    RequestState.SCHEDULED,
    RequestState.COMPLETED,
}


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


def requester_of(activity: Activity) -> Membership | None:
    """Who asked for what an advocate does; nobody for what was offered or logged."""
    found = (
        Request.objects.filter(asks__activity=activity).select_related("requester__user").first()
    )
    return found.requester if found else None


def on_accepted(event: Event, subject: models.Model, actor: Actor) -> None:
    """From here on somebody prepares, briefs, runs and records it (RSP-1)."""
    ask: Ask = subject  # type: ignore[assignment]
    if ask.activity is not None:
        arrange(ask.activity)


def on_completed(event: Event, subject: models.Model, actor: Actor) -> None:
    """A touchpoint on the deal; the request is completed when all of its activities are over."""
    activity: Activity = subject  # type: ignore[assignment]
    ask = _ask_of(activity)
    if ask is None:
        return
    request = lock_request(ask.request)
    if request.opportunity is not None:
        # Locked, so that a deal which ends at this very moment is seen here or finds the duty.
        deal = Opportunity.objects.select_for_update(no_key=True).get(pk=request.opportunity.pk)
        make_news_due(actor=actor, deal=deal, activity_ids=[activity.pk])
        _touch(request, activity, actor)
    _complete_if_over(request, actor)


def touchpoint_kind(kind: ActivityType) -> Touchpoint.Kind | None:
    """What a completed activity is to a deal (OPP-1.c).

    What is neither reference nor event touches none, though it was asked for because of it.
    """
    if kind.is_reference:
        return Touchpoint.Kind.REFERENCE
    return Touchpoint.Kind.EVENT if kind.code in _EVENTS else None


def _touch(request: Request, activity: Activity, actor: Actor) -> None:
    kind = touchpoint_kind(activity.activity_type)
    if kind is None or request.opportunity is None:
        return
    _point, made = Touchpoint.objects.get_or_create(
        opportunity=request.opportunity,
        activity=activity,
        defaults={"kind": kind, "at": activity.happened_at or clock.now()},
    )
    if made:
        record(
            "opportunity.touched",
            request.opportunity,
            actor=actor,
            payload={"activity": str(activity.pk), "request": str(request.pk)},
            about=[request],
        )


def _complete_if_over(request: Request, actor: Actor) -> None:
    if request.state not in (RequestState.CONFIRMED, RequestState.SCHEDULED):
        return
    asks = request.asks.filter(state=AskState.ACCEPTED)
    done = asks.filter(activity__state=ActivityState.COMPLETED).count()
    if not done or asks.filter(activity__state__in=OPEN_ACTIVITIES).exists():
        return
    before = move_request(request, "complete", completed_at=clock.now())
    tell("request.completed", request, actor, {"from": before, "done": done})
    # Once for each time it is done; a completion can be taken back (TIER-7).
    key, link = clock.now().isoformat(), _feedback_link(request)
    mail_member(
        request.requester,
        "completed",
        request,
        key=key,
        context={"asks_how": link is not None},
        sender=request.manager,
        link=link,
    )


def _feedback_link(request: Request) -> PersonalLink | None:
    """Where the requester says how it was, of several calls the one that is asked last (FUL-3)."""
    asked = Feedback.objects.filter(
        side=Side.REQUESTER,
        state=FeedbackState.ASKED,
        activity__in=request.asks.values("activity"),
        closes_at__gt=clock.now(),
    )
    newest = asked.order_by("-asked_at", "-id").first()
    return link_of(newest) if newest else None


def on_scheduled(event: Event, subject: models.Model, actor: Actor) -> None:
    """A time was booked, or another one, on whatever page (FUL-1)."""
    activity: Activity = subject  # type: ignore[assignment]
    ask = _ask_of(activity)
    if ask is not None and ask.state == AskState.ACCEPTED:
        request = lock_request(ask.request)
        follow_booking(actor=actor, request=request, ask=ask, activity=activity)


def on_postponed(event: Event, subject: models.Model, actor: Actor) -> None:
    """A call did not take place at its time and is to at another: some to choose from are
    proposed, and whoever has the say on either side finds the way there (ACT-4).
    """
    activity: Activity = subject  # type: ignore[assignment]
    ask = _ask_of(activity)
    if ask is None or ask.state != AskState.ACCEPTED:
        return
    request = lock_request(ask.request)
    release_time(request, ask)
    if request.state == RequestState.SCHEDULED:
        before = move_request(request, "postpone")
        tell("request.postponed", request, actor, {"from": before, "ask": str(ask.pk)})


def on_fell_through(event: Event, subject: models.Model, actor: Actor) -> None:
    """A call that will not take place: out of the calendars, and somebody else is needed.

    Subscribed to ``activity.cancelled``, ``activity.declined`` and ``activity.no_show``.
    """
    activity: Activity = subject  # type: ignore[assignment]
    ask = _ask_of(activity)
    if ask is None:
        return
    request = lock_request(ask.request)
    tell_also(request)
    if activity.state != ActivityState.NO_SHOW:
        cancel_invitations(request, ask, activity)
    ASK.attempt(ask, "fall_through")
    reason = {
        (ActivityState.NO_SHOW, NoShowBy.PROSPECT): _("The prospect did not come."),
        (ActivityState.NO_SHOW, NoShowBy.ADVOCATE): _("The advocate did not come."),
    }.get(
        (ActivityState(activity.state), activity.no_show_by),  # type: ignore[arg-type]
        _("The advocate cannot make it after all."),
    )
    _need_another(request, ask, actor, reason)


def on_voided(event: Event, subject: models.Model, actor: Actor) -> None:
    """It had been recorded as done in error: what followed on the request is undone (TIER-7).

    The deal loses its touchpoint and the requester is told; why, only if advocates are open to
    them, since the words were written for the program (VIS-1). A completed request looks for
    somebody again, or ends unfilled when its day has passed; one that is closed stays so and says
    it.
    """
    activity: Activity = subject  # type: ignore[assignment]
    ask = _ask_of(activity)
    if ask is None:
        return
    request = lock_request(ask.request)
    ASK.attempt(ask, "fall_through")
    _untouch(request, activity, actor)
    reason = (
        _("It had been recorded as done in error: %(why)s") % {"why": activity.end_reason}
        if sees_everybody(request.requester)
        else _("It had been recorded as done in error.")
    )
    if request.state == RequestState.CLOSED:
        Request.objects.filter(pk=request.pk).update(state_reason=reason[:500])
        tell("request.doubted", request, actor, {"activity": str(activity.pk)})
    elif (
        request.state not in _BEGUN
        or _need_another(request, ask, actor, reason) != RequestState.OUTREACH
    ):
        return
    mail_member(
        request.requester,
        "voided",
        request,
        key=str(activity.pk),
        context={"reason": reason, "closed": request.state == RequestState.CLOSED},
        sender=request.manager,
    )


def _need_another(request: Request, ask: Ask, actor: Actor, reason: str) -> str:
    """A yes of a locked request came to nothing: whoever runs it asks the next, if need be.

    Returns the state the request is in then.
    """
    if request.state not in _BEGUN:
        return request.state
    if request.state == RequestState.OUTREACH:
        look_again(request)
        return request.state
    said_yes = request.asks.filter(state=AskState.ACCEPTED).count()
    if said_yes >= request.number_needed:
        _complete_if_over(request, actor)
        return request.state
    was_done = request.state == RequestState.COMPLETED
    if was_done:
        Request.objects.filter(pk=request.pk).update(completed_at=None)
        cancel_mail(subject_id=request.pk, kinds=["request_completed"])
        if request.deadline <= clock.now():
            leave_unfilled(request, reason=reason[:500])
            return request.state
    before = move_request(request, "seek_another", state_reason=reason[:500])
    tell("request.reopened", request, actor, {"from": before})
    look_again(request)
    manager = request.manager
    # One mail for one thing: who asked for it is told that the call is called off.
    knows = manager == request.requester and _was_called_off(ask)
    if manager is not None and sees_everybody(manager) and not knows:
        mail_member(
            manager,
            "reopened",
            request,
            key=str(ask.pk),
            context={"advocate": ask.advocate.name, "reason": reason},
        )
    return request.state


def _was_called_off(ask: Ask) -> bool:
    booked = ask.activity
    return bool(booked and booked.starts_at and booked.state != ActivityState.NO_SHOW)


def _untouch(request: Request, activity: Activity, actor: Actor) -> None:
    gone, _rows = Touchpoint.objects.filter(activity=activity).delete()
    if gone and request.opportunity is not None:
        record(
            "opportunity.untouched",
            request.opportunity,
            actor=actor,
            payload={"activity": str(activity.pk), "request": str(request.pk)},
            about=[request],
        )


def on_tenant_created(event: Event, subject: models.Model, actor: Actor) -> None:
    """A new tenant starts with the spec's weights and the usual stages (MAT-1, OPP-1)."""
    MatchingWeights.objects.get_or_create(activity_type=None)
    seed_stage_mappings()
