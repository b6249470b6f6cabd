"""Reading costs, and how much of each lies in a period (COST-1)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    DateField,
    DecimalField,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, ExtractDay, Greatest, Least

from advocacy.tenancy.models import Membership, Tenant
from reporting.costs.lifecycle import CostState
from reporting.costs.models import Cost
from reporting.metrics.money import with_base_amount

_DAY: Any = DateField()
_NUMBER: Any = DecimalField(max_digits=20, decimal_places=9)
#: A day, or a column of the statement around.
Edge = date | OuterRef


def listed_costs(membership: Membership) -> QuerySet[Cost]:
    """Every cost, also what was taken out."""
    return Cost.objects.all()


def costs_within(tenant: Tenant, first: Edge, last: Edge) -> QuerySet[Cost]:
    """Costs that lie in a period at least in part, each with ``part``: as much of it as falls into
    the period, in the base currency; None without a rate.
    """
    begins, ends = _edge(first), _edge(last)
    # Never less than none: of a budget that is over or to come, one edge lies beyond the other.
    inside = Greatest(
        _days(
            Least(F("ends_on"), ends, output_field=_DAY),
            Greatest(F("starts_on"), begins, output_field=_DAY),
        ),
        Value(Decimal(0), output_field=_NUMBER),
        output_field=_NUMBER,
    )
    rows = Cost.objects.filter(state=CostState.COUNTED, starts_on__lte=ends, ends_on__gte=begins)
    share = inside / _days(F("ends_on"), F("starts_on"))
    return with_base_amount(rows, tenant, on="starts_on", share=share)


def _edge(edge: Edge) -> Any:
    return Value(edge, output_field=_DAY) if isinstance(edge, date) else edge


def _days(last: Any, first: Any) -> Any:
    length = ExpressionWrapper(last - first, output_field=DurationField())
    return Cast(ExtractDay(length) + Value(1), _NUMBER)
