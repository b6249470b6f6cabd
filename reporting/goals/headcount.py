"""How many there should be on each tier, beside how many there are (GOAL-1.c)."""

from dataclasses import dataclass

from django.db.models import Count

from advocacy.tenancy.models import Tenant
from advocacy.tenant_settings.reading import current
from advocates.models import Tier, TierStanding
from reporting.goals.numbers import Headcount
from reporting.metrics.deals import DEALS_SUPPORTED

_TIERS = ("platinum", "gold", "silver", "community")


@dataclass(frozen=True, slots=True)
class TierPlan:
    """One tier."""

    name: str
    now: int
    plan: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """All of them, and by what the usual plan was scaled: ``scale`` is the mean of how large the
    company is and how many ``deals`` it has, each against the plan's.
    """

    tiers: list[TierPlan]
    scale: float
    deals: int


def headcount_plan(tenant: Tenant) -> Plan:
    """Three statements."""
    numbers = current(Headcount)
    deals = DEALS_SUPPORTED.now(tenant).counted
    scale = (numbers.own_employees / numbers.plan_employees + deals / numbers.plan_deals) / 2
    held = TierStanding.objects.filter(tier__isnull=False).order_by().values_list("tier")
    now = dict(held.annotate(n=Count("pk")))
    tiers = []
    for tier in Tier.objects.filter(code__in=_TIERS).order_by("-rank"):
        found = numbers.plan_of(tier.code)
        if found is not None:
            plan, most = found
            tiers.append(
                TierPlan(
                    tier.name,
                    now.get(tier.pk, 0),
                    max(1, round(plan * scale)),
                    round(most * scale) if most else None,
                )
            )
    return Plan(tiers, scale, deals)
