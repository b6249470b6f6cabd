"""The metrics by their codes, in the order in which they are explained."""

from advocacy.tenancy.models import Membership
from reporting.metrics import content, deals, program
from reporting.metrics.breakdowns import BREAKDOWNS
from reporting.metrics.definitions import Breakdown, Metric

METRICS: dict[str, Metric] = {
    metric.code: metric for metric in (*program.METRICS, *content.METRICS, *deals.METRICS)
}


def shown_to(member: Membership) -> list[Metric]:
    """Those a member may see, with the tenant's own targets and periods."""
    return [metric.of_tenant() for metric in METRICS.values() if member.can(metric.may)]


def metric_of(code: str, member: Membership) -> Metric | None:
    """One of them."""
    metric = METRICS.get(code)
    return metric.of_tenant() if metric and member.can(metric.may) else None


def breakdowns_of(member: Membership) -> list[Breakdown]:
    """The breakdowns a member may see."""
    return [each for each in BREAKDOWNS.values() if member.can(each.may)]
