"""Numbers as a person reads them: value, target, period, whether that is good, and where the rows
behind them are.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from urllib.parse import urlencode

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.activities.choices import ActivityState
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocates.accounts.choices import Segment
from advocates.program.catalogue.choices import Effort
from advocates.program.tiers.selectors import TierShare, drifting_by_tier, tier_shares
from reporting import metrics
from reporting.definitions import Metric, Reading
from requests.requests.choices import RequestState


@dataclass(frozen=True, slots=True)
class Number:
    """One number card, or one line of a card of numbers; ``url`` leads to its rows."""

    label: str
    value: str
    tone: str
    note: str
    formula: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class TierRow:
    """One tier with its share against the guide, and the one thing to look at."""

    tier: TierShare
    task: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The tiers in one card."""

    enrolled: int
    judged: bool
    tiers: list[TierRow]


@dataclass(frozen=True, slots=True)
class Slice:
    """One row behind a chart; ``short`` is what fits below a bar."""

    label: str
    short: str
    total: int
    parts: list[int]
    url: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A breakdown with its words; ``series`` names the parts of each slice."""

    code: str
    title: str
    note: str
    series: list[tuple[str, str]]
    slices: list[Slice]

    @property
    def total(self) -> int:
        """Everything counted."""
        return sum(part.total for part in self.slices)

    @property
    def longest(self) -> int:
        """The highest bar; at least 1, so that it can be divided by."""
        return max([1, *(part.total for part in self.slices)])


def headline(total: int, late: int) -> str:
    """The day in one sentence: "7 things need you, 1 is overdue"."""
    if not total:
        return _("Nothing needs you right now")
    need = ngettext("%(n)d thing needs you", "%(n)d things need you", total) % {"n": total}
    if not late:
        return need
    over = ngettext("%(n)d is overdue", "%(n)d are overdue", late) % {"n": late}
    return f"{need}, {over}"


def percent(value: float, digits: int = 0) -> str:
    """``0.974`` as "97 %"."""
    return f"{number_format(round(value * 100, digits), decimal_pos=digits)} %"


def hours(value: float) -> str:
    """Hours up to two days, then days."""
    if value < 1:
        minutes = round(value * 60)
        return ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes}
    if value < 48:
        return _("%(n)d h") % {"n": round(value)}
    days = round(value / 24, 1)
    shown = number_format(days, decimal_pos=0 if days == int(days) else 1)
    return ngettext("%(n)s day", "%(n)s days", ceil(days)) % {"n": shown}


def _value(metric: Metric, value: float) -> str:
    if metric.unit == "share":
        return percent(value)
    if metric.unit == "hours":
        return hours(value)
    return number_format(value, decimal_pos=0)


def _tone(metric: Metric, value: float) -> str:
    if metric.target is None:
        return ""
    good = value >= metric.target if metric.higher_is_better else value <= metric.target
    return "success" if good else "warning"


def _rows_behind(metric: Metric, membership: Membership) -> str:
    """The list of what a metric counts; nothing where this member has no such list."""
    since = clock.today(membership.tenant.zone) - timedelta(days=metric.days)
    lists = {
        "thanked_in_time": ("thanks.view", "thanks:desk", {"who": "all"}),
        "time_to_fill": ("requests.view", "requests:all", {"confirmed_after": since.isoformat()}),
        "busiest_tenth": ("advocates.view", "advocates:list", {"sort": "-last_asked"}),
        "at_limit": ("advocates.view", "advocates:list", {"left": "none"}),
    }
    if metric.code not in lists:
        return ""
    permission, name, query = lists[metric.code]
    if not membership.can(permission):
        return ""
    return f"{tenant_reverse(membership.tenant, name)}?{urlencode(query)}"


def number(metric: Metric, membership: Membership, note: str = "") -> Number:
    """A metric as a card; nothing measured yet is said in words, never as a zero.

    ``note`` replaces target and period where they are said in words of its own.
    """
    metric = metric.of_tenant()
    reading: Reading = metric.now(membership.tenant)
    period = ngettext("%(n)d day", "%(n)d days", metric.days) % {"n": metric.days}
    parts = []
    if metric.target is not None:
        parts.append(_("target %(target)s") % {"target": _value(metric, metric.target)})
    parts.append(period)
    name, formula = str(metric.name), str(metric.formula)
    if reading.value is None:
        return Number(name, "–", "", _("nothing to measure yet"), formula)
    return Number(
        name,
        _value(metric, reading.value),
        _tone(metric, reading.value),
        note or " · ".join(parts),
        formula,
        _rows_behind(metric, membership),
    )


def numbers_for(membership: Membership) -> list[Number]:
    """The few numbers a role is shown on Today."""
    shown = []
    if membership.can("metrics.view"):
        shown.append(metrics.THANKED_IN_TIME)
    if membership.can("requests.view") or membership.can("metrics.view"):
        shown.append(metrics.TIME_TO_FILL)
    return [number(metric, membership) for metric in shown]


def load_for(membership: Membership) -> list[Number]:
    """Whether the asks are spread fairly, for roles that look after the program (MAT-3)."""
    if not membership.can("metrics.view"):
        return []
    fair = percent(metrics.BUSIEST_TENTH.of_tenant().target or 0)
    return [
        number(
            metrics.BUSIEST_TENTH,
            membership,
            _("fair is under %(share)s · %(days)d days")
            % {"share": fair, "days": metrics.BUSIEST_TENTH.days},
        ),
        number(metrics.AT_LIMIT, membership, _("they rest until a unit frees")),
    ]


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """How often people at companies of one size are asked, beside how many they are."""

    label: str
    asked: str
    enrolled: str


def segments_for(membership: Membership) -> list[SegmentRow]:
    """The spread of asks over segments (MAT-3); nothing before anybody was asked."""
    if not membership.can("metrics.view"):
        return []
    bars = metrics.ASKS_BY_SEGMENT.now(membership.tenant).parts or []
    asks = sum(bar.total for bar in bars)
    people = sum(bar.parts["enrolled"] for bar in bars)
    if not asks or not people:
        return []
    return [
        SegmentRow(
            str(Segment(bar.key).label) if bar.key else _("Size not known"),
            percent(bar.total / asks),
            percent(bar.parts["enrolled"] / people),
        )
        for bar in bars
    ]


def program_picture(membership: Membership) -> Picture | None:
    """Tiers against their guides, for roles that look after the program (TIER-8)."""
    if not membership.can("tiers.view"):
        return None
    shares, drifting = tier_shares(), drifting_by_tier()
    rows = [TierRow(share, _task(share, drifting.get(share.tier.pk, 0))) for share in shares.tiers]
    return Picture(shares.enrolled, shares.judged, rows)


def _task(share: TierShare, leaving: int) -> str:
    """What to look at first: who waits for a seat, who is about to leave, who is in grace."""
    if share.waiting:
        return ngettext("%(n)d waits", "%(n)d wait", share.waiting) % {"n": share.waiting}
    if leaving:
        return ngettext("%(n)d leaving", "%(n)d leaving", leaving) % {"n": leaving}
    if share.in_grace:
        return ngettext("%(n)d in grace", "%(n)d in grace", share.in_grace) % {"n": share.in_grace}
    return ""


def requests_by_state(membership: Membership) -> Chart | None:
    """Where all open requests stand, each state leading to its rows."""
    if not membership.can("requests.triage"):
        return None
    breakdown = metrics.REQUESTS_BY_STATE
    url = tenant_reverse(membership.tenant, "requests:all")
    return Chart(
        breakdown.code,
        str(breakdown.name),
        str(breakdown.formula),
        [],
        [
            Slice(str(RequestState(bar.key).label), "", bar.total, [], f"{url}?state={bar.key}")
            for bar in breakdown.read(membership.tenant)
        ],
    )


def activities_by_month(membership: Membership) -> Chart | None:
    """What advocates did month by month and by effort, each month leading to its rows."""
    if not membership.can("tiers.view"):
        return None
    breakdown = metrics.ACTIVITIES_BY_MONTH
    url = (
        tenant_reverse(membership.tenant, "activities:list")
        if membership.can("activities.view")
        else ""
    )
    slices = []
    for bar in breakdown.read(membership.tenant):
        month = date.fromisoformat(bar.key)
        last = month.replace(day=monthrange(month.year, month.month)[1])
        query = {
            "state": ActivityState.COMPLETED.value,
            "happened_after": month.isoformat(),
            "happened_before": last.isoformat(),
        }
        slices.append(
            Slice(
                date_format(month, "M Y", use_l10n=False),
                date_format(month, "M", use_l10n=False),
                bar.total,
                list(bar.parts.values()),
                f"{url}?{urlencode(query)}" if url else "",
            )
        )
    series = [(effort.value, str(effort.label)) for effort in Effort]
    return Chart(breakdown.code, str(breakdown.name), str(breakdown.formula), series, slices)
