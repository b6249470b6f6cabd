"""The time of an activity: booked, moved, taken back (ACT-1, FUL-1).

``book_time`` and ``take_time_back`` are for callers that know who acts.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from activities import locks
from activities.access import require_move
from activities.activities.diary import require_free
from activities.activities.lifecycle import ACTIVITY
from activities.activities.models import Activity
from activities.activities.services import tell
from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.text import one_line
from advocates.people.leave import require_leave

#: Nobody books a call further ahead; a year with a slip in it is told.
_YEARS_AHEAD = 5


def schedule_activity(
    *,
    actor: Actor,
    activity: Activity,
    starts_at: datetime,
    ends_at: datetime,
    location: str = "",
) -> Activity:
    """Book a time, or another one (ACT-1, FUL-1).

    Raises :class:`DomainError` at ``ends_at`` when it does not lie after the start, at
    ``starts_at`` when that is years ahead,
    :class:`Conflict` when the advocate is already booked then, the move is illegal, or a leave it
    needs is missing (ADV-4).
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

    Whoever books, and wherever: it does not go ahead without the leaves it needs (ADV-4.e). Locks
    the advocate's diary, so that two bookings at once cannot overlap.
    """
    require_leave(activity.advocate, activity.activity_type)
    if starts_at.year > clock.now().year + _YEARS_AHEAD:
        problem = _("Choose a day within the next %(years)d years.") % {"years": _YEARS_AHEAD}
        raise DomainError(problem, code="invalid_time", fields={"starts_at": problem})
    if not starts_at < ends_at <= starts_at + timedelta(days=31):
        problem = (
            _("Enter an end after the start.")
            if ends_at <= starts_at
            else _("Enter an end within a month of the start.")
        )
        raise DomainError(problem, code="invalid_time", fields={"ends_at": problem})
    locks.lock_above(activity.pk)
    locks.lock_diary(activity.advocate_id)
    require_free(actor, activity, starts_at, ends_at)
    activity.reload()
    before = ACTIVITY.move(
        activity,
        "schedule",
        scheduled_at=clock.now(),
        starts_at=starts_at,
        ends_at=ends_at,
        location=one_line(location)[:300],
    )
    tell(
        "activity.scheduled",
        activity,
        actor,
        before,
        {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()},
    )
    return activity


@transaction.atomic
def take_time_back(
    *, actor: Actor, activity: Activity, before: tuple[datetime, datetime, str] | None
) -> Activity:
    """Undo a booking, for a caller that has made sure of who acts and that nobody heard of it.

    ``before`` are the times and the place it goes back to; none where it had no time. Raises
    :class:`Conflict` when the advocate is booked then by now.
    """
    locks.lock_above(activity.pk)
    locks.lock_diary(activity.advocate_id)
    activity.reload()
    if before is None:
        times: dict[str, Any] = {"starts_at": None, "ends_at": None, "location": ""}
        was = ACTIVITY.move(activity, "unschedule", scheduled_at=None, **times)
    else:
        starts_at, ends_at, location = before
        require_free(actor, activity, starts_at, ends_at)
        times = {"starts_at": starts_at, "ends_at": ends_at, "location": location}
        was = ACTIVITY.move(activity, "restore_time", **times)
    tell("activity.unscheduled", activity, actor, was)
    return activity


@transaction.atomic
def postpone(*, actor: Actor, activity: Activity) -> Activity:
    """It was moved to another time that nobody has booked yet (ACT-4): back to the yes.

    For a caller that has made sure of who acts; the unit stays taken.
    """
    locks.lock_above(activity.pk)
    activity.reload()
    before = ACTIVITY.move(activity, "postpone", scheduled_at=None, starts_at=None, ends_at=None)
    tell("activity.postponed", activity, actor, before)
    return activity
