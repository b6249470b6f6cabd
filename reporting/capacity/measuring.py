"""How full everybody is now, as whole numbers (CAP-6).

What open work needs is counted from duties that somebody has, places of requests that are not
filled, and thank-yous that are owed; each step takes the minutes of the tenant, running an
activity those of its type. Why: docs/decisions/0043.
"""

import uuid
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum

from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty
from advocacy import clock
from advocacy.tenancy.roles import Role
from advocacy.tenant_settings.reading import current
from advocates.models import ActivityType
from advocates.people.selectors import candidate_advocates, enrolled_advocates
from advocates.responsibilities.selectors import role_for, shares
from advocates.responsibilities.steps import Step, steps_of
from advocates.workload.numbers import Workload
from advocates.workload.selectors import YEAR, busiest_tenth, care, near_limit, promoters
from benefits.budgets.selectors import budget_left
from benefits.grants.lifecycle import GrantState
from benefits.grants.models import Grant
from benefits.thanks.choices import ThankYouState
from benefits.thanks.models import ThankYou
from reporting.capacity.numbers import TEAMS, Bandwidth
from reporting.settings import Measuring
from requests.models import Request
from requests.requests.choices import REQUEST_OPEN
from requests.requests.selectors import with_yes

#: How long a full-time job is.
FULL, HALF = 100, 50
#: Of fewer asks the share of a tenth says nothing.
_ENOUGH_ASKS = 20
#: The warning about money; who may not open budgets does not read it.
FUNDS = "funds"


@dataclass(frozen=True, slots=True)
class Manager:
    """One program manager: open requests beside what their share of time can carry."""

    member: str
    open: int
    target: int
    share: int


@dataclass(frozen=True, slots=True)
class Team:
    """What open work needs of a team, in minutes, beside the hours it gives each week."""

    role: str
    minutes: int
    hours: int

    @property
    def weeks(self) -> float | None:
        """How long the team is busy with it; None where it gives no time at all."""
        return self.minutes / 60 / self.hours if self.hours else None


