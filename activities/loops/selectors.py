"""Reading loops."""

from activities.activities.models import Activity
from activities.loops.models import LoopDuty


def duty_of(activity: Activity) -> LoopDuty | None:
    """The duty to tell the advocate what came of it."""
    return LoopDuty.objects.filter(activity=activity).select_related("closed_by__user").first()
