"""What the program costs and what it is worth: numbers made of others (COST-1, MET-5)."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.reading import current
from reporting.metrics import composed, sums
from reporting.metrics.composed import Composed, Term
from reporting.metrics.content import ASSETS_PUBLISHED
from reporting.metrics.costing import (
    COSTS_OF_BENEFITS,
    COSTS_WRITTEN,
    PRODUCTION_COSTS,
)
from reporting.metrics.deals import PATHS, influenced, won_without_day
from reporting.metrics.definitions import Metric
from reporting.metrics.frame import Frame
from reporting.metrics.people import ENROLLED_NOW, EVERYBODY
from reporting.settings import Measuring
from requests.models import Opportunity

_MAY = "costs.view"


def _without_referrals(frame: Frame) -> QuerySet[Opportunity]:
    return _less_referrals(influenced(frame))


def _undated(frame: Frame) -> QuerySet[Opportunity]:
    return _less_referrals(won_without_day(frame))


def _less_referrals(rows: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    word = current(Measuring).referral_word.strip()
    return rows.exclude(lead_source__icontains=word) if word else rows


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
    undated=_undated,
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
    EVERYBODY,
)
