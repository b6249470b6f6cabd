"""Reading signals."""

from django.db.models import QuerySet

from advocacy.tenancy.models import Membership
from advocates.models import Signal


def listed_signals(membership: Membership) -> QuerySet[Signal]:
    """Every signal with whose it is, the newest first."""
    return Signal.objects.select_related("advocate__account", "recorded_by__user")
