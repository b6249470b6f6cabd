"""Which advocate is proposed for which open request, and what that gains (MAT-4)."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from advocacy import clock
from advocacy.tenancy.calendar import BusinessCalendar, calendar_of
from advocates.models import Advocate
from advocates.program.ledger.capacity.rooms import units_of
from requests.allocation.candidates import Candidates, Program, served_in_order, solved
from requests.allocation.problem import Need, Pair, worth
from requests.matching.matches import Beside, Match, read_advocates
from requests.models import Request
from requests.requests.levels import is_rush, service_level
from requests.requests.selectors import to_allocate, waiting_for_approval


class Priority(IntEnum):
    """Which places are filled before others (MAT-4.a); of one priority, what is needed sooner."""

    RUSH = 0
    LATE = 1
    NEARLY_LATE = 2
    USUAL = 3


#: So many requests are allocated together, the most urgent: a plan is there in seconds, and one
#: press sends all of it.
AT_ONCE = 200

_BY_TONE = {"red": Priority.LATE, "amber": Priority.NEARLY_LATE}


@dataclass(frozen=True, slots=True)
class Line:
    """One request: who is proposed for its open places, and who would be asked first come, first
    served.
    """

    request: Request
    places: int
    priority: Priority
    chosen: list[Match]
    first_come: list[Match]

    @property
    def missing(self) -> int:
        """Places for which nobody is left who fits well and can be asked without a word of care."""
        return self.places - len(self.chosen)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an allocation reaches."""

    filled: int = 0
    fit: int = 0
    urgent: int = 0

    @property
    def average(self) -> int | None:
        """The average fit, rounded down; none where nobody is asked."""
        return self.fit // self.filled if self.filled else None


@dataclass(frozen=True, slots=True)
class Plan:
    """A proposal for all open requests; nothing of it is stored."""

    lines: list[Line] = field(default_factory=list)
    #: Less urgent open requests that were left for later, since there are very many.
    later: int = 0
    #: Open requests that wait for approval, and are left out of it (REQ-3.b).
    held: list[Request] = field(default_factory=list)
    #: What the plan reaches, and what first come, first served would.
    gets: Outcome = Outcome()
    first_come: Outcome = Outcome()
    #: Who would be asked first come, first served, and is left in peace by the plan.
    spared: list[Advocate] = field(default_factory=list)

    @property
    def places(self) -> int:
        """Open places of all requests."""
        return sum(line.places for line in self.lines)

    @property
    def held_ids(self) -> list[uuid.UUID]:
        """The keys of those that wait for approval."""
        return [row.pk for row in self.held]

    @property
    def fingerprint(self) -> str:
        """The same for the same people at the same requests, and for nothing else."""
        pairs = sorted(
            f"{line.request.pk}:{each.advocate.pk}" for line in self.lines for each in line.chosen
        )
        return hashlib.sha256("\n".join(pairs).encode()).hexdigest()[:32]


def make_plan() -> Plan:
    """The best allocation of all open requests, under every rule of capacity, with at most one ask
    a person (MAT-4.a, MAT-4.b). Reads only; the statements grow with the types asked for, not with
    the requests.
    """
    now = clock.now()
    rows = [row for row in to_allocate() if _places(row) and row.deadline > now]
    held = list(waiting_for_approval())
    if not rows:
        return Plan(held=held)
    calendar = calendar_of(rows[0].tenant)
    rows, later = _most_urgent(rows, [_need(row, calendar, now) for row in rows])
    needs = [_need(row, calendar, now) for row in rows]
    program = Program(rows)
    candidates = [Candidates(question, program) for question in program.questions]
    problem, chosen = solved(needs, candidates, program)
    # The rows come in the order in which they were submitted.
    greedy = served_in_order(needs, candidates, program)
    if worth(problem, chosen) < worth(problem, greedy):
        raise RuntimeError("the allocation is worse than first come, first served")
    lines = _lines(rows, needs, candidates, chosen, greedy)
    taken = {pair.person for pair in chosen}
    return Plan(
        lines=lines,
        later=later,
        held=held,
        gets=_outcome(needs, chosen),
        first_come=_outcome(needs, greedy),
        spared=[
            each.advocate
            for line in lines
            for each in line.first_come
            if each.advocate.pk not in taken
        ],
    )


def _most_urgent(rows: list[Request], needs: list[Need]) -> tuple[list[Request], int]:
    """Those that are allocated now, in the order in which they came, and how many are left out."""
    order = sorted(range(len(rows)), key=lambda n: (needs[n].rank, needs[n].days, n))
    return [rows[n] for n in sorted(order[:AT_ONCE])], max(len(rows) - AT_ONCE, 0)


def _places(row: Request) -> int:
    """How many more have to be asked so that each place has a yes or an ask that waits."""
    return max(row.number_needed - row.yes - row.out, 0)  # type: ignore[attr-defined]


def _need(row: Request, calendar: BusinessCalendar, now: datetime) -> Need:
    return Need(
        places=_places(row),
        rank=_priority(row, calendar, now),
        days=(row.needed_by - now.astimezone(row.tenant.zone).date()).days,
        units=units_of(row.activity_type),
    )


def _priority(row: Request, calendar: BusinessCalendar, now: datetime) -> Priority:
    if is_rush(calendar, now, row.needed_by):
        return Priority.RUSH
    return _BY_TONE.get(service_level(row, calendar, now).tone, Priority.USUAL)


def _outcome(needs: Sequence[Need], pairs: Sequence[Pair]) -> Outcome:
    urgent = sum(needs[pair.need].rank < Priority.USUAL for pair in pairs)
    return Outcome(len(pairs), sum(pair.fit for pair in pairs), urgent)


def _lines(
    rows: Sequence[Request],
    needs: Sequence[Need],
    candidates: Sequence[Candidates],
    chosen: Sequence[Pair],
    greedy: Sequence[Pair],
) -> list[Line]:
    ours, theirs = _by_need(chosen), _by_need(greedy)
    named = {pair.person for pair in (*chosen, *greedy)}
    people, beside = read_advocates(named), Beside.read(named)
    lines = []
    for n, (row, need) in enumerate(zip(rows, needs, strict=True)):
        mine = list(dict.fromkeys([*ours[n], *theirs[n]]))
        found = {each.advocate.pk: each for each in candidates[n].match(mine, people, beside)}
        lines.append(
            Line(
                request=row,
                places=need.places,
                priority=Priority(need.rank),
                chosen=[found[pk] for pk in ours[n]],
                first_come=[found[pk] for pk in theirs[n]],
            )
        )
    return sorted(lines, key=lambda line: (line.priority, line.request.needed_by, line.request.pk))


def _by_need(pairs: Sequence[Pair]) -> defaultdict[int, list[uuid.UUID]]:
    people: defaultdict[int, list[uuid.UUID]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: -pair.fit):
        people[pair.need].append(pair.person)
    return people
