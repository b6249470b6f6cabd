"""From planned to scheduled, and every way in which an activity does not happen (ACT-1, ACT-4).

``plan_activity``, ``take_yes``, ``book_time`` and ``call_off`` are for callers that know
who acts; the others make sure of it themselves.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from activities import locks
from activities.access import require_move
from activities.activities.checks import require_reason
from activities.activities.choices import ActivityState, NoShowBy
from activities.activities.lifecycle import ACTIVITY
from activities.activities.models import Activity
from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocacy.web.formatting import moment
from advocates.models import ActivityType, Advocate, Participation
from advocates.people.disclosure import called, knows
from advocates.program.ledger import services as ledger
from advocates.program.ledger.choices import ReleaseReason, UnitState


def about(activity: Activity) -> Iterable[models.Model]:
    """The records on whose timelines an activity's events appear."""
    return (activity.advocate, activity.advocate.account)


def prepare_move(activity: Activity, name: str) -> None:
    """Lock what comes before an activity and read it again, so that what is checked next is true.

    Raises :class:`Conflict` for a move that is not legal from where it really stands (ACT-1).
    """
    locks.lock_above(activity.pk)
    activity.reload()
    ACTIVITY.require(activity, name)


@transaction.atomic
def plan_activity(
    *,
    actor: Actor,
    advocate: Advocate,
    activity_type: ActivityType,
    participation: Participation,
    purpose: str = "",
    owner: Membership | None = None,
) -> Activity:
    """Plan an activity on a unit the ledger has given (ACT-1).

    ``purpose`` says what it is for, in the words of a timeline. Raises :class:`Conflict` when the
    unit is spent or somebody else's; a unit already used by another activity is refused by the
    database.
    """
    if (
        participation.advocate_id != advocate.pk
        or participation.activity_type_id != activity_type.pk
        or participation.state != UnitState.OPEN
    ):
        raise Conflict(_("This unit of the ledger is not free for this activity."))
    activity = Activity.objects.create(
        advocate=advocate,
        activity_type=activity_type,
        participation=participation,
        purpose=purpose[:200],
        owner=owner,
    )
    record(
        "activity.planned",
        activity,
        actor=actor,
        payload={"type": activity_type.code, "participation": str(participation.pk)},
        about=about(activity),
    )
    return activity


def accept_activity(*, actor: Actor, activity: Activity) -> Activity:
    """The advocate said yes (ACT-1).

    Raises :class:`Conflict` when it is not planned, :class:`NotAllowed` for a CSM at a colleague's
    account, as every move does.
    """
    require_move(actor, activity, "accept")
    return take_yes(actor=actor, activity=activity)


@transaction.atomic
def take_yes(*, actor: Actor, activity: Activity) -> Activity:
    """What accepting does, for a caller that has made sure of who acts."""
    prepare_move(activity, "accept")
    before = ACTIVITY.move(activity, "accept", accepted_at=clock.now())
    _record("activity.accepted", activity, actor, before)
    return activity


def schedule_activity(
    *,
    actor: Actor,
    activity: Activity,
    starts_at: datetime,
    ends_at: datetime,
    location: str = "",
) -> Activity:
    """Book a time, or another one (ACT-1, FUL-1).

    Raises :class:`DomainError` at ``ends_at`` when it does not lie after the start,
    :class:`Conflict` when the advocate is already booked then or the move is illegal.
    """
    require_move(actor, activity, "schedule")
    return book_time(
        actor=actor, activity=activity, starts_at=starts_at, ends_at=ends_at, location=location
    )


@transaction.atomic
def book_time(
    *,
    actor: Actor,
    activity: Activity,
    starts_at: datetime,
    ends_at: datetime,
    location: str = "",
) -> Activity:
    """What booking does, for a caller that has made sure of who acts.

    Locks the advocate's diary, so that two bookings at once cannot overlap.
    """
    if not starts_at < ends_at <= starts_at + timedelta(days=31):
        problem = (
            _("Enter an end after the start.")
            if ends_at <= starts_at
            else _("Enter an end within a month of the start.")
        )
        raise DomainError(problem, code="invalid_time", fields={"ends_at": problem})
    locks.lock_above(activity.pk)
    locks.lock_diary(activity.advocate_id)
    _require_free(actor, activity, starts_at, ends_at)
    activity.reload()
    before = ACTIVITY.move(
        activity,
        "schedule",
        scheduled_at=clock.now(),
        starts_at=starts_at,
        ends_at=ends_at,
        location=location[:300],
    )
    _record(
        "activity.scheduled",
        activity,
        actor,
        before,
        {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()},
    )
    return activity


