"""The plain numbers that costs and worth are made of (COST-1, MET-5)."""

from dataclasses import replace
from typing import Any

from django.db.models import (
    DecimalField,
    F,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Round
from django.utils.translation import gettext_lazy as _

from benefits.grants.lifecycle import SPENT
from benefits.grants.models import Grant
from reporting.costs.choices import CostKind
from reporting.costs.models import Cost
from reporting.costs.selectors import costs_within
from reporting.metrics import sums
from reporting.metrics.definitions import Bar, Metric
from reporting.metrics.frame import Frame

_AMOUNT: Any = DecimalField(max_digits=18, decimal_places=2)
_MAY = "costs.view"
#: In addresses: what benefits cost, beside the kinds of costs.
BENEFITS = "benefits"
#: What costs by kind are not told apart by, as it is asked for in addresses.
OF_EVERYBODY = ("region", "team", "in_segment")


def _written(frame: Frame) -> QuerySet[Cost]:
    return costs_within(frame.tenant, frame.first, frame.last)


def _production(frame: Frame) -> QuerySet[Cost]:
    return _written(frame).filter(kind=CostKind.PRODUCTION)


def _for_all(frame: Frame) -> QuerySet[Cost]:
    return _written(frame).filter(segment="")


def _production_for_all(frame: Frame) -> QuerySet[Cost]:
    return _production(frame).filter(segment="")


def given(frame: Frame) -> QuerySet[Grant]:
    """Benefits that left the house in the frame, also those that came back."""
    rows = Grant.objects.filter(state__in=SPENT, **frame.moments_of("delivered_at"))
    return rows.annotate(
        amount=F("cost"),
        currency=Value(frame.tenant.currency),
        part=Round(Cast("cost", _AMOUNT), precision=2, output_field=_AMOUNT),
    )


def _of_kind(rows: QuerySet[Any], frame: Frame) -> QuerySet[Any]:
    kind, _colon, source = frame.of.partition(":")
    return rows.filter(kind=kind, lead_source=source) if source else rows.filter(kind=kind)


def costs_by_kind(frame: Frame) -> list[Bar]:
    """Each kind, and what benefits cost: of everybody also where written costs are not told apart
    by what is asked, so that one picture is of one population.
    """
    found = _summed(COSTS_WRITTEN.behind(frame), "kind")
    bars = [Bar(kind, found.get(kind, 0.0), {}) for kind in CostKind.values]
    benefits = COSTS_OF_BENEFITS.read(replace(frame, region="", team="", among=None)).value or 0.0
    return sorted([*bars, Bar(BENEFITS, benefits, {})], key=lambda bar: -bar.total)


def acquisition_by_source(frame: Frame) -> list[Bar]:
    """Acquisition by its lead source, most of it first."""
    rows = COSTS_WRITTEN.behind(frame).filter(kind=CostKind.ACQUISITION)
    found = _summed(rows, "lead_source")
    return [Bar(key, found[key], {}) for key in sorted(found, key=lambda key: (-found[key], key))]


def _summed(rows: QuerySet[Any], by: str) -> dict[str, float]:
    found = rows.exclude(part=None).order_by().values_list(by).annotate(total=Sum("part"))
    return {key: float(each) for key, each in found}


COSTS_WRITTEN = Metric(
    code="costs_written",
    name=_("Costs written"),
    formula=_(
        "costs in the base currency; of a cost that is spread over a period, the days of it that"
        " lie in this one"
    ),
    unit="money",
    days=365,
    higher_is_better=False,
    source=_("costs that count, and exchange rates"),
    dated=_("the days a cost is for"),
    rows=_written,
    sums=sums.costs,
    paths={"segment": "segment"},
    pick=_of_kind,
    for_all=_for_all,
    may=_MAY,
)
COSTS_OF_BENEFITS = Metric(
    code="costs_of_benefits",
    name=_("Costs of benefits"),
    formula=_("what delivered benefits cost us, also those that came back"),
    unit="money",
    days=365,
    higher_is_better=False,
    source=_("what was given to advocates; it comes in by itself"),
    dated=_("the day it was delivered"),
    rows=given,
    sums=sums.costs,
    paths={
        "segment": "advocate__account__segment",
        "region": "advocate__account__region",
        "team": "owner__role",
    },
    may=_MAY,
)
PRODUCTION_COSTS = Metric(
    code="production_costs",
    name=_("Costs of production"),
    formula=_("costs written of the kind production"),
    unit="money",
    days=365,
    higher_is_better=False,
    source=_("costs that count, and exchange rates"),
    dated=_("the days a cost is for"),
    rows=_production,
    sums=sums.costs,
    paths={"segment": "segment"},
    for_all=_production_for_all,
    may=_MAY,
)
