"""The past once more, ask by ask in the order in which they were sent, under any rules (SIM-1.a).

An ask that is refused takes nothing: what came of it never was, and those after it find the room.
What was given without being asked is a fact and stays.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from advocacy import clock
from advocates.program.ledger.capacity.then import Judgement, Limits, Person, Rules, Unit, judge
from reporting.simulator.history import History, is_take

_NO_LIMITS = Limits()
#: Nobody knows of somebody who has no row to be counted in.
NO_ROW = "capacity_row"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One ask of the period and what the rules say to it."""

    unit: Unit
    judgement: Judgement

    @property
    def refused_by(self) -> str:
        """The rule that refuses it; "" for an ask that goes out."""
        return self.judgement.refused_by

    @property
    def needs_reason(self) -> bool:
        """Whether a rule only warns, which takes a written reason (CAP-5)."""
        return not self.judgement.refuses and bool(self.judgement.warns)

    @property
    def had_reason(self) -> bool:
        """Whether one was written when it was sent."""
        return bool(self.unit.override_reason)


@dataclass(slots=True)
class Ledger:
    """The ledger as it grows: units by person and by account."""

    history: History
    rules: Rules
    own: dict[UUID, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    company: dict[UUID, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    _years: dict[object, datetime] = field(default_factory=dict)

    def add(self, unit: Unit) -> None:
        """It came into the ledger."""
        self.own[unit.advocate].append(unit)
        self.company[unit.account].append(unit)

    def judge(self, take: Unit, at: datetime, person: Person | None = None) -> Judgement:
        """What the guard says to a take now; ``person`` is somebody whom the past does not know."""
        person = person or self.person(take.advocate)
        if person is None:
            return Judgement((NO_ROW,), ())
        return judge(
            take,
            at=at,
            since=self.since(at),
            rules=self.rules,
            limits=self.history.limits.get(take.kind, _NO_LIMITS),
            person=person,
            own=self.own.get(take.advocate, ()),
            company=self.company.get(take.account, ()),
        )

    def person(self, pk: UUID) -> Person | None:
        """What the guard reads of somebody, under the rules of this ledger."""
        known = self.history.people.get(pk)
        if known is None or known.allowance is None:
            return None
        return Person(known.allowed(self.rules, self.history.rules), known.reference_gap)

    def since(self, at: datetime) -> datetime:
        """The beginning of the year that ends then."""
        zone = self.history.frame.tenant.zone
        day = at.astimezone(zone).date()
        if day not in self._years:
            self._years[day] = clock.year_start(zone, at)
        return self._years[day]


def replay(history: History, rules: Rules) -> list[Verdict]:
    """Every ask of the period with what the rules say, in the order in which they were sent.

    What lies before the period was as it was; it counts, and is not judged.
    """
    ledger, found = Ledger(history, rules), []
    start, end = history.frame.moments
    for unit in history.units:
        if is_take(unit) and start <= unit.taken_at < end:
            verdict = Verdict(unit, ledger.judge(unit, unit.taken_at))
            if history.asked(unit):
                found.append(verdict)
            if verdict.refused_by:
                continue
        ledger.add(unit)
    return found


def refused(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Those that the rules refuse."""
    return [each for each in verdicts if each.refused_by]
