"""A set-up as it begins. What an app above knows of the meeting it says here (FUL-4)."""

from collections.abc import Callable

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.set_up.checks import has_set_up, usual_for
from activities.set_up.models import SetUp

#: Whether a link or a room is needed, said by the app that knows; None where it does not.
_place_needed: list[Callable[[Activity], bool | None]] = []


def register_place_needed(find: Callable[[Activity], bool | None]) -> None:
    """Have ``find(activity)`` say whether it needs a link or a room; for ``AppConfig.ready()``."""
    _place_needed.append(find)


def set_up_for(activity: Activity) -> SetUp | None:
    """The set-up of an activity; made where it is booked and has none yet."""
    if not has_set_up(activity.activity_type):
        return None
    found = SetUp.objects.filter(activity=activity).first()
    if found is not None or activity.state != ActivityState.SCHEDULED:
        return found
    usual = usual_for(activity.activity_type)
    said = next((each for find in _place_needed if (each := find(activity)) is not None), True)
    row = SetUp(
        activity=activity,
        needs_place=said,
        is_recorded=usual.is_recorded,
        needs_test=usual.needs_test,
    )
    SetUp.objects.bulk_create([row], ignore_conflicts=True)
    return SetUp.objects.get(activity=activity)