@dataclass(frozen=True, slots=True)
class Funds:
    """Today's budgets for benefits together, in hundredths of the tenant's currency; ``planned`` is
    what waits for an approval and is in none of the others.
    """

    amount: int
    spent: int
    committed: int
    planned: int

    @property
    def left(self) -> int:
        """Below zero where more was approved than there is."""
        return self.amount - self.spent - self.committed


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that was counted. Of a year: ``asks`` and how many of them the tenth got that was
    asked most.
    """

    enrolled: int = 0
    near: int = 0
    over: int = 0
    asks: int = 0
    busiest: int = 0
    busiest_asks: int = 0
    never_asked: int = 0
    never_asked_candidates: int = 0
    overdue_touch: int = 0
    share: int = 0
    managers: list[Manager] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    #: None where no budget holds today.
    funds: Funds | None = None

    @property
    def busiest_percent(self) -> int:
        """Share of the tenth asked most, in whole per cent, rounded down."""
        return self.busiest_asks * 100 // self.asks if self.asks else 0


def figures_in(kept: dict[str, Any]) -> Figures:
    """Figures as they were kept."""
    rest = {name: value for name, value in kept.items() if name in Figures.__dataclass_fields__}
    return Figures(
        **{
            **rest,
            "managers": [Manager(**each) for each in kept.get("managers", ())],
            "teams": [Team(**each) for each in kept.get("teams", ())],
            "funds": Funds(**kept["funds"]) if kept.get("funds") else None,
        }
    )


def as_kept(figures: Figures) -> dict[str, Any]:
    """Figures as the table keeps them."""
    return asdict(figures)


def measure() -> Figures:
    """Count everything; some seventeen statements, however many people there are."""
    listed, tenth = enrolled_advocates(), busiest_tenth(clock.now() - timedelta(days=YEAR))
    totals = listed.aggregate(
        near=Count("pk", filter=near_limit()), over=Count("pk", filter=Q(used__gt=F("allowance")))
    )
    touch, never = care(), promoters() & Q(last_asked_at=None)
    managers = _managers()
    return Figures(
        enrolled=touch.enrolled,
        near=totals["near"],
        over=totals["over"],
        asks=tenth.asks,
        busiest=len(tenth.people),
        busiest_asks=tenth.theirs,
        never_asked=listed.filter(never).count(),
        never_asked_candidates=candidate_advocates().filter(never).count(),
        overdue_touch=touch.overdue,
        share=sum(each.share for each in managers),
        managers=managers,
        teams=_teams(),
        funds=_funds(),
    )


def warnings_of(figures: Figures) -> list[str]:
    """What is worth a word, by code."""
    numbers, found = current(Bandwidth), []
    most = current(Measuring).busiest_percent
    if figures.asks >= _ENOUGH_ASKS and figures.busiest_asks * 100 > figures.asks * most:
        found.append("busiest")
    if figures.overdue_touch * 100 > figures.enrolled * current(Workload).overdue_touch_percent:
        found.append("touch")
    if any(each.open > each.target for each in figures.managers):
        found.append("managers")
    if figures.share <= HALF and figures.enrolled > numbers.half_time_people:
        found.append("half_time")
    elif figures.share < FULL and figures.enrolled >= numbers.full_time_people:
        found.append("full_time")
    if figures.funds is not None and figures.funds.planned > figures.funds.left:
        found.append(FUNDS)
    # More than so many weeks' giving; of a team that gives nothing, any work is too much.
    given = numbers.weeks_of_work * 60
    return found + [team.role for team in figures.teams if team.minutes > team.hours * given]


def _funds() -> Funds | None:
    found = budget_left()
    if found is None:
        return None
    waits = Grant.objects.filter(state=GrantState.PLANNED).aggregate(total=Sum("cost"))["total"]
    amounts = (found.amount, found.spent, found.committed, waits or Decimal(0))
    return Funds(*(int(each * 100) for each in amounts))


def _managers() -> list[Manager]:
    running = Request.objects.filter(state__in=REQUEST_OPEN).order_by()
    counted = dict(running.values_list("manager_id").annotate(n=Count("pk")))
    most = current(Bandwidth).open_requests
    return [
        Manager(str(member.pk), counted.get(member.pk, 0), max(most * share // FULL, 1), share)
        for member, share in shares()
    ]


def _teams() -> list[Team]:
    numbers = current(Bandwidth)
    kinds = {kind.pk: kind for kind in ActivityType.objects.all()}
    minutes: Counter[str] = Counter()

    def needs(role: str, step: str, kind: ActivityType, count: int = 1) -> None:
        minutes[role] += count * numbers.minutes_of(step, kind.minutes_midpoint)

    owned = Duty.objects.filter(state=DutyState.OPEN).order_by()
    of_type = owned.values_list("activity__activity_type_id", "step", "owner__role")
    for kind_id, step, role, count in of_type.annotate(n=Count("pk")):
        kind = kinds[kind_id]
        needs(role or role_for(kind, step), step, kind, count)
    for kind_id, places in _open_places():
        kind = kinds[kind_id]
        for step in steps_of(kind):
            if step != Step.FIND:
                needs(role_for(kind, step), step, kind, places)
    owed = ThankYou.objects.filter(state=ThankYouState.OPEN).order_by()
    for role, count in owed.values_list("owner__role").annotate(n=Count("pk")):
        minutes[role or Role.CSM] += count * numbers.thank_minutes
    return [Team(role.value, minutes[role], numbers.hours_of(role)) for role in TEAMS]


def _open_places() -> list[tuple[uuid.UUID, int]]:
    """Places of open requests for which nobody has said yes; who has is in the duties already."""
    rows = with_yes(Request.objects.filter(state__in=REQUEST_OPEN)).order_by()
    places: Counter[uuid.UUID] = Counter()
    for kind, needed, accepted, yes in rows.values_list(
        "activity_type_id", "needed_count", "accepted_count", "yes"
    ):
        places[kind] += max((accepted or needed) - yes, 0)
    return list(places.items())
