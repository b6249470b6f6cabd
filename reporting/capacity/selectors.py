"""Reading what was found (CAP-6)."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import QuerySet

from advocacy.tenancy.models import Membership
from reporting.capacity.measuring import FUNDS, Figures
from reporting.models import CapacityCheck

_WEEK, _LATEST = timedelta(days=7), timedelta(days=14)


def listed_checks(membership: Membership) -> QuerySet[CapacityCheck]:
    """Every day that was looked at, the newest first."""
    return CapacityCheck.objects.order_by("-on")


def shown_to(member: Membership, figures: Figures) -> Figures:
    """Figures without the money, for whoever may not open budgets (CAP-6.d)."""
    return figures if member.can("budgets.view") else replace(figures, funds=None)


def warnings_for(member: Membership, check: CapacityCheck) -> list[str]:
    """What of a result a member reads; of money only who may open budgets."""
    return [code for code in check.warnings if code != FUNDS or member.can("budgets.view")]


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
