"""What the program costs and what it is worth (COST-1, MET-5)."""

from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    DecimalField,
    F,
    IntegerField,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Round
from django.utils.translation import gettext_lazy as _

from activities.models import Asset
from advocacy.tenant_settings.reading import current
from advocates.models import Advocate, Participation
from advocates.people.choices import ENROLLED
from advocates.program.catalogue.choices import Effort
from advocates.program.ledger.choices import UnitState
from benefits.grants.lifecycle import SPENT
from benefits.grants.models import Grant
from reporting.costs.choices import CostKind
from reporting.costs.models import Cost
from reporting.costs.selectors import costs_within
from reporting.metrics import composed, sums
from reporting.metrics.composed import Composed, Term
from reporting.metrics.deals import PATHS, influenced
from reporting.metrics.definitions import Bar, Metric
from reporting.metrics.frame import Frame
from reporting.settings import Measuring
from requests.models import Opportunity

_ONE = Value(1, output_field=IntegerField())
_AMOUNT: Any = DecimalField(max_digits=18, decimal_places=2)
_MAY = "costs.view"
#: Which effort is the highest, of those a person gave.
RANK = {Effort.LOW: 1, Effort.MODERATE: 2, Effort.HIGH: 3}
#: In addresses: who gave nothing yet; what benefits cost, beside the kinds of costs.
NOTHING, BENEFITS = "nothing", "benefits"


def _written(frame: Frame) -> QuerySet[Cost]:
    return costs_within(frame.tenant, frame.first, frame.last)


def _production(frame: Frame) -> QuerySet[Cost]:
    return _written(frame).filter(kind=CostKind.PRODUCTION)


def given(frame: Frame) -> QuerySet[Grant]:
    """Benefits that left the house in the frame, also those that came back."""
    rows = Grant.objects.filter(state__in=SPENT, **frame.moments_of("delivered_at"))
    return rows.annotate(
        amount=F("cost"),
        currency=Value(frame.tenant.currency),
        part=Round(Cast("cost", _AMOUNT), precision=2, output_field=_AMOUNT),
    )


def _enrolled(frame: Frame) -> QuerySet[Advocate]:
    rows = Advocate.objects.filter(status__in=sorted(ENROLLED)).exclude(enrolled_at__gte=frame.end)
    return rows.annotate(part=_ONE)


def with_highest(rows: QuerySet[Advocate], until: datetime) -> QuerySet[Advocate]:
    """People with ``highest``: the rank of the highest effort they gave before a moment, 0 without
    any.
    """
    rank = Case(
        *(When(effort=effort, then=Value(at)) for effort, at in RANK.items()),
        output_field=IntegerField(),
    )
    highest = (
        Participation.objects.filter(
            advocate=OuterRef("pk"), state=UnitState.COMPLETED, completed_at__lt=until
        )
        .order_by()
        .values("advocate")
        .annotate(highest=Max(rank))
        .values("highest")
    )
    return rows.annotate(highest=Coalesce(Subquery(highest), 0))


def _of_effort(rows: QuerySet[Any], frame: Frame) -> QuerySet[Any]:
    ranks = {NOTHING: 0, **{str(effort.value): at for effort, at in RANK.items()}}
    return with_highest(rows, frame.end).filter(highest=ranks.get(frame.of, -1))


def _of_kind(rows: QuerySet[Any], frame: Frame) -> QuerySet[Any]:
    kind, _colon, source = frame.of.partition(":")
    return rows.filter(kind=kind, lead_source=source) if source else rows.filter(kind=kind)


def costs_by_kind(frame: Frame) -> list[Bar]:
    """Each kind, and what benefits cost."""
    found = _summed(COSTS_WRITTEN.behind(frame), "kind")
    bars = [Bar(kind, found.get(kind, 0.0), {}) for kind in CostKind.values]
    benefits = COSTS_OF_BENEFITS.read(frame).value or 0.0
    return sorted([*bars, Bar(BENEFITS, benefits, {})], key=lambda bar: -bar.total)


def acquisition_by_source(frame: Frame) -> list[Bar]:
    """Acquisition by its lead source, most of it first."""
    rows = COSTS_WRITTEN.behind(frame).filter(kind=CostKind.ACQUISITION)
    found = _summed(rows, "lead_source")
    return [Bar(key, found[key], {}) for key in sorted(found, key=lambda key: (-found[key], key))]


def _summed(rows: QuerySet[Any], by: str) -> dict[str, float]:
    found = rows.exclude(part=None).order_by().values_list(by).annotate(total=Sum("part"))
    return {key: float(each) for key, each in found}


