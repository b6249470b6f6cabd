"""Metrics, defined once: page, API and export show the same number (spec.md, section 9)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.models import Tenant
from advocates.models import Advocate, Participation
from advocates.states import ENROLLED, Origin, UnitState
from benefits.selectors import on_time
from requests.models import Ask, Request
from requests.states import AskState


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric's value now. ``value`` is None when nothing happened that could be measured."""

    value: float | None
    counted: int


@dataclass(frozen=True, slots=True)
class Metric:
    """What a number means and how it comes about.

    ``unit`` is ``share`` (0 to 1), ``hours`` or ``count``; ``target`` is in the same unit and
    ``higher_is_better`` says which side of it is good.
    """

    code: str
    name: str | Promise
    formula: str | Promise
    unit: str
    days: int
    target: float | None
    higher_is_better: bool
    read: Callable[[Tenant, datetime], Reading]

    def now(self, tenant: Tenant) -> Reading:
        """The reading over the metric's own period, up to this moment."""
        return self.read(tenant, clock.now() - timedelta(days=self.days))


class Median(Aggregate):
    """PostgreSQL's ``percentile_cont(0.5)``."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def _thanked_in_time(tenant: Tenant, since: datetime) -> Reading:
    rate = on_time(since=since)
    return Reading(rate.share, rate.due)


def _time_to_fill(tenant: Tenant, since: datetime) -> Reading:
    took = ExpressionWrapper(F("confirmed_at") - F("submitted_at"), output_field=DurationField())
    totals = Request.objects.filter(confirmed_at__gt=since, submitted_at__isnull=False).aggregate(
        median=Median(took, output_field=DurationField()), all=Count("pk")
    )
    median = totals["median"]
    return Reading(median.total_seconds() / 3600 if median else None, totals["all"])


def _ask_acceptance(tenant: Tenant, since: datetime) -> Reading:
    answered = [
        AskState.ACCEPTED,
        AskState.DECLINED,
        AskState.LATER,
        AskState.SOMEONE_ELSE,
        AskState.EXPIRED,
    ]
    totals = Ask.objects.filter(sent_at__gt=since, state__in=answered).aggregate(
        all=Count("pk"), good=Count("pk", filter=Q(state=AskState.ACCEPTED))
    )
    return Reading(totals["good"] / totals["all"] if totals["all"] else None, totals["all"])


def _engagement(tenant: Tenant, since: datetime) -> Reading:
    enrolled = Advocate.objects.filter(status__in=ENROLLED)
    total = enrolled.count()
    active = (
        enrolled.filter(
            participations__state=UnitState.COMPLETED,
            participations__completed_at__gte=clock.year_start(tenant.zone),
        )
        .distinct()
        .count()
    )
    return Reading(active / total if total else None, total)


def _busiest_tenth(tenant: Tenant, since: datetime) -> Reading:
    asks = list(
        Participation.objects.filter(origin=Origin.ASKED, taken_at__gt=since)
        .values("advocate_id")
        .annotate(n=Count("pk"))
        .order_by("-n")
        .values_list("n", flat=True)
    )
    tenth = ceil(Advocate.objects.filter(status__in=ENROLLED).count() / 10)
    total = sum(asks)
    return Reading(sum(asks[:tenth]) / total if total else None, total)


THANKED_IN_TIME = Metric(
    code="thanked_in_time",
    name=_("Thanked in time"),
    formula=_("thank-yous sent in time / all that fell due, unsent included"),
    unit="share",
    days=30,
    target=0.95,
    higher_is_better=True,
    read=_thanked_in_time,
)
TIME_TO_FILL = Metric(
    code="time_to_fill",
    name=_("Time to fill"),
    formula=_("median time from a request's submission to its confirmation"),
    unit="hours",
    days=90,
    target=48,
    higher_is_better=False,
    read=_time_to_fill,
)
ASK_ACCEPTANCE = Metric(
    code="ask_acceptance",
    name=_("Asks accepted"),
    formula=_("asks accepted / asks answered or expired"),
    unit="share",
    days=90,
    target=None,
    higher_is_better=True,
    read=_ask_acceptance,
)
ENGAGEMENT = Metric(
    code="engagement",
    name=_("Engaged advocates"),
    formula=_("enrolled advocates with a completed activity in a year / all enrolled"),
    unit="share",
    days=365,
    target=None,
    higher_is_better=True,
    read=_engagement,
)
BUSIEST_TENTH = Metric(
    code="busiest_tenth",
    name=_("Asks on the busiest tenth"),
    formula=_("asks sent to the tenth of enrolled advocates asked most / all asks"),
    unit="share",
    days=365,
    target=0.25,
    higher_is_better=False,
    read=_busiest_tenth,
)

METRICS: dict[str, Metric] = {
    metric.code: metric
    for metric in (THANKED_IN_TIME, TIME_TO_FILL, ASK_ACCEPTANCE, ENGAGEMENT, BUSIEST_TENTH)
}
