"""By when a set-up is tested and its recording uploaded (FUL-4)."""

from dataclasses import dataclass
from datetime import datetime

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.playbooks.planning import in_time
from activities.set_up.checks import may_record, open_points
from activities.set_up.models import SetUp
from activities.settings import Fulfilment
from advocacy.tenancy.calendar import BusinessCalendar
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current


@dataclass(frozen=True, slots=True)
class Due:
    """By when, whose where somebody said so, and since when it is done by a fact."""

    at: datetime | None
    owner: Membership | None = None
    done_at: datetime | None = None


def test_due(activity: Activity, set_up: SetUp, calendar: BusinessCalendar) -> Due | None:
    """Until it begins somebody sees that it works; done by itself where nothing is missing and
    nobody has to test.
    """
    starts = activity.starts_at
    if activity.state != ActivityState.SCHEDULED or starts is None:
        return None
    usual = in_time(activity, starts, current(Fulfilment).test_business_days, calendar)
    fine = not open_points(activity, set_up, tested=False)
    return Due(set_up.test_by or usual, set_up.tester, activity.scheduled_at if fine else None)


def upload_due(activity: Activity, set_up: SetUp, calendar: BusinessCalendar) -> Due | None:
    """Once it is over, where the advocate agreed to the recording."""
    over = activity.ends_at or activity.happened_at
    is_on = activity.state in (ActivityState.SCHEDULED, ActivityState.COMPLETED)
    if over is None or not is_on or not may_record(activity, set_up):
        return None
    due = calendar.add_days(over, current(Fulfilment).upload_business_days)
    return Due(due, None, set_up.recording_at)