def _published(frame: Frame) -> QuerySet[Asset]:
    return Asset.objects.filter(**frame.moments_of("published_at")).annotate(part=_ONE)


def _without_referrals(frame: Frame) -> QuerySet[Opportunity]:
    rows, word = influenced(frame), current(Measuring).referral_word.strip()
    return rows.exclude(lead_source__icontains=word) if word else rows


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
    may=_MAY,
)
ENROLLED_NOW = Metric(
    code="enrolled",
    name=_("Enrolled advocates"),
    formula=_("who is in the program"),
    unit="count",
    days=365,
    source=_("who is enrolled now, and was by the end of the period"),
    dated=_("the day somebody joined"),
    rows=_enrolled,
    sums=sums.count,
    paths={"segment": "account__segment", "region": "account__region"},
    pick=_of_effort,
)
ASSETS_PUBLISHED = Metric(
    code="assets_published",
    name=_("Content published"),
    formula=_("pieces of content that were published, of every kind"),
    unit="count",
    days=365,
    source=_("content"),
    dated=_("the day it was published"),
    rows=_published,
    sums=sums.count,
    paths={
        "segment": "advocate__account__segment",
        "region": "advocate__account__region",
        "team": "owner__role",
    },
)
REVENUE_WITHOUT_REFERRALS = Metric(
    code="revenue_without_referrals",
    name=_("Influenced revenue without referrals"),
    formula=_(
        "influenced revenue, without deals whose lead source is a referral: those are worth what"
        " the referral is worth, and count once"
    ),
    unit="money",
    days=365,
    source=_("deals, their touchpoints, and exchange rates"),
    dated=_("the day the deal closed"),
    rows=_without_referrals,
    sums=sums.money,
    paths=PATHS,
    may=_MAY,
)
_COSTS = (Term(COSTS_WRITTEN, "cost"), Term(COSTS_OF_BENEFITS, "cost"))
_SEGMENT: dict[str, str | None] = {"segment": None}
PROGRAM_COSTS = Composed(
    code="program_costs",
    name=_("What the program costs"),
    formula=_("costs written + what delivered benefits cost"),
    unit="money",
    days=365,
    higher_is_better=False,
    source=_("its terms"),
    dated=_("as each term says"),
    terms=_COSTS,
    make=composed.total,
    paths=_SEGMENT,
    may=_MAY,
)
COST_PER_ADVOCATE = Composed(
    code="cost_per_advocate",
    name=_("Cost per advocate"),
    formula=_("(costs written + what delivered benefits cost) / enrolled advocates"),
    unit="money",
    days=365,
    higher_is_better=False,
    source=_("its terms"),
    dated=_("as each term says"),
    terms=(*_COSTS, Term(ENROLLED_NOW, "by")),
    make=composed.cost_by,
    paths=_SEGMENT,
    may=_MAY,
)
COST_PER_ASSET = Composed(
    code="cost_per_asset",
    name=_("Cost per piece of content"),
    formula=_("costs of production / pieces of content published"),
    unit="money",
    days=365,
    higher_is_better=False,
    source=_("its terms"),
    dated=_("as each term says"),
    terms=(Term(PRODUCTION_COSTS, "cost"), Term(ASSETS_PUBLISHED, "by")),
    make=composed.cost_by,
    paths=_SEGMENT,
    may=_MAY,
)
RETURN = Composed(
    code="return_on_investment",
    name=_("Return on investment"),
    formula=_(
        "(value − cost) / cost; value = influenced revenue without referrals × the share you"
        " attribute to the program + content published × what a piece is worth to you; cost ="
        " costs written + what delivered benefits cost"
    ),
    unit="return",
    days=365,
    source=_("its terms; what referrals bring is not measured yet and is left out"),
    dated=_("as each term says"),
    terms=(
        Term(
            REVENUE_WITHOUT_REFERRALS, "value", lambda: current(Measuring).attribution_percent / 100
        ),
        Term(ASSETS_PUBLISHED, "value", lambda: float(current(Measuring).content_value)),
        *_COSTS,
    ),
    make=composed.gain,
    paths=_SEGMENT,
    may=_MAY,
)

METRICS: tuple[Metric, ...] = (
    RETURN,
    PROGRAM_COSTS,
    COST_PER_ADVOCATE,
    COST_PER_ASSET,
    COSTS_WRITTEN,
    COSTS_OF_BENEFITS,
    PRODUCTION_COSTS,
    REVENUE_WITHOUT_REFERRALS,
    ENROLLED_NOW,
    ASSETS_PUBLISHED,
)
