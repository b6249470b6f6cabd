"""Reading tiers set by hand."""

from django.db.models import QuerySet

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocates.models import Advocate, TierOverride
from advocates.overrides.lifecycle import OverrideState


def listed_overrides(membership: Membership) -> QuerySet[TierOverride]:
    """Every one, with the person and the tier."""
    return TierOverride.objects.select_related("advocate__account", "tier", "set_by__user")


def overrides_in_force(membership: Membership) -> QuerySet[TierOverride]:
    """Those that hold today, the next to end first (TIER-5)."""
    today = clock.today(membership.tenant.zone)
    rows = listed_overrides(membership).filter(state=OverrideState.STANDING, until__gte=today)
    return rows.order_by("until", "id")


def override_of(advocate: Advocate, membership: Membership) -> TierOverride | None:
    """The one that holds for somebody today."""
    return overrides_in_force(membership).filter(advocate=advocate).first()
