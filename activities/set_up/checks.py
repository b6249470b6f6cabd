"""What of a set-up is still open (FUL-4)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from activities.activities.models import Activity
from activities.set_up.models import SetUp
from advocates.models import ActivityType
from advocates.people.choices import Comfort, ConsentUse
from advocates.people.leave import leave_of
from advocates.responsibilities.steps import Step, steps_of

_RECORDED = frozenset({"video", "recording"})


def has_set_up(kind: ActivityType) -> bool:
    """Whether people meet for it, so that something has to work at a moment."""
    return Step.SCHEDULE in steps_of(kind)


@dataclass(frozen=True, slots=True)
class Usual:
    """How a set-up begins, by the kind of activity."""

    is_recorded: bool
    needs_test: bool


def usual_for(kind: ActivityType) -> Usual:
    """A film is recorded; a film and a stage are tested; a call is neither."""
    is_recorded = kind.produces in _RECORDED
    return Usual(is_recorded, is_recorded or Comfort.PUBLIC_STAGE in kind.needs_comfort)


def may_record(activity: Activity, set_up: SetUp) -> bool:
    """Whether the advocate agreed to being recorded: for this one, or to video at all."""
    if not set_up.is_recorded:
        return False
    return bool(set_up.consent) or leave_of(activity.advocate).given(ConsentUse.VIDEO)


def open_points(activity: Activity, set_up: SetUp, *, tested: bool) -> list[str]:
    """What is missing, each in a few words; nothing where it can begin."""
    found = []
    if set_up.needs_place and not activity.location:
        found.append(_("no meeting link or room yet"))
    if set_up.is_recorded and not may_record(activity, set_up):
        found.append(_("the advocate has not agreed to the recording"))
    if set_up.needs_test and not tested:
        found.append(_("nobody has tested it"))
    return found
