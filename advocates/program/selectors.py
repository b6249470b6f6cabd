"""Reading the catalogue and the tiers for the REST interface (API-1)."""

from django.db.models import QuerySet

from advocates.models import (
    ActivityType,
    Tier,
)


def rest_types() -> QuerySet[ActivityType]:
    """The catalogue (ACT-3)."""
    return ActivityType.objects.all()


def rest_tiers() -> QuerySet[Tier]:
    """The tiers (TIER-1)."""
    return Tier.objects.all()
