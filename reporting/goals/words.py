"""Goals in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from advocacy.tenancy.models import Tenant
from advocacy.web.formatting import day
from advocacy.web.shapes import Pace
from reporting.goals.models import Goal
from reporting.goals.progress import Progress, progress_of, target_of
from reporting.metrics.registry import METRICS
from reporting.metrics.words import nothing_of, value_of


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal as a line of a card: where it stands, whether it is on pace, where it is heading."""

    goal: Goal
    name: str
    now: str
    target: str
    verdict: str
    tone: str
    forecast: str
    baseline: str
    pace: Pace | None


def target_words(goal: Goal) -> str:
    """The target in its unit."""
    metric = METRICS[goal.metric]
    return value_of(metric, target_of(goal, metric), goal.tenant)


def line_of(goal: Goal, tenant: Tenant) -> GoalLine:
    """How it stands today."""
    found = progress_of(goal, tenant)
    metric, value = found.metric, found.reading.value
    now = value_of(metric, value, tenant) if value is not None else "–"
    target = value_of(metric, found.target, tenant)
    verdict, tone = _verdict(found, goal, tenant)
    said = _("%(now)s of %(target)s") % {"now": now, "target": target}
    pace = None
    if value is not None and metric.unit in ("count", "money", "share") and found.target > 0:
        whole = 1.0 if metric.unit == "share" else max(found.target * 1.1, value)
        pace = Pace(value, whole, f"{metric.name}: {said}", goal=found.target)
    return GoalLine(
        goal,
        str(metric.name),
        now,
        target,
        verdict,
        tone,
        _forecast(found, tenant),
        _baseline(found, tenant),
        pace,
    )


def _verdict(found: Progress, goal: Goal, tenant: Tenant) -> tuple[str, str]:
    if found.phase == "ahead":
        return _("begins on %(day)s") % {"day": day(goal.starts_on)}, ""
    if found.on_pace is None or found.expected is None:
        return nothing_of(found.reading), ""
    if found.phase == "over":
        return (_("reached"), "success") if found.on_pace else (_("missed"), "warning")
    expected = value_of(found.metric, found.expected, tenant)
    if found.metric.unit in ("count", "money"):
        text = _("on pace: %(n)s by today") if found.on_pace else _("behind: %(n)s by today")
        return text % {"n": expected}, "success" if found.on_pace else "warning"
    return (_("reached so far"), "success") if found.on_pace else (_("not yet"), "warning")


def _forecast(found: Progress, tenant: Tenant) -> str:
    if found.forecast is None or found.phase != "running":
        return ""
    values = {"value": value_of(found.metric, found.forecast.value, tenant)}
    if found.forecast.low is None or found.forecast.high is None:
        return _("heading for %(value)s") % values
    values["low"] = value_of(found.metric, found.forecast.low, tenant)
    values["high"] = value_of(found.metric, found.forecast.high, tenant)
    return _("heading for %(value)s, likely %(low)s to %(high)s") % values


def _baseline(found: Progress, tenant: Tenant) -> str:
    if found.baseline is None:
        return _("nothing in the last 90 days to compare with")
    value = {"value": value_of(found.metric, found.baseline, tenant)}
    if found.metric.unit in ("count", "money"):
        return _("%(value)s at the pace of the last 90 days") % value
    return _("%(value)s in the last 90 days") % value
