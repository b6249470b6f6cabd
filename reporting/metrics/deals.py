"""What the program is to the business (MET-3): association, not cause."""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractDay, Greatest, TruncDate
from django.utils.translation import gettext_lazy as _

from activities.activities.choices import ActivityState
from reporting.metrics import sums
from reporting.metrics.among import is_of_accounts, touched_by
from reporting.metrics.definitions import Metric
from reporting.metrics.frame import Frame
from reporting.metrics.money import with_base_amount
from requests.models import Opportunity, Touchpoint
from requests.opportunities.choices import Stage

#: A deal that got as far as this was qualified, however it went on.
QUALIFIED = (Stage.QUALIFIED, Stage.WON, Stage.LOST)
DECIDED = (Stage.WON, Stage.LOST)
PATHS = {
    "segment": "account__segment",
    "region": "account__region",
    "team": "owner__role",
    "type": None,
}
_DAY: Any = DateField()
_WHOLE: Any = IntegerField()


def yes_if(condition: Any) -> Case:
    """1 where something holds, else 0."""
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=_WHOLE)


def touchpoints(frame: Frame) -> QuerySet[Any]:
    """All of them, with the day each happened on where the tenant is; of the frame's type, and
    of the people of its saved segment, only.
    """
    rows = Touchpoint.objects.annotate(day=TruncDate("at", tzinfo=frame.tenant.zone))
    if frame.among is not None and not is_of_accounts(frame.among):
        rows = touched_by(rows, frame.among)
    return rows.filter(activity__activity_type=frame.type) if frame.type else rows


def deals() -> QuerySet[Opportunity]:
    """Every deal with the first and last day on which something could have touched it: from its
    opening to its end. What is not over has no last one, whatever the CRM expects.
    """
    ended = Case(
        When(stage__in=DECIDED, closes_on__isnull=False, then=F("closes_on")),
        default=Value(date.max),
        output_field=_DAY,
    )
    return Opportunity.objects.annotate(
        began=Coalesce("opened_on", Value(date.min), output_field=_DAY), ended=ended
    )


def _in_time(frame: Frame) -> QuerySet[Any]:
    return touchpoints(frame).filter(
        opportunity=OuterRef("pk"), day__gte=OuterRef("began"), day__lte=OuterRef("ended")
    )


def _references(frame: Frame) -> QuerySet[Touchpoint]:
    """Completed references of the deal around it, whenever they were."""
    return touchpoints(frame).filter(
        opportunity=OuterRef("pk"),
        kind=Touchpoint.Kind.REFERENCE,
        activity__state=ActivityState.COMPLETED,
    )


def _qualified_references(frame: Frame) -> QuerySet[Touchpoint]:
    return (
        touchpoints(frame)
        .filter(
            kind=Touchpoint.Kind.REFERENCE,
            activity__state=ActivityState.COMPLETED,
            opportunity__stage__in=QUALIFIED,
            **frame.moments_of("at"),
        )
        .annotate(part=Value(1, output_field=_WHOLE))
    )


def _close_rate(frame: Frame) -> QuerySet[Opportunity]:
    first = _references(frame).order_by().values("opportunity").annotate(first=Min("at"))
    decided = Opportunity.objects.filter(stage__in=DECIDED)
    return decided.annotate(
        first_reference=Subquery(first.values("first")), part=yes_if(Q(stage=Stage.WON))
    ).filter(**frame.moments_of("first_reference"))


def _supported(frame: Frame) -> QuerySet[Opportunity]:
    opened = deals().filter(stage__in=QUALIFIED, **frame.days_of("opened_on"))
    return opened.annotate(part=yes_if(Exists(_in_time(frame))))


def _qualified_without_opening(frame: Frame) -> QuerySet[Opportunity]:
    return Opportunity.objects.filter(stage__in=QUALIFIED, opened_on=None)


def influenced(frame: Frame) -> QuerySet[Opportunity]:
    """Deals won in the frame that something touched between opening and closing."""
    won = deals().filter(Exists(_in_time(frame)), stage=Stage.WON, **frame.days_of("closes_on"))
    return with_base_amount(won, frame.tenant)


def won_without_day(frame: Frame) -> QuerySet[Opportunity]:
    """Deals that something touched and that were won on no day anybody wrote down."""
    touched = Exists(touchpoints(frame).filter(opportunity=OuterRef("pk")))
    return Opportunity.objects.filter(touched, stage=Stage.WON, closes_on=None)


def _decided_of_frame(frame: Frame) -> QuerySet[Opportunity]:
    decided = deals().filter(stage__in=DECIDED, **frame.days_of("opened_on"))
    return decided.annotate(touched=Exists(_in_time(frame)), part=yes_if(Q(stage=Stage.WON)))


