"""From planned to scheduled, and every way in which an activity does not happen (ACT-1, ACT-4).

``plan_activity``, ``take_yes`` and ``call_off`` are for callers that know who acts; the others
make sure of it themselves. Times are booked in ``booking``.
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from activities import locks
from activities.access import require_move
from activities.activities.checks import require_reason
from activities.activities.choices import NoShowBy
from activities.activities.diary import require_free
from activities.activities.lifecycle import ACTIVITY
from activities.activities.models import Activity
from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.holding import keep_also, undoable
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocacy.web.formatting import moment
from advocates.models import ActivityType, Advocate, Participation
from advocates.program.ledger import services as ledger
from advocates.program.ledger.choices import ReleaseReason, UnitState
from advocates.program.ledger.returns import hold_returns


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
    tell("activity.accepted", activity, actor, before)
    return activity


def drop_plan(activity: Activity) -> None:
    """A plan that was recorded by a slip, and taken back before anything came of it, is none: its
    row goes, its unit stays with whom it was asked for. For a caller that made sure of that.
    """
    activity.delete()


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


@transaction.atomic
@undoable("activity.cancel", "activity", about=about, always=True)
def cancel_activity(*, actor: Actor, activity: Activity, reason: str) -> Activity:
    """Call it off with a reason; the unit is given back (ACT-1, CAP-1)."""
    require_move(actor, activity, "cancel")
    return call_off(actor=actor, activity=activity, reason=reason)


def take_place_after_all(actor: Actor, row_id: uuid.UUID, kept: dict[str, Any]) -> tuple[()]:
    """Taking a cancellation back: locks what it had locked. ``Conflict`` when the advocate is
    booked then by now.
    """
    locks.lock_above(row_id)
    hold_returns(kept)
    require_still_free(actor, kept)
    return ()


def require_still_free(actor: Actor, kept: Mapping[str, Any]) -> None:
    """Raise :class:`Conflict` when somebody whose booked time comes back has another one by now."""
    ended = Activity.objects.filter(pk__in=kept.get("ended", ()), scheduled_at__isnull=False)
    for activity in ended.select_related("advocate").order_by("advocate_id", "pk"):
        if activity.starts_at and activity.ends_at:
            locks.lock_diary(activity.advocate_id)
            require_free(actor, activity, activity.starts_at, activity.ends_at)


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
    tell("activity.no_show", activity, actor, before, {"by": by})
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
    keep_also(ended=str(activity.pk))
    ledger.release_unit(participation=activity.participation, reason=release)
    tell(ACTIVITY[name].verb, activity, actor, before)
    return activity


def tell(
    verb: str,
    activity: Activity,
    actor: Actor,
    before: str,
    payload: Mapping[str, Any] | None = None,
) -> uuid.UUID:
    """Record an event of an activity that changed its state."""
    event = record(
        verb,
        activity,
        actor=actor,
        payload={"from": before, "to": activity.state, **(payload or {})},
        about=about(activity),
    )
    return event.pk
