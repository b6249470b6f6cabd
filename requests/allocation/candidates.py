"""As many of the best for each open request as the best allocation can need (MAT-4)."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from advocacy.tenant_settings.reading import current
from advocates.models import Advocate
from advocates.program.ledger.capacity import GuardStatus
from advocates.program.ledger.capacity.rooms import company_rooms
from requests.allocation.problem import Need, Pair, Problem, Room, first_come
from requests.allocation.solving import best
from requests.matching.facts import Question
from requests.matching.matches import Look, Match, matches_of, read_advocates
from requests.matching.ranking import choose
from requests.matching.settings import Matching
from requests.matching.tier_warnings import TierWarnings
from requests.models import Request

#: So many are looked at for a request at first; then four times as many each time.
_FIRST = 16


class Found(NamedTuple):
    """Somebody who may be asked without a word of care, with the fit."""

    advocate: uuid.UUID
    account: uuid.UUID
    score: int


class Candidates:
    """Who may be asked for one request without a word of care, best first, as far as was looked."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self._question = Question.about(request)
        self._limit = 0
        self._looks: dict[uuid.UUID, Look] = {}
        self._guard: Mapping[uuid.UUID, GuardStatus] = {}
        self.found: list[Found] = []
        self.is_all = False

    def look(self, least: int) -> None:
        """Look at four times as many as before."""
        self._limit = max(4 * self._limit, least)
        spread = choose(self._question, self._limit, of_account=self._limit)
        self._looks = {pk: spread.looks[pk] for pk in spread.chosen}
        self._guard = spread.guard
        line, looks = current(Matching).good_fit, self._looks
        good = [pk for pk, look in looks.items() if look.score >= line]
        self.is_all = len(looks) < self._limit or len(good) < len(looks)
        # A warning wants a reason, which only a person can write (CAP-5). The words of all the
        # others' reasons nobody reads, so they are not made.
        calm = [pk for pk in good if not looks[pk].warns and not self._guard[pk].warnings]
        tiers = TierWarnings(self._question.criteria, calm)
        rows = Advocate.objects.filter(pk__in=calm).exclude(email="")
        works_at = dict(rows.values_list("pk", "account_id"))
        self.found = [
            Found(pk, works_at[pk], looks[pk].score)
            for pk in calm
            if pk in works_at and not any(it.strength == "warn" for it in tiers.reasons(pk))
        ]

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
        Pair(n, each.advocate, each.account, each.score)
        for n, mine in enumerate(candidates)
        for each in mine.found
    ]
    accounts = sorted({pair.account for pair in pairs})
    rooms = {pk: Room(room.asks, room.units) for pk, room in company_rooms(accounts).items()}
    return Problem(needs, pairs, rooms)


def _short(problem: Problem, chosen: Sequence[Pair], candidates: Sequence[Candidates]) -> list[int]:
    """The requests whose lists may end too early."""
    touched = {pair.account for pair in chosen}
    most, differ = sum(need.places for need in problem.needs), _units_differ(problem)
    free: defaultdict[int, set[uuid.UUID]] = defaultdict(set)
    listed: defaultdict[int, set[uuid.UUID]] = defaultdict(set)
    for pair in problem.pairs:
        listed[pair.need].add(pair.account)
        if pair.account not in touched:
            free[pair.need].add(pair.account)
    return [
        n
        for n, each in enumerate(candidates)
        if not each.is_all and len(listed[n]) < most and (differ or not free[n])
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
