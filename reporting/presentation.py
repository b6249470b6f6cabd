"""Numbers as a person reads them: value, target, period, whether that is good, and where the rows
behind them are.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.web.shapes import Pace, percent
from advocacy.web.urls import tenant_reverse
from reporting import metrics
from reporting.definitions import Metric, Reading


@dataclass(frozen=True, slots=True)
class Number:
    """One number card, or one line of a card of numbers; ``url`` leads to its rows."""

    label: str
    value: str
    tone: str
    note: str
    formula: str
    url: str = ""
    pace: Pace | None = None


def headline(total: int, late: int) -> str:
    """The day in one sentence: "7 things need you, 1 is overdue"."""
    if not total:
        return _("Nothing needs you right now")
    need = ngettext("%(n)d thing needs you", "%(n)d things need you", total) % {"n": total}
    if not late:
        return need
    over = ngettext("%(n)d is overdue", "%(n)d are overdue", late) % {"n": late}
    return f"{need}, {over}"


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
        "engagement": ("advocates.view", "advocates:list", {"sort": "-last_asked"}),
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
    value = _value(metric, reading.value)
    return Number(
        name,
        value,
        _tone(metric, reading.value),
        note or " · ".join(parts),
        formula,
        _rows_behind(metric, membership),
        _pace(metric, reading.value, f"{name}: {value}, {parts[0]}"),
    )


def _pace(metric: Metric, value: float, words: str) -> Pace | None:
    """The number beside its target; a time has room for twice the target."""
    if metric.target is None:
        return None
    whole = 1 if metric.unit == "share" else 2 * metric.target
    return Pace(value, whole, words, goal=metric.target)


def numbers_for(membership: Membership) -> list[Number]:
    """The few numbers a role is shown on Today."""
    shown = []
    if membership.can("metrics.view"):
        shown.append(metrics.THANKED_IN_TIME)
    if membership.can("requests.view") or membership.can("metrics.view"):
        shown.append(metrics.TIME_TO_FILL)
    if membership.role == Role.EXECUTIVE:
        shown += [metrics.ASK_ACCEPTANCE, metrics.ENGAGEMENT]
    return [number(metric, membership) for metric in shown]


def load_for(membership: Membership) -> list[Number]:
    """Whether the asks are spread fairly, for roles that look after the program (MAT-3)."""
    if not membership.can("metrics.view"):
        return []
    fair = percent(metrics.BUSIEST_TENTH.of_tenant().target or 0)
    spread = [
        number(
            metrics.BUSIEST_TENTH,
            membership,
            _("fair is under %(share)s · %(days)d days")
            % {"share": fair, "days": metrics.BUSIEST_TENTH.days},
        ),
        number(metrics.AT_LIMIT, membership, _("they rest until a unit frees")),
    ]
    # Before anybody was asked there is nothing to be fair about.
    return spread if spread[0].tone or spread[1].value != "0" else []
