"""Numbers taken apart: who is in the program, what they do, and what it was part of."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from activities.assets.choices import AssetKind
from advocacy import clock
from advocacy.tenancy.models import Tenant
from advocacy.tenant_settings.reading import current
from advocates.joining.history import statuses_at
from advocates.models import Advocate, Tier
from advocates.people.choices import ENROLLED, AdvocateStatus
from advocates.program.catalogue.choices import Effort
from reporting.metrics import attribution
from reporting.metrics.among import ids_of, is_of_accounts, narrowed
from reporting.metrics.content import ASSETS_PUBLISHED
from reporting.metrics.costing import acquisition_by_source, costs_by_kind
from reporting.metrics.deals import INFLUENCED_REVENUE
from reporting.metrics.definitions import Bar, Breakdown
from reporting.metrics.frame import Frame
from reporting.metrics.people import RANK, with_highest, with_tier
from reporting.metrics.program import ACTIVITIES
from reporting.metrics.targets import QUARTER, Publishing
from requests.models import Request
from requests.requests.choices import REQUEST_OPEN, RequestState
from requests.untouched.selectors import by_seller

#: So many months a chart goes back, this one included.
MONTHS = 12


def months_back(today: date, count: int) -> list[date]:
    """The first days of the last months, this one included, the oldest first."""
    this = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(this - count + 1, this + 1)]


def months_of(frame: Frame) -> list[date]:
    """The first days of the months that a frame touches, the oldest first."""
    count = (frame.last.year - frame.first.year) * 12 + frame.last.month - frame.first.month + 1
    return months_back(frame.last, count)


def _activities_by_month(frame: Frame) -> list[Bar]:
    months = months_of(frame)
    counted = (
        ACTIVITIES.behind(frame)
        .order_by()
        .annotate(month=TruncMonth("happened_at", tzinfo=frame.tenant.zone))
        .values_list("month", "participation__effort")
        .annotate(n=Count("pk"))
    )
    parts: dict[date, dict[str, float]] = {
        month: dict.fromkeys(Effort.values, 0) for month in months
    }
    for month, effort, count in counted:
        parts[month.date()][effort] += count
    return [Bar(month.isoformat(), sum(of.values()), of) for month, of in parts.items()]


def _activities_by_type(frame: Frame) -> list[Bar]:
    def counted(of: Frame) -> dict[str, int]:
        rows = ACTIVITIES.behind(of).order_by().values_list("activity_type__code")
        return dict(rows.annotate(n=Count("pk")))

    now, before = counted(frame), counted(frame.before())
    bars = [
        Bar(code, now.get(code, 0), {"before": before.get(code, 0)}) for code in {**before, **now}
    ]
    return sorted(bars, key=lambda bar: (-bar.total, bar.key))


def _requests_by_state(_frame: Frame) -> list[Bar]:
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


def _people(frame: Frame, **values: Any) -> Any:
    wanted = {f"account__{name}": getattr(frame, name) for name in ("segment", "region")}
    rows = Advocate.objects.filter(**{k: v for k, v in wanted.items() if v}, **values)
    if frame.among is not None:
        rows = narrowed(rows, "account__segment", frame.among)
    return rows.order_by()


def _moment_before(frame: Frame) -> datetime:
    return frame.end - timedelta(days=QUARTER)


def _tiers(frame: Frame) -> list[Bar]:
    """By tier, as the changes say it was at the end of the frame and a quarter before."""

    def counted(until: datetime) -> dict[Any, int]:
        rows = with_tier(_people(frame), until).exclude(held=None)
        return dict(rows.values_list("held").annotate(n=Count("pk")))

    now, before = counted(frame.end), counted(_moment_before(frame))
    return [
        Bar(tier.code, now.get(tier.pk, 0), {"before": before.get(tier.pk, 0)})
        for tier in Tier.objects.order_by("-rank")
    ]


def _statuses(frame: Frame) -> list[Bar]:
    """By status now, beside a quarter before the end of the frame."""
    now = dict(_people(frame).values_list("status").annotate(n=Count("pk")))
    before = statuses_at(_people(frame), _moment_before(frame))
    return [
        Bar(status, now.get(status, 0), {"before": before[status]})
        for status in AdvocateStatus.values
    ]


def _efforts(frame: Frame) -> list[Bar]:
    """Enrolled people by the highest effort they ever gave, now and a quarter before."""

    def counted(until: datetime) -> dict[int, int]:
        rows = _people(frame, status__in=sorted(ENROLLED)).exclude(enrolled_at__gte=until)
        held = with_highest(rows, until).values_list("highest")
        return dict(held.annotate(n=Count("pk")))

    now, before = counted(frame.end), counted(_moment_before(frame))
    keys = [(at, str(effort.value)) for effort, at in reversed(RANK.items())]
    return [Bar(key, now.get(at, 0), {"before": before.get(at, 0)}) for at, key in [*keys, (0, "")]]


def _content_by_kind(frame: Frame) -> list[Bar]:
    """Pieces published, beside the period before and what the tenant aims at in as many days."""

    def counted(of: Frame) -> dict[str, int]:
        rows = ASSETS_PUBLISHED.behind(of).order_by().values_list("kind")
        return dict(rows.annotate(n=Count("pk")))

    now, before = counted(frame), counted(frame.before())
    aims = current(Publishing).of_kinds(frame.days)
    return [
        Bar(kind, now.get(kind, 0), {"before": before.get(kind, 0), "target": aims[kind]})
        for kind in AssetKind.values
        if aims[kind] or kind in now or kind in before
    ]


def _revenue_by_month(frame: Frame) -> list[Bar]:
    rows = INFLUENCED_REVENUE.behind(frame).exclude(part=None).order_by()
    found = rows.annotate(month=TruncMonth("closes_on")).values_list("month").annotate(Sum("part"))
    by_month = {month: float(total) for month, total in found}
    return [Bar(month.isoformat(), by_month.get(month, 0.0), {}) for month in months_of(frame)]


def _untouched_by_seller(frame: Frame) -> list[Bar]:
    wanted: dict[str, Any] = {
        f"account__{name}": value
        for name in ("segment", "region")
        if (value := getattr(frame, name))
    }
    if frame.among is not None and is_of_accounts(frame.among):
        wanted["account__in"] = ids_of(frame.among)
    bars = [
        Bar(str(owner or ""), without, {"of": all_})
        for owner, (without, all_) in by_seller(**wanted).items()
        if without
    ]
    return sorted(bars, key=lambda bar: (-bar.total, bar.key))


ACTIVITIES_BY_MONTH = Breakdown(
    code="activities_by_month",
    name=_("Activities by month"),
    formula=_("completed activities by the month in which they happened, and by effort"),
    read=_activities_by_month,
)
ACTIVITIES_BY_TYPE = Breakdown(
    code="activities_by_type",
    name=_("Activities by type"),
    formula=_("completed activities by their type, beside the period before"),
    read=_activities_by_type,
)
REQUESTS_BY_STATE = Breakdown(
    code="requests_by_state",
    name=_("Requests by state"),
    formula=_("requests that are not over, by the state they are in now"),
    read=_requests_by_state,
)
ADVOCATES_BY_TIER = Breakdown(
    code="advocates_by_tier",
    name=_("Advocates by tier"),
    formula=_("who held each tier at the end of the period, beside a quarter (90 days) before"),
    read=_tiers,
)
ADVOCATES_BY_STATUS = Breakdown(
    code="advocates_by_status",
    name=_("Advocates by status"),
    formula=_("everybody by where they stand now, beside a quarter (90 days) before"),
    read=_statuses,
)
ADVOCATES_BY_EFFORT = Breakdown(
    code="advocates_by_effort",
    name=_("Advocates by highest effort"),
    formula=_(
        "who is enrolled, by the highest effort they ever gave, beside a quarter (90 days) before"
    ),
    read=_efforts,
)
CONTENT_BY_KIND = Breakdown(
    code="content_by_kind",
    name=_("Content published by kind"),
    formula=_(
        "pieces published last in the period by their kind, beside the period before and your"
        " target for as many days"
    ),
    read=_content_by_kind,
    days=QUARTER,
)
REVENUE_BY_MONTH = Breakdown(
    code="revenue_by_month",
    name=_("Influenced revenue by month"),
    formula=_("influenced revenue by the month in which the deal closed"),
    read=_revenue_by_month,
    may="impact.view",
)
REVENUE_BY_TYPE = Breakdown(
    code="revenue_by_type",
    name=_("Influenced revenue by activity"),
    formula=_(
        "influenced revenue split among the touchpoints of each deal: all of it to the first, all"
        " to the last, or the same part to each; the total is the same"
    ),
    read=attribution.by_type,
    may="impact.view",
)

UNTOUCHED_BY_SELLER = Breakdown(
    code="untouched_by_seller",
    name=_("Deals without support by seller"),
    formula=_(
        "qualified deals that are not over and that no reference, no content and no event has"
        " touched, by whose they are now"
    ),
    read=_untouched_by_seller,
    may="impact.view",
)
COSTS_BY_KIND = Breakdown(
    code="costs_by_kind",
    name=_("Costs by kind"),
    formula=_(
        "costs written by their kind, and what delivered benefits cost; of all regions, teams and"
        " saved segments, as costs are written for none of them"
    ),
    read=costs_by_kind,
    may="costs.view",
)
ACQUISITION_BY_SOURCE = Breakdown(
    code="acquisition_by_source",
    name=_("Acquisition by lead source"),
    formula=_("costs of acquisition by the lead source they are for"),
    read=acquisition_by_source,
    may="costs.view",
)

BREAKDOWNS: dict[str, Breakdown] = {
    breakdown.code: breakdown
    for breakdown in (
        ADVOCATES_BY_TIER,
        ADVOCATES_BY_STATUS,
        ADVOCATES_BY_EFFORT,
        ACTIVITIES_BY_MONTH,
        ACTIVITIES_BY_TYPE,
        CONTENT_BY_KIND,
        REQUESTS_BY_STATE,
        REVENUE_BY_MONTH,
        REVENUE_BY_TYPE,
        UNTOUCHED_BY_SELLER,
        COSTS_BY_KIND,
        ACQUISITION_BY_SOURCE,
    )
}


def of_last_months(read: Callable[[Frame], list[Bar]], tenant: Tenant) -> list[Bar]:
    """The last twelve whole months, this one included."""
    today = clock.today(tenant.zone)
    return read(Frame(tenant, months_back(today, MONTHS)[0], today))
