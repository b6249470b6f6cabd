"""Influenced revenue by what touched the deals, a row for each touchpoint (MET-3.d, REP-1.b)."""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    DecimalField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from reporting.metrics import sums
from reporting.metrics.deals import DECIDED, influenced, touchpoints
from reporting.metrics.definitions import Metric
from reporting.metrics.frame import Frame

_AMOUNT: Any = DecimalField(max_digits=18, decimal_places=2)
_DAY: Any = DateField()


def _with_edges(frame: Frame) -> QuerySet[Any]:
    """Touchpoints with the first and last day on which they could have touched their deal."""
    ended = Case(
        When(
            opportunity__stage__in=DECIDED,
            opportunity__closes_on__isnull=False,
            then=F("opportunity__closes_on"),
        ),
        default=Value(date.max),
        output_field=_DAY,
    )
    began = Coalesce("opportunity__opened_on", Value(date.min), output_field=_DAY)
    rows = touchpoints(frame).annotate(began=began, ended=ended)
    return rows.filter(day__gte=F("began"), day__lte=F("ended"))


def _shares(frame: Frame) -> QuerySet[Any]:
    """``part``: the same of the deal to each of its touchpoints; cents that cannot be divided go to
    the last, as ``attribution.split`` has it.
    """
    deals: QuerySet[Any] = influenced(frame)
    worth = deals.filter(pk=OuterRef("opportunity")).values("part")[:1]
    others = _with_edges(frame).filter(opportunity=OuterRef("opportunity")).order_by()
    later = others.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
    counted = others.values("opportunity").annotate(n=Count("pk")).values("n")
    each = Func(F("worth") / F("count"), Value(2), function="trunc", output_field=_AMOUNT)
    return (
        _with_edges(frame)
        .annotate(
            worth=Subquery(worth, output_field=_AMOUNT),
            count=Subquery(counted, output_field=_AMOUNT),
            what=Coalesce(F("activity__activity_type__code"), F("kind")),
            currency=F("opportunity__currency"),
            amount=F("opportunity__amount"),
        )
        .filter(worth__isnull=False)
        .annotate(
            part=Case(
                When(Exists(later), then=each),
                default=F("worth") - each * (F("count") - Value(1)),
                output_field=_AMOUNT,
            )
        )
    )


def _of_kind(rows: QuerySet[Any], frame: Frame) -> QuerySet[Any]:
    return rows.filter(what=frame.of)


REVENUE_SHARES = Metric(
    code="revenue_shares",
    name=_("Influenced revenue by touchpoint"),
    formula=_(
        "influenced revenue, the same part of a deal to each touchpoint between its opening and its"
        " closing"
    ),
    unit="money",
    days=365,
    source=_("touchpoints of won deals with an amount in a currency that has a rate"),
    dated=_("the day the deal closed"),
    rows=_shares,
    sums=sums.money,
    paths={
        "segment": "opportunity__account__segment",
        "region": "opportunity__account__region",
        "team": "opportunity__owner__role",
        "type": None,
    },
    pick=_of_kind,
    may="impact.view",
)