def _decided_without_opening(frame: Frame) -> QuerySet[Opportunity]:
    return Opportunity.objects.filter(stage__in=DECIDED, opened_on=None)


def _cycles(frame: Frame) -> QuerySet[Opportunity]:
    won = deals().filter(
        stage=Stage.WON, closes_on__gte=F("opened_on"), **frame.days_of("opened_on")
    )
    length = ExpressionWrapper(F("closes_on") - F("opened_on"), output_field=DurationField())
    with_reference = _in_time(frame).filter(
        kind=Touchpoint.Kind.REFERENCE, activity__state=ActivityState.COMPLETED
    )
    return won.annotate(
        touched=Exists(with_reference),
        part=Greatest(Cast(ExtractDay(length), FloatField()), Value(1.0)),
    )


def _won_without_length(frame: Frame) -> QuerySet[Opportunity]:
    won = Opportunity.objects.filter(stage=Stage.WON)
    return won.filter(
        Q(opened_on=None)
        | Q(**frame.days_of("opened_on")) & (Q(closes_on=None) | Q(closes_on__lt=F("opened_on")))
    )


_MAY = "impact.view"
_OPENED = _("the day the deal was opened")

QUALIFIED_REFERENCES = Metric(
    code="qualified_references",
    name=_("Qualified references"),
    formula=_("completed references given for a deal that was qualified"),
    unit="count",
    days=365,
    target=50,
    source=_("touchpoints of deals, from completed activities"),
    dated=_("the day the reference took place"),
    rows=_qualified_references,
    sums=sums.count,
    paths={
        "segment": "opportunity__account__segment",
        "region": "opportunity__account__region",
        "team": "opportunity__owner__role",
        "type": None,
    },
    may=_MAY,
)
REFERENCE_CLOSE_RATE = Metric(
    code="reference_close_rate",
    name=_("Reference close rate"),
    formula=_("deals won / deals won or lost, of those with a completed reference"),
    unit="share",
    days=365,
    target=0.9,
    source=_("deals and their touchpoints"),
    dated=_("the day of the deal's first completed reference"),
    rows=_close_rate,
    sums=sums.share,
    paths=PATHS,
    may=_MAY,
)
DEALS_SUPPORTED = Metric(
    code="deals_supported",
    name=_("Qualified deals supported"),
    formula=_("qualified deals that something of the program touched / all qualified deals"),
    unit="share",
    days=365,
    target=0.8,
    source=_("deals and their touchpoints"),
    dated=_OPENED,
    rows=_supported,
    sums=sums.share,
    paths=PATHS,
    undated=_qualified_without_opening,
    may=_MAY,
)
INFLUENCED_REVENUE = Metric(
    code="influenced_revenue",
    name=_("Influenced revenue"),
    formula=_(
        "amounts of won deals that something of the program touched between opening and closing,"
        " each deal once, in the base currency at the rate of the day it closed"
    ),
    unit="money",
    days=365,
    source=_("deals, their touchpoints, and exchange rates"),
    dated=_("the day the deal closed"),
    rows=influenced,
    sums=sums.money,
    paths=PATHS,
    undated=won_without_day,
    may=_MAY,
)
WIN_RATE_DIFFERENCE = Metric(
    code="win_rate_difference",
    name=_("Win rate with a touchpoint"),
    formula=_(
        "(deals won / deals won or lost) with a touchpoint between opening and closing, against the"
        " same without, relative to it; interval: Katz's for the ratio of two rates"
    ),
    unit="difference",
    days=365,
    target=0.15,
    source=_("deals and their touchpoints"),
    dated=_OPENED,
    rows=_decided_of_frame,
    sums=sums.rates_apart,
    paths=PATHS,
    undated=_decided_without_opening,
    may=_MAY,
)
CYCLE_DIFFERENCE = Metric(
    code="cycle_difference",
    name=_("Sales cycle with a reference"),
    formula=_(
        "typical days (geometric mean) from opening to closing of won deals with a completed"
        " reference, against those without, relative to them; interval: Welch's on logarithms"
    ),
    unit="difference",
    days=365,
    target=-0.2,
    higher_is_better=False,
    source=_("deals and their touchpoints"),
    dated=_OPENED,
    rows=_cycles,
    sums=sums.lengths_apart,
    paths=PATHS,
    undated=_won_without_length,
    may=_MAY,
)

METRICS = (
    INFLUENCED_REVENUE,
    QUALIFIED_REFERENCES,
    REFERENCE_CLOSE_RATE,
    DEALS_SUPPORTED,
    WIN_RATE_DIFFERENCE,
    CYCLE_DIFFERENCE,
)
