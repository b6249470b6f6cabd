"""Reading entitlements."""

from django.db.models import QuerySet

from advocacy.tenancy.models import Membership
from benefits.entitlements.models import Entitlement


def listed_entitlements(membership: Membership) -> QuerySet[Entitlement]:
    """What belongs to each tier."""
    return Entitlement.objects.select_related("tier", "benefit")
