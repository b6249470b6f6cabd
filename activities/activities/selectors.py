"""Reading activities."""

import uuid

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from activities.activities.models import Activity
from advocacy.tenancy.models import Membership


def listed_activities(_membership: Membership) -> QuerySet[Activity]:
    """Every activity of the tenant with what a list shows, to everybody who may see any.

    ``at`` is when it happened, else when it is booked, else when it was planned.
    """
    return Activity.objects.select_related(
        "advocate__account", "activity_type", "owner__user", "participation"
    ).annotate(at=Coalesce("happened_at", "starts_at", "planned_at"))


def get_activity(membership: Membership, pk: uuid.UUID) -> Activity:
    """One activity with everything its page shows; ``Http404`` when there is none."""
    return get_object_or_404(listed_activities(membership), pk=pk)
