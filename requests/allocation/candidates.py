"""As many of the best for each open request as the best allocation can need (MAT-4)."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from advocates.program.ledger.capacity import GuardStatus
from advocates.program.ledger.capacity.rooms import company_rooms
from requests.allocation.problem import Need, Pair, Problem, Room, first_come
from requests.allocation.solving import best
from requests.matching.facts import Question
from requests.matching.matches import Look, Match, Verdict, matches_of, read_advocates, verdicts_of
from requests.matching.ranking import choose
from requests.models import Request

#: So many are looked at for a request at first; then twice as many each time.
_FIRST = 16


class Candidates:
    """Who may be asked for one request without a word of care, best first, as far as was looked."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self._question = Question.about(request)
        self._limit = 0
        self._looks: dict[uuid.UUID, Look] = {}
        self._guard: Mapping[uuid.UUID, GuardStatus] = {}
        self.found: list[Verdict] = []
        self.is_all = False

    def look(self, least: int) -> None:
        """Look at twice as many as before."""
        self._limit = max(2 * self._limit, least)
        spread = choose(self._question, self._limit, of_account=self._limit)
        self._looks = {pk: spread.looks[pk] for pk in spread.chosen}
        self._guard = spread.guard
        people = read_advocates(self._looks)
        fits = verdicts_of(self._question, self._looks, self._guard, people)
        good = [each for each in fits if each.is_good]
        self.is_all = len(fits) < self._limit or len(good) < len(fits)
        # A warning wants a reason, which only a person can write (CAP-5).
        self.found = [each for each in good if not each.warnings and each.advocate.email]

    def match(self, advocates: Sequence[uuid.UUID]) -> list[Match]:
        """These with everything a person needs to decide."""
        looks = {pk: self._looks[pk] for pk in advocates}
        return matches_of(self._question, looks, self._guard, read_advocates(looks))


def solved(needs: Sequence[Need], candidates: Sequence[Candidates]) -> tuple[Problem, list[Pair]]:
    """The best allocation over everybody, having looked only at as many as decide it.

    A request has been looked at far enough when somebody on its list is left who could be asked as
    well, at whose company nobody is: nobody further down, who fits no better, can add anything
    (docs/decisions/0037).
    """
    for need, each in zip(needs, candidates, strict=True):
        each.look(_FIRST + 2 * need.places)
    while True:
        problem = _problem(needs, candidates)
        chosen = best(problem)
        short = _short(problem, chosen, candidates)
        if not short:
            return problem, chosen
        for n in short:
            candidates[n].look(0)


def served_in_order(needs: Sequence[Need], candidates: Sequence[Candidates]) -> list[Pair]:
    """What comes out first come, first served, over everybody; the needs are in that order."""
    while True:
        greedy = first_come(_problem(needs, candidates), range(len(needs)))
        served = Counter(pair.need for pair in greedy)
        short = [
            each
            for n, each in enumerate(candidates)
            if served[n] < needs[n].places and not each.is_all
        ]
        if not short:
            return greedy
        for each in short:
            each.look(0)


def _problem(needs: Sequence[Need], candidates: Sequence[Candidates]) -> Problem:
    pairs = [
        Pair(n, each.advocate.pk, each.advocate.account_id, each.score)
        for n, mine in enumerate(candidates)
        for each in mine.found
    ]
    accounts = sorted({pair.account for pair in pairs})
    rooms = {pk: Room(room.asks, room.units) for pk, room in company_rooms(accounts).items()}
    return Problem(needs, pairs, rooms)


def _short(problem: Problem, chosen: Sequence[Pair], candidates: Sequence[Candidates]) -> list[int]:
    """The requests whose lists may end too early."""
    touched = {pair.account for pair in chosen}
    most = sum(need.places for need in problem.needs) if _units_differ(problem) else 1
    free: defaultdict[int, set[uuid.UUID]] = defaultdict(set)
    listed: defaultdict[int, set[uuid.UUID]] = defaultdict(set)
    for pair in problem.pairs:
        listed[pair.need].add(pair.account)
        if pair.account not in touched:
            free[pair.need].add(pair.account)
    return [
        n
        for n, each in enumerate(candidates)
        if not each.is_all and not (free[n] if most == 1 else len(listed[n]) >= most)
    ]


def _units_differ(problem: Problem) -> bool:
    """Whether limits of units can bind otherwise than a count of asks: then only a list with more
    companies than there are places is surely long enough.
    """
    units = {need.units for need in problem.needs}
    if len(units) < 2:
        return False
    people: defaultdict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for pair in problem.pairs:
        people[pair.account].add(pair.person)
    return any(
        problem.rooms[account].units < min(problem.rooms[account].asks, len(them)) * max(units)
        for account, them in people.items()
    )
