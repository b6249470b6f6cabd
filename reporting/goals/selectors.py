"""Reading goals."""

from collections.abc import Collection

from django.db.models import QuerySet

from advocacy import clock
from advocacy.tenancy.models import Membership
from reporting.goals.lifecycle import GoalState
from reporting.goals.models import Goal
from reporting.metrics.registry import METRICS


def listed_goals(membership: Membership) -> QuerySet[Goal]:
    """Goals for numbers that a member may see."""
    seen = sorted(code for code, metric in METRICS.items() if membership.can(metric.may))
    return Goal.objects.filter(metric__in=seen).select_related("tenant")


def goals_now(membership: Membership, codes: Collection[str]) -> list[Goal]:
    """For each of some numbers the goal of today for the whole program, the shortest of several."""
    today = clock.today(membership.tenant.zone)
    rows = listed_goals(membership).filter(
        metric__in=sorted(codes),
        state=GoalState.PURSUED,
        segment="",
        region="",
        starts_on__lte=today,
        ends_on__gte=today,
    )
    found: dict[str, Goal] = {}
    for goal in rows.order_by("ends_on", "-starts_on", "id"):
        found.setdefault(goal.metric, goal)
    return [found[code] for code in codes if code in found]
