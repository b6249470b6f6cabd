"""Reading set-ups (FUL-4)."""

from django.db.models import F, QuerySet

from activities.activities.models import Activity
from activities.set_up.models import SetUp
from advocacy.tenancy.models import Membership


def listed_set_ups(membership: Membership) -> QuerySet[SetUp]:
    """Of every activity that was booked."""
    return SetUp.objects.select_related(
        "activity__activity_type", "activity__advocate__account", "tester__user"
    ).annotate(starts=F("activity__starts_at"))


def set_up_of(activity: Activity) -> SetUp | None:
    """The one of an activity, if it has any."""
    found = SetUp.objects.filter(activity=activity).select_related("tester__user").first()
    if found is not None:
        found.activity = activity
    return found
