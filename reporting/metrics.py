"""Metrics, defined once: page, API and export show the same number (spec.md, section 9)."""

from datetime import date, datetime, time

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy import clock
from advocacy.aggregates import Median
from advocacy.tenancy.models import Tenant
from advocates.accounts.choices import Segment
from advocates.models import Advocate
from advocates.people.choices import ENROLLED
from advocates.people.selectors import NOTHING_LEFT, enrolled_advocates
from advocates.program.catalogue.choices import Effort
from advocates.program.ledger.choices import UnitState
from advocates.workload.selectors import asks_sent, busiest_tenth
from benefits.thanks.selectors import on_time
from reporting.definitions import Bar, Breakdown, Metric, Reading
from requests.asks.choices import AskState
from requests.models import Ask, Request
from requests.requests.choices import REQUEST_OPEN, RequestState

#: So many months a chart goes back, this one included.
MONTHS = 12


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
    found = busiest_tenth(since)
    return Reading(found.share, found.asks)


def _asks_by_segment(since: datetime) -> list[Bar]:
    """Asks by the size of the company, beside the people enrolled there; no size comes last."""
    people = Advocate.objects.filter(status__in=ENROLLED)
    enrolled = dict(people.order_by().values_list("account__segment").annotate(n=Count("pk")))
    asked = dict(
        asks_sent(since)
        .order_by()
        .values_list("advocate__account__segment")
        .annotate(n=Count("pk"))
    )
    bars = [
        Bar(key, asked.get(key, 0), {"enrolled": enrolled.get(key, 0)})
        for key in (*Segment.values, "")
    ]
    return [bar for bar in bars if bar.total or bar.parts["enrolled"] or bar.key]


def _off_fair_share(tenant: Tenant, since: datetime) -> Reading:
    bars = _asks_by_segment(since)
    asks, people = sum(bar.total for bar in bars), sum(bar.parts["enrolled"] for bar in bars)
    if not asks or not people:
        return Reading(None, asks, bars)
    off = sum(abs(bar.total / asks - bar.parts["enrolled"] / people) for bar in bars)
    return Reading(off / 2, asks, bars)


def _at_limit(tenant: Tenant, since: datetime) -> Reading:
    totals = enrolled_advocates().aggregate(all=Count("pk"), none=Count("pk", filter=NOTHING_LEFT))
    return Reading(totals["none"], totals["all"])


def months_back(today: date, count: int) -> list[date]:
    """The first days of the last months, this one included, the oldest first."""
    this = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(this - count + 1, this + 1)]


def _activities_by_month(tenant: Tenant) -> list[Bar]:
    months = months_back(clock.today(tenant.zone), MONTHS)
    first = datetime.combine(months[0], time(), tzinfo=tenant.zone)
    counted = (
        Activity.objects.filter(state=ActivityState.COMPLETED, happened_at__gte=first)
        .order_by()
        .annotate(month=TruncMonth("happened_at", tzinfo=tenant.zone))
        .values_list("month", "participation__effort")
        .annotate(n=Count("pk"))
    )
    parts: dict[date, dict[str, int]] = {month: dict.fromkeys(Effort.values, 0) for month in months}
    for month, effort, count in counted:
        if month.date() in parts:
            parts[month.date()][effort] += count
    return [Bar(month.isoformat(), sum(of.values()), of) for month, of in parts.items()]


def _requests_by_state(tenant: Tenant) -> list[Bar]:
    counted = dict(
        Request.objects.filter(state__in=REQUEST_OPEN)
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    return [
        Bar(state.value, counted.get(state, 0), {})
        for state in RequestState
        if state in REQUEST_OPEN
    ]


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
ASKS_BY_SEGMENT = Metric(
    code="asks_by_segment",
    name=_("Asks off a fair spread over segments"),
    formula=_(
        "share of asks that would have to go to people at companies of another size for every"
        " segment to be asked as often as its share of the enrolled"
    ),
    unit="share",
    days=365,
    target=None,
    higher_is_better=False,
    read=_off_fair_share,
)

AT_LIMIT = Metric(
    code="at_limit",
    name=_("At their yearly limit"),
    formula=_("enrolled advocates whose units of a year are all taken"),
    unit="count",
    days=365,
    target=None,
    higher_is_better=False,
    read=_at_limit,
)

METRICS: dict[str, Metric] = {
    metric.code: metric
    for metric in (
        THANKED_IN_TIME,
        TIME_TO_FILL,
        ASK_ACCEPTANCE,
        ENGAGEMENT,
        BUSIEST_TENTH,
        ASKS_BY_SEGMENT,
        AT_LIMIT,
    )
}

ACTIVITIES_BY_MONTH = Breakdown(
    code="activities_by_month",
    name=_("Activities by month"),
    formula=_("completed activities by the month in which they happened, and by effort"),
    read=_activities_by_month,
)
REQUESTS_BY_STATE = Breakdown(
    code="requests_by_state",
    name=_("Requests by state"),
    formula=_("requests that are not over, by the state they are in now"),
    read=_requests_by_state,
)

BREAKDOWNS: dict[str, Breakdown] = {
    breakdown.code: breakdown for breakdown in (ACTIVITIES_BY_MONTH, REQUESTS_BY_STATE)
}
