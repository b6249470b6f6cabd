"""Reading activities."""

import uuid

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from activities.activities.choices import ActivityState
from activities.activities.models import Activity


def activities() -> QuerySet[Activity]:
    """Every activity of the tenant with what a list shows.

    ``at`` is when it happened, else when it is booked, else when it was planned.
    """
    return Activity.objects.select_related(
        "advocate__account", "activity_type", "owner__user"
    ).annotate(at=Coalesce("happened_at", "starts_at", "planned_at"))


def get_activity(pk: uuid.UUID) -> Activity:
    """One activity with everything its page shows; ``Http404`` when there is none."""
    found = activities().select_related("participation").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def happened_count() -> int:
    """How many activities have been completed so far."""
    return Activity.objects.filter(state=ActivityState.COMPLETED).count()
