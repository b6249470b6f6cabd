"""By when a step of a playbook is due about one activity (PLB-1)."""

from datetime import datetime, timedelta

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.playbooks.choices import Anchor
from activities.playbooks.models import PlaybookStep
from advocacy.tenancy.calendar import BusinessCalendar


def is_before(item: PlaybookStep) -> bool:
    """Whether it is about what comes before the activity, and pointless once that is over."""
    return item.anchor == Anchor.ACCEPTED or (item.anchor == Anchor.BOOKED and item.days <= 0)


def applies(item: PlaybookStep, activity: Activity) -> bool:
    """Whether it is to be done about the activity as it stands."""
    if activity.state == ActivityState.COMPLETED:
        return not is_before(item)
    return item.anchor != Anchor.COMPLETED


def due_of(item: PlaybookStep, activity: Activity, calendar: BusinessCalendar) -> datetime | None:
    """None as long as what it is counted from is not known."""
    if item.anchor == Anchor.BOOKED and item.days <= 0:
        starts = activity.starts_at
        return None if starts is None else in_time(activity, starts, -item.days, calendar)
    since = {
        Anchor.ACCEPTED: activity.accepted_at,
        Anchor.BOOKED: activity.ends_at,
        Anchor.COMPLETED: activity.happened_at,
    }[Anchor(item.anchor)]
    return None if since is None else calendar.add_days(since, item.days)


def in_time(
    activity: Activity, starts: datetime, days: int, calendar: BusinessCalendar
) -> datetime:
    """So many business days before it begins. Booked at short notice: nobody is late before they
    could begin.
    """
    wanted = days_before(calendar, starts, days)
    return min(starts, max(wanted, (activity.scheduled_at or wanted) + timedelta(hours=1)))


def days_before(calendar: BusinessCalendar, moment: datetime, days: int) -> datetime:
    """The same time of day so many working days earlier."""
    found, left = moment, days
    for _day in range(400):
        if left <= 0:
            return found
        found -= timedelta(days=1)
        left -= calendar.is_work_day(found.astimezone(calendar.zone).date())
    return found
