"""Which few numbers and pictures each role looks at (REP-1.a)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from reporting.metrics import breakdowns as parts
from reporting.metrics import content, costing, deals, fill, program, worth
from reporting.metrics.definitions import Breakdown, Metric


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One page: numbers that stand large, others in a line each, pictures."""

    key: str
    name: str | Promise
    large: tuple[Metric, ...]
    small: tuple[Metric, ...]
    charts: tuple[Breakdown, ...]

    @property
    def needs(self) -> set[str]:
        """The actions of the matrix that show all of it."""
        numbers = {each.may for each in (*self.large, *self.small)}
        return numbers | {each.may for each in self.charts}


DASHBOARDS: dict[str, Dashboard] = {
    board.key: board
    for board in (
        Dashboard(
            "program",
            _("Program"),
            (
                fill.BUSINESS_TIME_TO_FILL,
                program.ASK_ACCEPTANCE,
                program.THANKED_IN_TIME,
                program.ENGAGEMENT,
            ),
            (
                program.COMPLETION,
                program.RECRUITING,
                program.FIRST_ACTIVITY,
                program.BUSIEST_TENTH,
                program.AT_LIMIT,
                content.SELLERS_USING,
            ),
            (
                parts.ACTIVITIES_BY_MONTH,
                parts.ACTIVITIES_BY_TYPE,
                parts.ADVOCATES_BY_TIER,
                parts.ADVOCATES_BY_EFFORT,
                parts.ADVOCATES_BY_STATUS,
            ),
        ),
        Dashboard(
            "executive",
            _("Executive"),
            (
                deals.INFLUENCED_REVENUE,
                deals.WIN_RATE_DIFFERENCE,
                deals.CYCLE_DIFFERENCE,
                deals.REFERENCE_CLOSE_RATE,
            ),
            (
                deals.DEALS_SUPPORTED,
                deals.QUALIFIED_REFERENCES,
                program.ENGAGEMENT,
                program.THANKED_IN_TIME,
            ),
            (parts.REVENUE_BY_MONTH, parts.REVENUE_BY_TYPE, parts.ADVOCATES_BY_TIER),
        ),
        Dashboard(
            "sales",
            _("Sales"),
            (
                deals.DEALS_SUPPORTED,
                deals.REFERENCE_CLOSE_RATE,
                deals.WIN_RATE_DIFFERENCE,
                deals.CYCLE_DIFFERENCE,
            ),
            (deals.QUALIFIED_REFERENCES, deals.INFLUENCED_REVENUE),
            (parts.UNTOUCHED_BY_SELLER, parts.REVENUE_BY_TYPE),
        ),
        Dashboard(
            "marketing",
            _("Marketing"),
            (
                program.ACTIVITIES,
                program.ENGAGEMENT,
                program.ASK_ACCEPTANCE,
                deals.INFLUENCED_REVENUE,
            ),
            (
                content.ASSETS_IN_USE,
                content.FRESH_TESTIMONIALS,
                content.ASSETS_GOOD,
                program.COMPLETION,
                program.RECRUITING,
                program.ASKS_BY_SEGMENT,
                content.ASKS_SAVED,
            ),
            (
                parts.CONTENT_BY_KIND,
                parts.ACTIVITIES_BY_TYPE,
                parts.ACTIVITIES_BY_MONTH,
                parts.REVENUE_BY_TYPE,
            ),
        ),
        Dashboard(
            "csm",
            _("Customer success"),
            (
                program.THANKED_IN_TIME,
                program.ENGAGEMENT,
                program.FIRST_ACTIVITY,
                program.RECRUITING,
            ),
            (program.AT_LIMIT, program.COMPLETION),
            (parts.ADVOCATES_BY_TIER, parts.ADVOCATES_BY_EFFORT, parts.ACTIVITIES_BY_TYPE),
        ),
        Dashboard(
            "worth",
            _("Costs and return"),
            (
                worth.RETURN,
                worth.PROGRAM_COSTS,
                worth.COST_PER_ADVOCATE,
                worth.COST_PER_ASSET,
            ),
            (
                costing.COSTS_WRITTEN,
                costing.COSTS_OF_BENEFITS,
                worth.REVENUE_WITHOUT_REFERRALS,
                content.ASSETS_PUBLISHED,
            ),
            (parts.COSTS_BY_KIND, parts.ACQUISITION_BY_SOURCE),
        ),
    )
}
_OWN = {
    Role.EXECUTIVE: "executive",
    Role.SALES: "sales",
    Role.MARKETING: "marketing",
    Role.CSM: "csm",
}


def boards_of(member: Membership) -> list[Dashboard]:
    """Those whose every number a member may see, the one of their own role first."""
    own = _OWN.get(Role(member.role), "program")
    found = [board for board in DASHBOARDS.values() if all(member.can(may) for may in board.needs)]
    return sorted(found, key=lambda board: board.key != own)
