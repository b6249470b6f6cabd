"""Numbers of the program as pictures, each with its words and the rows behind every part."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.activities.choices import ActivityState
from advocacy.tenancy.models import Membership
from advocacy.web.charts import Chart, Point, Series
from advocacy.web.shapes import Pace, percent
from advocacy.web.urls import tenant_reverse
from advocates.accounts.choices import Segment
from advocates.program.catalogue.choices import Effort
from advocates.program.tiers.selectors import TierShare, drifting_by_tier, tier_shares
from reporting.metrics import breakdowns, program
from reporting.metrics.frame import Frame
from requests.requests.choices import RequestState

#: The more is asked, the stronger.
_BY_EFFORT = {Effort.LOW: 3, Effort.MODERATE: 2, Effort.HIGH: 1}


@dataclass(frozen=True, slots=True)
class TierRow:
    """One tier with its share against the guide, and the one thing to look at."""

    tier: TierShare
    task: str
    pace: Pace


@dataclass(frozen=True, slots=True)
class Picture:
    """The tiers in one card."""

    enrolled: int
    judged: bool
    tiers: list[TierRow]


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
    bars = program.ASKS_BY_SEGMENT.now(membership.tenant).parts or []
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
    """Tiers against their guides, for roles that look after the program (TIER-8); nothing while
    nobody is enrolled.
    """
    if not membership.can("tiers.view"):
        return None
    shares = tier_shares()
    if not shares.enrolled:
        return None
    drifting = drifting_by_tier()
    widest = max(
        [1.0, *(float(s.share) for s in shares.tiers)]
        + [float(s.tier.guide_high) for s in shares.tiers if s.tier.guide_high is not None]
    )
    rows = [
        TierRow(share, _task(share, drifting.get(share.tier.pk, 0)), _pace(share, widest))
        for share in shares.tiers
    ]
    return Picture(shares.enrolled, shares.judged, rows)


def _pace(share: TierShare, widest: float) -> Pace:
    low, high = share.tier.guide_low, share.tier.guide_high
    said = f"{share.tier.name}: {percent(float(share.share) / 100, 1)}"
    if low is not None and high is not None:
        said += " · " + _("guide %(low)s to %(high)s") % {
            "low": percent(float(low) / 100),
            "high": percent(float(high) / 100),
        }
    return Pace(
        float(share.share),
        widest,
        said,
        low=float(low) if low is not None else None,
        high=float(high) if high is not None else None,
    )


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
    """Where all open requests stand, each state leading to its rows; nothing while none is open."""
    if not membership.can("requests.triage"):
        return None
    breakdown = breakdowns.REQUESTS_BY_STATE
    bars = breakdown.read(Frame.of_last(membership.tenant, breakdown.days))
    if not any(bar.total for bar in bars):
        return None
    url = tenant_reverse(membership.tenant, "requests:all")
    return Chart(
        code=breakdown.code,
        title=str(breakdown.name),
        note=str(breakdown.formula),
        over=_("State"),
        series=[Series(_("Requests"))],
        points=[
            Point(str(RequestState(bar.key).label), [bar.total], url=f"{url}?state={bar.key}")
            for bar in bars
        ],
    )


def activities_by_month(membership: Membership) -> Chart | None:
    """What advocates did month by month and by effort, each month leading to its rows; nothing
    before the first.
    """
    if not membership.can("tiers.view"):
        return None
    breakdown = breakdowns.ACTIVITIES_BY_MONTH
    bars = breakdowns.of_last_months(breakdown.read, membership.tenant)
    if not any(bar.total for bar in bars):
        return None
    url = ""
    if membership.can("activities.view"):
        url = tenant_reverse(membership.tenant, "activities:list")
    points = []
    for bar in bars:
        month = date.fromisoformat(bar.key)
        last = month.replace(day=monthrange(month.year, month.month)[1])
        query = {
            "state": ActivityState.COMPLETED.value,
            "happened_after": month.isoformat(),
            "happened_before": last.isoformat(),
        }
        points.append(
            Point(
                date_format(month, "M Y", use_l10n=False),
                [bar.parts[effort] for effort in Effort],
                date_format(month, "M", use_l10n=False),
                f"{url}?{urlencode(query)}" if url else "",
            )
        )
    return Chart(
        code=breakdown.code,
        title=str(breakdown.name),
        note=_("How many were completed, by the month in which they happened and by effort"),
        over=_("Month"),
        series=[Series(str(effort.label), _BY_EFFORT[effort]) for effort in Effort],
        points=points,
    )
