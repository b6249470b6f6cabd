"""Numbers as a person reads them: value, target, period, whether that is good, and where the rows
behind them are.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.web.shapes import Pace, percent
from advocacy.web.urls import tenant_reverse
from reporting.metrics import program as metrics
from reporting.metrics.definitions import Metric, Reading
from reporting.metrics.frame import Frame
from reporting.metrics.words import (
    interval_of,
    left_out_of,
    made_of,
    not_told_by,
    nothing_of,
    value_of,
)


@dataclass(frozen=True, slots=True)
class Number:
    """One number card, or one line of a card of numbers; ``url`` leads to its rows. ``made`` says
    of what it is made and how sure it is, ``lost`` what could not be counted.
    """

    label: str
    value: str
    tone: str
    note: str
    formula: str
    url: str = ""
    pace: Pace | None = None
    made: str = ""
    lost: list[str] = field(default_factory=list)


def headline(total: int, late: int) -> str:
    """The day in one sentence: "7 things need you, 1 is overdue"."""
    if not total:
        return _("Nothing needs you right now")
    need = ngettext("%(n)d thing needs you", "%(n)d things need you", total) % {"n": total}
    if not late:
        return need
    over = ngettext("%(n)d is overdue", "%(n)d are overdue", late) % {"n": late}
    return f"{need}, {over}"


def _tone(metric: Metric, value: float) -> str:
    if metric.target is None:
        return ""
    good = value >= metric.target if metric.higher_is_better else value <= metric.target
    return "success" if good else "warning"


def metric_url(metric: Metric, member: Membership, query: str = "") -> str:
    """Where its definition and its rows stand; "" for whom its rows are not."""
    if not member.can(metric.may):
        return ""
    return tenant_reverse(member.tenant, "metric", metric.code) + query


def number(
    metric: Metric,
    membership: Membership,
    note: str = "",
    *,
    frame: Frame | None = None,
    query: str = "",
    compared: bool = False,
) -> Number:
    """A metric as a card; nothing measured yet is said in words, never as a zero.

    ``note`` replaces target and period where they are said in words of its own; without a
    ``frame`` it is the metric's own, and ``query`` asks for the same frame of its rows.
    ``compared`` says what it was in as many days before.
    """
    metric, tenant = metric.of_tenant(), membership.tenant
    own = frame or metric.frame(tenant)
    reading: Reading = metric.read(own)
    days = own.days
    period = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    parts = []
    if metric.target is not None:
        parts.append(_("target %(target)s") % {"target": value_of(metric, metric.target, tenant)})
    parts.append(period)
    name, formula = str(metric.name), str(metric.formula)
    url = metric_url(metric, membership, query)
    lost = [left_out_of(each) for each in reading.left_out]
    if wide := not_told_by(metric, own):
        lost.insert(0, wide)
    if reading.value is None:
        made = made_of(metric, reading, tenant) if reading.groups else ""
        return Number(
            name,
            "–",
            "",
            nothing_of(reading),
            formula,
            url if lost or made else "",
            None,
            made,
            lost,
        )
    value = value_of(metric, reading.value, tenant)
    said = [made_of(metric, reading, tenant), interval_of(metric, reading, tenant)]
    if compared:
        said.append(_before(metric, own, tenant))
    return Number(
        name,
        value,
        _tone(metric, reading.value),
        note or " · ".join(parts),
        formula,
        url,
        _pace(metric, reading.value, f"{name}: {value}, {parts[0]}"),
        "; ".join(each for each in said if each),
        lost,
    )


def _before(metric: Metric, frame: Frame, tenant: Tenant) -> str:
    """What it was in as many days before; nothing where that cannot be known."""
    if not metric.has_past:
        return ""
    value = metric.read(frame.before()).value
    if value is None:
        return _("nothing to compare with before")
    return _("%(value)s in the period before") % {"value": value_of(metric, value, tenant)}


def _pace(metric: Metric, value: float, words: str) -> Pace | None:
    """The number beside its target; a time has room for twice the target."""
    if metric.target is None:
        return None
    if metric.unit == "difference":
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
