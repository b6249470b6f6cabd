"""Numbers as a person reads them: value, target, period, and whether that is good."""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from django.db.models import Count, Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenancy.models import Membership
from advocates.models import Advocate, Tier, TierStanding
from advocates.states import ENROLLED
from reporting import metrics
from reporting.metrics import Metric

#: Fewer enrolled than this, and a share says nothing yet (TIER-8).
JUDGE_SHARES_FROM = 100


@dataclass(frozen=True, slots=True)
class Number:
    """One number card."""

    label: str
    value: str
    tone: str
    note: str
    formula: str


@dataclass(frozen=True, slots=True)
class TierRow:
    """One tier with its share against the guide."""

    code: str
    name: str
    count: int
    share: str
    guide: str
    waiting: int
    judged: bool
    fits: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The program in one card: tiers and load."""

    enrolled: int
    tiers: list[TierRow]


def headline(total: int, late: int) -> str:
    """The day in one sentence: "7 things need you, 1 is overdue"."""
    if not total:
        return _("Nothing needs you right now")
    need = ngettext("%(n)d thing needs you", "%(n)d things need you", total) % {"n": total}
    if not late:
        return need
    over = ngettext("%(n)d is overdue", "%(n)d are overdue", late) % {"n": late}
    return f"{need}, {over}"


def percent(value: float | Decimal, digits: int = 0) -> str:
    """``0.974`` as "97 %"."""
    return f"{number_format(round(float(value) * 100, digits), decimal_pos=digits)} %"


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


def number(metric: Metric, membership: Membership) -> Number:
    """A metric as a card; nothing measured yet is said in words, never as a zero."""
    reading = metric.now(membership.tenant)
    period = ngettext("%(n)d day", "%(n)d days", metric.days) % {"n": metric.days}
    parts = []
    if metric.target is not None:
        parts.append(_("target %(target)s") % {"target": _value(metric, metric.target)})
    parts.append(period)
    if reading.value is None:
        return Number(str(metric.name), "–", "", _("nothing to measure yet"), str(metric.formula))
    return Number(
        str(metric.name),
        _value(metric, reading.value),
        _tone(metric, reading.value),
        " · ".join(parts),
        str(metric.formula),
    )


def numbers_for(membership: Membership) -> list[Number]:
    """The few numbers a role is shown on Today."""
    if membership.can("tiers.view"):
        shown = [metrics.THANKED_IN_TIME, metrics.TIME_TO_FILL, metrics.ASK_ACCEPTANCE]
    else:
        shown = [metrics.TIME_TO_FILL, metrics.ASK_ACCEPTANCE]
    if membership.can("requests.triage"):
        shown.append(metrics.BUSIEST_TENTH)
    return [number(metric, membership) for metric in shown]


def program_picture(membership: Membership) -> Picture | None:
    """Tiers against their guides, for roles that look after the program."""
    if not membership.can("tiers.view"):
        return None
    enrolled = Advocate.objects.filter(status__in=ENROLLED).count()
    standing = TierStanding.objects.filter(advocate__status__in=ENROLLED)
    held = dict(standing.values_list("tier").annotate(n=Count("pk")))
    waiting = dict(
        standing.filter(Q(waiting_for__isnull=False))
        .values_list("waiting_for")
        .annotate(n=Count("pk"))
    )
    rows = []
    for tier in Tier.objects.order_by("-rank"):
        count = held.get(tier.pk, 0)
        share = count / enrolled if enrolled else 0
        guide = (
            f"{tier.guide_low}–{tier.guide_high} %"
            if tier.guide_low is not None and tier.guide_high is not None
            else ""
        )
        fits = not guide or bool(
            tier.guide_low <= round(share * 100) <= tier.guide_high  # type: ignore[operator]
        )
        rows.append(
            TierRow(
                code=tier.code,
                name=tier.name,
                count=count,
                share=percent(share, 1) if enrolled else "",
                guide=guide,
                waiting=waiting.get(tier.pk, 0),
                judged=enrolled >= JUDGE_SHARES_FROM,
                fits=fits,
            )
        )
    return Picture(enrolled, rows)
