"""Reading budgets of costs: what is spent, committed and left (COST-1.c)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DateField, DecimalField, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest, Least
from django.db.models.query import QuerySet

from advocacy import clock
from advocacy.tenancy.models import Membership
from reporting.cost_budgets.models import CostBudget
from reporting.costs.selectors import costs_within

_AMOUNT: Any = DecimalField(max_digits=14, decimal_places=2)
_DAY: Any = DateField()


def listed_cost_budgets(membership: Membership) -> QuerySet[Any]:
    """Each with ``spent`` (up to today), ``committed`` (written for days to come), ``left`` and
    ``unrated``: how many costs are in neither for want of an exchange rate.
    """
    tenant = membership.tenant
    today = clock.today(tenant.zone)

    def of(first: Any, last: Any, made: Any) -> Any:
        rows = costs_within(tenant, first, last).filter(kind=OuterRef("kind"))
        return rows.order_by().values("kind").annotate(made=made).values("made")

    def total(first: Any, last: Any) -> Any:
        summed = Subquery(of(first, last, Sum("part")), output_field=_AMOUNT)
        return Coalesce(summed, Value(Decimal(0)), output_field=_AMOUNT)

    begins, ends = OuterRef("starts_on"), OuterRef("ends_on")
    unrated = Count("pk", filter=Q(part=None))
    return (
        CostBudget.objects.select_related("tenant")
        .annotate(
            until_today=Least(F("ends_on"), _on(today), output_field=_DAY),
            from_tomorrow=Greatest(
                F("starts_on"), _on(date.fromordinal(today.toordinal() + 1)), output_field=_DAY
            ),
        )
        .annotate(
            spent=total(begins, OuterRef("until_today")),
            committed=total(OuterRef("from_tomorrow"), ends),
            unrated=Coalesce(Subquery(of(begins, ends, unrated)), Value(0)),
        )
        .annotate(left=F("amount") - F("spent") - F("committed"))
    )


def _on(day: date) -> Any:
    return Value(day, output_field=_DAY)
