"""What has to be done about an activity as it stands, and by when (RSP-1, PLB-1). Reads only the
activity, its playbook and the tenant's numbers, so that the same activity always gives the same.
"""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from activities.activities.choices import OPEN, ActivityState
from activities.activities.models import Activity
from activities.duties.models import Duty, Task
from activities.duties.numbers import DutyNumbers
from activities.playbooks.models import PlaybookStep
from activities.playbooks.planning import applies, due_of, in_time, is_before
from activities.playbooks.selectors import items_for
from activities.set_up.models import SetUp
from activities.set_up.planning import test_due, upload_due
from advocacy.tenancy.calendar import BusinessCalendar
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocates.responsibilities.steps import Step, steps_of

#: What is over with the activity itself, whoever ticked it or not.
_BEFORE = frozenset({Step.PREPARE, Step.BRIEF, Step.SCHEDULE})
_AFTER = frozenset({Step.PRODUCE, Step.PUBLISH, Step.REFERRAL, Step.FEEDBACK})

#: Which one of an activity's duties: a step, one of the playbook's, or one of the set-up's.
Key = str | uuid.UUID


@dataclass(frozen=True, slots=True)
class Wanted:
    """One duty: by when, since when it is done by a fact, and whose where somebody was named."""

    step: str
    due_at: datetime | None
    done_at: datetime | None = None
    item: PlaybookStep | None = None
    task: str = ""
    owner: Membership | None = None

    @property
    def key(self) -> Key:
        """Under which its duty is found."""
        return (self.item.pk if self.item else None) or self.task or self.step


def key_of(duty: Duty) -> Key:
    """The same of one that is there; its step may not be the playbook's any more."""
    key: Key = duty.item_id or duty.task or duty.step  # type: ignore[attr-defined]
    return key


def wanted_of(
    activity: Activity,
    calendar: BusinessCalendar,
    kept: Collection[Duty] = (),
    set_up: SetUp | None = None,
) -> dict[Key, Wanted]:
    """What somebody has to do, or did. Finding, asking and thanking are kept elsewhere."""
    steps = set(steps_of(activity.activity_type))
    if activity.state in OPEN and activity.accepted_at is not None:
        found = _ahead(activity, calendar, activity.accepted_at)
    elif activity.state == ActivityState.COMPLETED and not activity.is_outside:
        found = _behind(activity, calendar)
    else:
        return {}
    wanted = [each for each in found if each.step in steps]
    wanted += _of_playbook(activity, calendar, kept)
    wanted += _of_set_up(activity, calendar, set_up) if set_up is not None else ()
    return {each.key: each for each in wanted}


def _of_playbook(
    activity: Activity, calendar: BusinessCalendar, kept: Collection[Duty]
) -> Iterator[Wanted]:
    # Its days follow the booking, also where it has been left out of the playbook since.
    has = {duty.item_id for duty in kept if duty.item_id}  # type: ignore[attr-defined]
    for item in items_for(activity.activity_type, has):
        if applies(item, activity):
            yield Wanted(item.step, due_of(item, activity, calendar), item=item)


def _of_set_up(activity: Activity, calendar: BusinessCalendar, set_up: SetUp) -> Iterator[Wanted]:
    for task, due in (
        (Task.SET_UP, test_due(activity, set_up, calendar)),
        (Task.UPLOAD, upload_due(activity, set_up, calendar)),
    ):
        if due is not None:
            yield Wanted(Step.RUN, due.at, due.done_at, task=task, owner=due.owner)


def _ahead(
    activity: Activity, calendar: BusinessCalendar, accepted_at: datetime
) -> Iterator[Wanted]:
    numbers, starts, ends = current(DutyNumbers), activity.starts_at, activity.ends_at
    ready = None
    if starts is not None:
        ready = in_time(activity, starts, numbers.prepare_days, calendar)
    recorded = calendar.add_days(ends, numbers.record_days) if ends else None
    by = calendar.add_days(accepted_at, numbers.time_days)
    yield Wanted(Step.SCHEDULE, by, activity.scheduled_at)
    yield Wanted(Step.PREPARE, ready)
    yield Wanted(Step.BRIEF, ready)
    yield Wanted(Step.RUN, starts)
    yield Wanted(Step.OUTCOME, recorded)


def _behind(activity: Activity, calendar: BusinessCalendar) -> Iterator[Wanted]:
    numbers = current(DutyNumbers)
    happened, recorded = activity.happened_at, activity.completed_at
    if happened is None:
        return
    answered = None if activity.waits_to_qualify else recorded
    yield Wanted(Step.RUN, activity.starts_at or happened, happened)
    yield Wanted(Step.OUTCOME, calendar.add_days(happened, numbers.record_days), recorded)
    yield Wanted(Step.PRODUCE, calendar.add_days(happened, numbers.produce_days))
    yield Wanted(Step.PUBLISH, calendar.add_days(happened, numbers.publish_days))
    yield Wanted(Step.REFERRAL, calendar.add_days(happened, numbers.answer_days), answered)
    yield Wanted(Step.FEEDBACK, calendar.add_days(happened, numbers.answer_days))


def is_over(duty: Duty, activity: Activity) -> bool:
    """Whether nothing is left to be done about an open duty that is not wanted any more, as the
    activity stands.
    """
    if duty.task:
        return True
    if activity.state == ActivityState.COMPLETED:
        return is_before(duty.item) if duty.item else duty.step in _BEFORE
    if activity.state not in OPEN:
        return True
    return not applies(duty.item, activity) if duty.item else duty.step in _AFTER
