"""Reading what was found (CAP-6)."""

from datetime import timedelta

from django.db.models import QuerySet

from advocacy.tenancy.models import Membership
from reporting.models import CapacityCheck

_WEEK, _LATEST = timedelta(days=7), timedelta(days=14)


def listed_checks(membership: Membership) -> QuerySet[CapacityCheck]:
    """Every day that was looked at, the newest first."""
    return CapacityCheck.objects.order_by("-on")


def newest_check() -> CapacityCheck | None:
    """The last one; None before the first night."""
    return CapacityCheck.objects.order_by("-on").first()


def week_before(check: CapacityCheck) -> CapacityCheck | None:
    """The one to compare with: a week older, or up to two where a night is missing."""
    day = check.on
    return (
        CapacityCheck.objects.filter(on__lte=day - _WEEK, on__gte=day - _LATEST)
        .order_by("-on")
        .first()
    )
