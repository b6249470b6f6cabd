"""What happened: completing, logging afterwards, and taking back (ACT-2, CAP-8, TIER-7)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from activities.access import LOG, require_move
from activities.activities.checks import require_facts, require_past, require_reason
from activities.activities.choices import ActivityState
from activities.activities.lifecycle import ACTIVITY
from activities.activities.models import Activity
from activities.activities.services import about, prepare_move
from activities.loops.services import close_duties_of, news_came_out, open_duty
from advocacy import clock
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocates.access import require_change
from advocates.models import ActivityType, Advocate, TierChange
from advocates.people.leave import require_leave
from advocates.program.ledger import facts
from advocates.program.ledger import services as ledger
from advocates.program.tiers.services import evaluate_tiers

#: The clocks of two machines, and a person's minutes without seconds, are never exact.
_SLACK = timedelta(minutes=5)


@transaction.atomic
def complete_activity(
    *,
    actor: Actor,
    activity: Activity,
    happened_at: datetime,
    minutes: int | None = None,
    advocate_rating: int | None = None,
    advocate_comment: str = "",
    requester_rating: int | None = None,
    requester_comment: str = "",
) -> Activity:
    """Record that an activity happened (ACT-2).

    In one transaction the unit is completed, the advocate's tier evaluated (TIER-3), the duty to
    tell what came of it opened, and ``activity.completed`` recorded, on which thank-you and
    request follow. Of two completions at once one wins and the other is a :class:`Conflict`.

    Raises :class:`DomainError` with errors per field for a time in the future or before the unit
    was taken, minutes outside 1 to 10,000, ratings outside 1 to 5; :class:`Conflict` where a leave
    that it needs is missing, and was on that day, unless it was booked (ADV-4);
    :class:`NotAllowed` for a CSM at a colleague's account.
    """
    require_move(actor, activity, "complete")
    require_facts(
        minutes=minutes, advocate_rating=advocate_rating, requester_rating=requester_rating
    )
    prepare_move(activity, "complete")
    taken_at = activity.participation.taken_at
    require_past("happened_at", happened_at, not_before=taken_at - _SLACK)
    if activity.state != ActivityState.SCHEDULED:
        # What was booked was cleared then, and has happened; all else goes ahead with this, or
        # went ahead on a day on which the leave held, whatever became of it since (CAP-8).
        day = happened_at.astimezone(activity.advocate.tenant.zone).date()
        require_leave(activity.advocate, activity.activity_type, happened_on=day)
    before = ACTIVITY.move(
        activity,
        "complete",
        happened_at=happened_at,
        completed_at=clock.now(),
        minutes=minutes,
        # What a side has said on its own link is not wiped out by who records it (FUL-3).
        advocate_rating=advocate_rating or activity.advocate_rating,
        advocate_comment=advocate_comment.strip() or activity.advocate_comment,
        requester_rating=requester_rating or activity.requester_rating,
        requester_comment=requester_comment.strip() or activity.requester_comment,
    )
    ledger.complete_unit(participation=activity.participation, at=happened_at, minutes=minutes)
    _finish(activity, actor, before=before)
    return activity


@transaction.atomic
def log_activity(
    *,
    actor: Actor,
    advocate: Advocate,
    activity_type: ActivityType,
    happened_at: datetime,
    minutes: int | None = None,
    purpose: str = "",
    detail: str = "",
    owner: Membership | None = None,
    advocate_rating: int | None = None,
    advocate_comment: str = "",
    imported: bool = False,
) -> Activity:
    """Record what already happened without having been asked here (CAP-8).

    Never refused for capacity: it counts, is marked *outside the program*, and blocks further
    asks. ``imported`` marks history from a spreadsheet (IMP-2). Raises :class:`DomainError` only
    for what cannot be true: the future, minutes or ratings out of range; :class:`NotAllowed` for a
    CSM at a colleague's account.
    """
    require_change(actor, LOG, advocate.account)
    require_facts(minutes=minutes, advocate_rating=advocate_rating, requester_rating=None)
    require_past("happened_at", happened_at)
    now = clock.now()
    participation = facts.record_outside(
        advocate=advocate,
        activity_type=activity_type,
        happened_at=happened_at,
        minutes=minutes,
        detail=detail,
        imported=imported,
    )
    activity = Activity.objects.create(
        advocate=advocate,
        activity_type=activity_type,
        participation=participation,
        state=ActivityState.COMPLETED,
        purpose=purpose.strip()[:200],
        owner=owner,
        happened_at=happened_at,
        completed_at=now,
        minutes=minutes,
        advocate_rating=advocate_rating,
        advocate_comment=advocate_comment.strip(),
        is_outside=True,
    )
    _finish(activity, actor, before="")
    return activity


@transaction.atomic
def qualify_activity(*, actor: Actor, activity: Activity) -> Activity:
    """What was referred has qualified: from now on the referral counts for the tier (TIER-1).

    Raises :class:`Conflict` unless it is completed, of a type that counts when qualified, and does
    not count yet; of two at once the second is a conflict.
    """
    require_move(actor, activity, "qualify")
    prepare_move(activity, "qualify")
    ACTIVITY.move(activity, "qualify")
    # The row is locked now: whoever was faster is seen.
    activity.participation.refresh_from_db(fields=["counts_for_tier"])
    ACTIVITY.require(activity, "qualify")
    ledger.grant_tier_credit(participation=activity.participation)
    evaluate_tiers(advocate_ids=[activity.advocate_id], why=TierChange.Why.EARNED, actor=actor)
    record(
        "activity.qualified",
        activity,
        actor=actor,
        payload={"type": activity.activity_type.code},
        about=about(activity),
    )
    return activity


@transaction.atomic
def note_out(*, actor: Actor, activity: Activity, out_on: date, content_url: str = "") -> Activity:
    """What it was for is out since a day: a beta released, a review posted, a recording to be seen.
    The advocate hears of it (AST-3.d).

    Said again it corrects the day. Raises :class:`DomainError` at ``out_on`` for a day that lies
    ahead or before it happened, at ``content_url`` for what is no link; :class:`Conflict` for a
    type of which nothing comes out.
    """
    require_move(actor, activity, "come_out")
    prepare_move(activity, "come_out")
    happened = activity.happened_at
    zone = activity.tenant.zone
    problem = ""
    if out_on > clock.today(zone):
        problem = _("This lies in the future; say it once it is out.")
    elif happened is not None and out_on < happened.astimezone(zone).date():
        problem = _("It cannot be out before they did it.")
    if problem:
        raise DomainError(problem, code="invalid_time", fields={"out_on": problem})
    said = {"content_url": content_url.strip()} if content_url.strip() else {}
    changes = {"out_on": out_on, **writes.clean(activity, said)}
    ACTIVITY.move(activity, "come_out", **changes)
    news_came_out(actor=actor, activity=activity, out_on=out_on, came_out=activity.comes_out_as)
    record(
        "activity.came_out",
        activity,
        actor=actor,
        payload={"type": activity.activity_type.code, "out_on": out_on.isoformat()},
        about=about(activity),
    )
    return activity


@transaction.atomic
def void_activity(*, actor: Actor, activity: Activity, reason: str) -> Activity:
    """Take back a completion that was recorded in error (TIER-7).

    The unit is voided, the tier evaluated again, the duty to tell what came of it closed, and
    ``activity.voided`` recorded, on which an unsent thank-you is voided too. Raises
    :class:`Conflict` unless it is completed, :class:`DomainError` without a reason.
    """
    require_move(actor, activity, "void")
    kept = require_reason(reason)
    prepare_move(activity, "void")
    ACTIVITY.move(activity, "void", ended_at=clock.now(), end_reason=kept)
    ledger.void_unit(participation=activity.participation, reason=kept)
    evaluate_tiers(advocate_ids=[activity.advocate_id], why=TierChange.Why.VOIDED, actor=actor)
    close_duties_of(activity, note=_("The completion was recorded in error."))
    record(
        "activity.voided",
        activity,
        actor=actor,
        payload={"type": activity.activity_type.code, "from": "completed", "to": "voided"},
        about=about(activity),
    )
    return activity


def _finish(activity: Activity, actor: Actor, *, before: str) -> None:
    """What follows from a completion in the same transaction, in the order of the locks."""
    evaluate_tiers(advocate_ids=[activity.advocate_id], why=TierChange.Why.EARNED, actor=actor)
    open_duty(activity)
    record(
        "activity.completed",
        activity,
        actor=actor,
        payload={
            "from": before,
            "to": activity.state,
            "type": activity.activity_type.code,
            "effort": activity.participation.effort,
            "happened_at": activity.happened_at.isoformat() if activity.happened_at else None,
            "minutes": activity.minutes,
            "outside": activity.is_outside,
        },
        about=about(activity),
    )
