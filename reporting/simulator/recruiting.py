"""What more people could have taken, under the same rules, and what they cost (SIM-1.a)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from statistics import median
from uuid import UUID, uuid4

from django.db.models import DecimalField, Sum
from django.db.models.functions import Cast, Coalesce

from advocates.models import TierStanding
from advocates.people.choices import ENROLLED, REFERENCE_GAP_DAYS, ReferenceFrequency
from advocates.program.ledger.capacity.past import Person
from reporting.costs.choices import CostKind
from reporting.metrics.costing import COSTS_WRITTEN, given
from reporting.metrics.frame import Frame
from reporting.simulator.history import History
from reporting.simulator.ledger import Ledger, fits, refuse_too_many_won, take_for
from reporting.simulator.rows import RequestRow
from reporting.simulator.scenario import Recruits, Scenario

#: How long what was asked for usually takes, where the past does not say.
_USUAL_DAYS = 14
_YEAR = 365


@dataclass(frozen=True, slots=True)
class Price:
    """What winning and thanking them costs, in the base currency; None where nobody knows."""

    winning: Decimal | None
    rewards: Decimal | None
    winning_each: Decimal | None
    rewards_each: Decimal | None

    @property
    def total(self) -> Decimal | None:
        """Both together, or the one that is known."""
        known = [each for each in (self.winning, self.rewards) if each is not None]
        return sum(known, Decimal(0)) if known else None


def taken_by(
    history: History, scenario: Scenario, wanted: Iterable[tuple[RequestRow, int]]
) -> tuple[list[UUID], list[int]]:
    """Which of these requests they could have filled, each with the places that it lacks, and how
    many asks each of them got.

    In the order in which the requests came; who was asked least is asked first. Each keeps the
    rules of the scenario from an empty ledger on; a rule that warns does not stop them. Raises
    ``DomainError`` at ``days`` where that would take too long.
    """
    recruits = scenario.recruits
    book = Ledger(history, scenario.rules, scenario.limits)
    gap = REFERENCE_GAP_DAYS[ReferenceFrequency.QUARTERLY]
    person = Person(scenario.rules.yearly_cap, gap)
    load = dict.fromkeys((uuid4() for _n in range(recruits.count)), 0)
    takes = typical_days(history)
    filled = []
    rows = [each for each in wanted if fits(each[0], recruits)]
    refuse_too_many_won(recruits.count, len(rows))
    for row, places in sorted(rows, key=lambda each: each[0].submitted_at):
        at, found, fresh_may = row.submitted_at, [], True
        for who in sorted(load, key=lambda each: load[each]):
            # Those whom nobody asked yet are alike: what refuses one of them refuses all.
            if not (load[who] or fresh_may):
                continue
            unit = take_for(row, who, at, history)
            if not book.judge(unit, at, person).refuses:
                found.append(unit)
            elif not load[who]:
                fresh_may = False
            if len(found) == places:
                break
        if len(found) < places:
            continue
        for unit in found:
            unit.settled_at = unit.completed_at = at + timedelta(days=takes)
            unit.units = unit.units or unit.reserved
            load[unit.advocate] += 1
            book.add(unit)
        filled.append(row.id)
    return filled, list(load.values())


def typical_days(history: History) -> int:
    """Half of what was asked for was done within so many days."""
    days = [
        (unit.completed_at - unit.taken_at).days
        for unit in history.units
        if unit.completed_at is not None and history.asked(unit)
    ]
    return round(median(days)) if days else _USUAL_DAYS


def price_of(history: History, recruits: Recruits) -> Price:
    """From what was typed, else from the tenant's own costs; four statements."""
    frame = history.frame
    winning = recruits.cost if recruits.cost is not None else _own_cost(history, frame)
    rewards = recruits.rewards
    if rewards is None:
        rewards = _own_rewards(frame, recruits)
    period = Decimal(frame.days) / _YEAR
    return Price(
        winning=None if winning is None else winning * recruits.count,
        rewards=None if rewards is None else round(rewards * recruits.count * period, 2),
        winning_each=winning,
        rewards_each=rewards,
    )


def _own_cost(history: History, frame: Frame) -> Decimal | None:
    """Costs of acquisition, scaled to a year, over the people in the program now. Other kinds,
    such as production, win nobody.
    """
    value = COSTS_WRITTEN.read(replace(frame, of=CostKind.ACQUISITION)).value
    people = sum(person.is_enrolled for person in history.people.values())
    if not value or not people:
        return None
    return round(Decimal(str(value)) / people * _YEAR / frame.days, 2)


def _own_rewards(frame: Frame, recruits: Recruits) -> Decimal | None:
    """What benefits cost a year for one of those who stand on the tier now, or for one of all."""
    standing = TierStanding.objects.filter(
        tier__isnull=False, advocate__status__in=sorted(ENROLLED)
    ).order_by()
    if recruits.tier is not None:
        standing = standing.filter(tier=recruits.tier)
    people = standing.count()
    if not people:
        return None
    grants = given(frame).filter(advocate__in=standing.values("advocate"))
    amount = DecimalField(max_digits=18, decimal_places=2)
    total = grants.order_by().aggregate(
        all=Coalesce(Sum(Cast("cost", amount)), Decimal(0), output_field=amount)
    )["all"]
    return round(Decimal(total) / people * _YEAR / frame.days, 2)