def _require_free(actor: Actor, activity: Activity, starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a time at which the advocate is booked already (FUL-1).

    Whose call it is, and when it begins, is for whom advocates are open (VIS-1).
    """
    booked = (
        Activity.objects.filter(
            advocate_id=activity.advocate_id,
            state=ActivityState.SCHEDULED,
            starts_at__lt=ends_at,
            ends_at__gt=starts_at,
        )
        .exclude(pk=activity.pk)
        .order_by("starts_at")
        .first()
    )
    if booked is None or booked.starts_at is None:
        return
    who = called(actor, activity.advocate)
    if knows(actor, activity.advocate):
        when = moment(booked.starts_at)
        said = _("%(advocate)s is already booked on %(when)s. Choose another time.")
        problem = _("The advocate is already booked then.")
        words = {"advocate": who, "when": when}
    else:
        said = _("%(advocate)s is not free at that time. Propose another one.")
        problem = _("The advocate is not free then; choose another time.")
        words = {"advocate": who}
    raise Conflict(said % words, code="double_booked", fields={"starts_at": problem})


@transaction.atomic
def decline_activity(*, actor: Actor, activity: Activity, reason: str = "") -> Activity:
    """The advocate would rather not; the unit is given back (ACT-1, CAP-1)."""
    require_move(actor, activity, "decline")
    return _end(
        "decline",
        actor=actor,
        activity=activity,
        reason=reason.strip()[:300],
        release=ReleaseReason.DECLINED,
    )


def cancel_activity(*, actor: Actor, activity: Activity, reason: str) -> Activity:
    """Call it off with a reason; the unit is given back (ACT-1, CAP-1)."""
    require_move(actor, activity, "cancel")
    return call_off(actor=actor, activity=activity, reason=reason)


@transaction.atomic
def call_off(*, actor: Actor, activity: Activity, reason: str) -> Activity:
    """What cancelling does, for a caller that has made sure of who acts."""
    return _end(
        "cancel",
        actor=actor,
        activity=activity,
        reason=require_reason(reason),
        release=ReleaseReason.CANCELLED,
    )


@transaction.atomic
def mark_no_show(*, actor: Actor, activity: Activity, by: str) -> Activity:
    """Somebody did not come to a booked time (ACT-4).

    The prospect's no-show keeps the unit, since the advocate gave the time, without credit
    towards a tier; whoever subscribes to ``activity.no_show`` sees to the apology. The advocate's
    gives the unit back. Raises :class:`Conflict` before the booked start and for an illegal move,
    :class:`DomainError` when nobody is named.
    """
    require_move(actor, activity, "no_show")
    if by not in NoShowBy.values:
        problem = _("Say who did not come.")
        raise DomainError(problem, fields={"by": problem})
    prepare_move(activity, "no_show")
    _require_begun(activity)
    now = clock.now()
    before = ACTIVITY.move(activity, "no_show", ended_at=now, no_show_by=by)
    if by == NoShowBy.PROSPECT:
        ledger.complete_unit(
            participation=activity.participation,
            at=min(activity.ends_at or now, now),
            counts_for_tier=False,
        )
    else:
        ledger.release_unit(
            participation=activity.participation, reason=ReleaseReason.ADVOCATE_NO_SHOW
        )
    _record("activity.no_show", activity, actor, before, {"by": by})
    return activity


def _require_begun(activity: Activity) -> None:
    if activity.starts_at is not None and activity.starts_at > clock.now():
        raise Conflict(
            _("It is booked for %(when)s and has not begun yet.")
            % {"when": moment(activity.starts_at)},
            code="not_begun",
        )


def _end(name: str, *, actor: Actor, activity: Activity, reason: str, release: str) -> Activity:
    prepare_move(activity, name)
    before = ACTIVITY.move(activity, name, ended_at=clock.now(), end_reason=reason)
    ledger.release_unit(participation=activity.participation, reason=release)
    _record(ACTIVITY[name].verb, activity, actor, before)
    return activity


def _record(
    verb: str,
    activity: Activity,
    actor: Actor,
    before: str,
    payload: Mapping[str, Any] | None = None,
) -> uuid.UUID:
    event = record(
        verb,
        activity,
        actor=actor,
        payload={"from": before, "to": activity.state, **(payload or {})},
        about=about(activity),
    )
    return event.pk
