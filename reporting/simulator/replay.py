"""The past once more, ask by ask in the order in which they were sent, under any rules (SIM-1.a).

An ask that is refused takes nothing: what came of it never was, and those after it find the room.
What was given without being asked is a fact and stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from advocates.program.ledger.capacity.past import Judgement, Limits, Rules, Unit
from reporting.simulator.history import History
from reporting.simulator.ledger import Crowd, Ledger
from reporting.simulator.rows import is_take


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
class Replayed:
    """Every ask of the period with what the rules say, in the order in which they were sent.

    ``free``: of requests that found nobody, whether somebody who fits had room when it was
    submitted. ``stand_in``: of an ask that was refused and had been a yes, whether somebody else
    had.
    """

    verdicts: list[Verdict] = field(default_factory=list)
    free: dict[UUID, bool] = field(default_factory=dict)
    stand_in: dict[UUID, bool] = field(default_factory=dict)

    @property
    def refused(self) -> list[Verdict]:
        """Those that the rules refuse."""
        return [each for each in self.verdicts if each.refused_by]


def replay(history: History, rules: Rules, limits: Mapping[UUID, Limits] | None = None) -> Replayed:
    """The period under these rules, and other limits of some types. What lies before it was as it
    was; it counts, and is not judged.
    """
    ledger, found = Ledger(history, rules, limits or {}), Replayed()
    crowd = Crowd(history, ledger)
    start, end = history.frame.moments
    waiting = sorted(
        (row for row in history.requests.values() if row.found_nobody and row.submitted_at < end),
        key=lambda row: row.submitted_at,
        reverse=True,
    )
    for unit in history.units:
        while waiting and waiting[-1].submitted_at < unit.known_at:
            row = waiting.pop()
            found.free[row.id] = crowd.has_room(row, row.submitted_at)
        if is_take(unit) and start <= unit.taken_at < end:
            verdict = Verdict(unit, ledger.judge(unit, unit.taken_at))
            if history.asked(unit):
                found.verdicts.append(verdict)
            if verdict.refused_by:
                request, ask = history.request_of(unit), history.asks.get(unit.id)
                if request is not None and ask is not None and ask.said_yes:
                    found.stand_in[unit.id] = crowd.has_room(request, unit.taken_at)
                continue
        ledger.add(unit)
    for row in waiting:
        found.free[row.id] = crowd.has_room(row, row.submitted_at)
    return found
