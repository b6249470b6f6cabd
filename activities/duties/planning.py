"""What has to be done about an activity as it stands, and by when (RSP-1). Reads only the activity
and the tenant's numbers, so that the same activity always gives the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from activities.activities.choices import OPEN, ActivityState
from activities.activities.models import Activity
from activities.duties.numbers import DutyNumbers
from advocacy.tenancy.calendar import BusinessCalendar
from advocacy.tenant_settings.reading import current
from advocates.responsibilities.steps import Step, steps_of

#: What is over with the activity itself, whoever ticked it or not.
_BEFORE = frozenset({Step.PREPARE, Step.BRIEF, Step.SCHEDULE})
_AFTER = frozenset({Step.PRODUCE, Step.PUBLISH, Step.REFERRAL, Step.FEEDBACK})


@dataclass(frozen=True, slots=True)
class Wanted:
    """One step: by when, and since when it is done by a fact."""

    due_at: datetime | None
    done_at: datetime | None = None


def wanted_of(activity: Activity, calendar: BusinessCalendar) -> dict[Step, Wanted]:
    """What somebody has to do, or did. Finding, asking and thanking are kept elsewhere."""
    steps = set(steps_of(activity.activity_type))
    if activity.state in OPEN and activity.accepted_at is not None:
        found = _ahead(activity, calendar, activity.accepted_at)
    elif activity.state == ActivityState.COMPLETED and not activity.is_outside:
        found = _behind(activity, calendar)
    else:
        return {}
    return {step: wanted for step, wanted in found.items() if step in steps}


def _ahead(
    activity: Activity, calendar: BusinessCalendar, accepted_at: datetime
) -> dict[Step, Wanted]:
    numbers, starts, ends = current(DutyNumbers), activity.starts_at, activity.ends_at
    ready = None
    if starts is not None:
        ready = days_before(calendar, starts, numbers.prepare_days)
        # Booked at short notice: nobody is late before they could begin.
        ready = min(starts, max(ready, (activity.scheduled_at or ready) + timedelta(hours=1)))
    recorded = calendar.add_days(ends, numbers.record_days) if ends else None
    return {
        Step.SCHEDULE: Wanted(
            calendar.add_days(accepted_at, numbers.time_days), activity.scheduled_at
        ),
        Step.PREPARE: Wanted(ready),
        Step.BRIEF: Wanted(ready),
        Step.RUN: Wanted(starts),
        Step.OUTCOME: Wanted(recorded),
    }


def _behind(activity: Activity, calendar: BusinessCalendar) -> dict[Step, Wanted]:
    numbers = current(DutyNumbers)
    happened, recorded = activity.happened_at, activity.completed_at
    if happened is None:
        return {}
    answered = None if activity.waits_to_qualify else recorded
    return {
        Step.RUN: Wanted(activity.starts_at or happened, happened),
        Step.OUTCOME: Wanted(calendar.add_days(happened, numbers.record_days), recorded),
        Step.PRODUCE: Wanted(calendar.add_days(happened, numbers.produce_days)),
        Step.PUBLISH: Wanted(calendar.add_days(happened, numbers.publish_days)),
        Step.REFERRAL: Wanted(calendar.add_days(happened, numbers.answer_days), answered),
        Step.FEEDBACK: Wanted(calendar.add_days(happened, numbers.answer_days)),
    }


def days_before(calendar: BusinessCalendar, moment: datetime, days: int) -> datetime:
    """The same time of day so many working days earlier."""
    found, left = moment, days
    for _day in range(400):
        if left <= 0:
            return found
        found -= timedelta(days=1)
        left -= calendar.is_work_day(found.astimezone(calendar.zone).date())
    return found


def is_over(step: str, activity: Activity) -> bool:
    """Whether nothing is left to be done about an open duty, as the activity stands."""
    if activity.state == ActivityState.COMPLETED:
        return step in _BEFORE
    return activity.state not in OPEN or step in _AFTER
