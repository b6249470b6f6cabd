"""As many of the best for each open request as the best allocation can need (MAT-4)."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from advocacy.tenant_settings.reading import current
from advocates.models import Advocate
from advocates.program.ledger.capacity import GuardStatus, guard_status
from advocates.program.ledger.capacity.rooms import company_rooms
from requests.allocation.problem import Need, Pair, Problem, Room, first_come
from requests.allocation.solving import best
from requests.matching.criteria import Standards
from requests.matching.crowd import Crowd
from requests.matching.facts import Question
from requests.matching.matches import Beside, Look, Match, look_at, matches_of
from requests.matching.settings import Matching
from requests.matching.tier_warnings import TierWarnings, tiers_held
from requests.matching.vocabulary import Vocabulary
from requests.models import Request

#: So many are looked for at first for a request; then four times as many each time.
_FIRST = 16

#: Who may be asked for a type without a word of care: the guard's word, and what else was seen.
Calm = dict[uuid.UUID, tuple[GuardStatus, Look]]


class Found(NamedTuple):
    """Somebody who may be asked without a word of care, with the fit."""

    advocate: uuid.UUID
    account: uuid.UUID
    score: int


class Program:
    """What the plan's requests have in common, read once for all of them.

    Most of what keeps somebody from being asked for a type, or wants a word of care, is the same
    for every request of it: it is looked up for everybody once. Who is left over anywhere makes the
    crowd, with which each request is matched in memory.
    """

    def __init__(self, requests: Sequence[Request]) -> None:
        standards, vocabulary = Standards.read(), Vocabulary.read()
        self.questions = [Question.among(row, standards, vocabulary) for row in requests]
        self._tiers: dict[Any, TierWarnings] = {}
        self._standings = tiers_held(None)
        self.calm: dict[Any, Calm] = {}
        for question in self.questions:
            if (asked_for := _asked_for(question)) not in self.calm:
                self.calm[asked_for] = self._of_type(question, standards)
        everybody = set[uuid.UUID]().union(*self.calm.values())
        self.crowd = Crowd(everybody, self.questions)
        self._masks = {each: self.crowd.mask(calm) for each, calm in self.calm.items()}
        rooms = company_rooms(set(self.crowd.accounts))
        self._rooms = {pk: Room(room.asks, room.units) for pk, room in rooms.items()}

    def _of_type(self, question: Question, standards: Standards) -> Calm:
        """Who may be asked for a type and topic without a word of care, as far as a request itself
        is not looked at: a warning wants a reason, which only a person can write (CAP-5).
        """
        kind, detail = question.criteria.activity_type, question.criteria.detail
        said = guard_status(activity_type=kind, detail=detail)
        free = {pk for pk, word in said.items() if word.may and not word.warnings}
        looks = look_at(Question.of_type(kind, standards), free)
        calm = {pk for pk, look in looks.items() if not look.blocks and not look.warns}
        calm -= set(Advocate.objects.filter(email="").values_list("pk", flat=True))
        tiers = self.tiers(question)
        return {
            pk: (said[pk], looks[pk])
            for pk in calm
            if not any(reason.strength == "warn" for reason in tiers.reasons(pk))
        }

    def tiers(self, question: Question) -> TierWarnings:
        """What tiers say against a type."""
        kind = question.criteria.activity_type.pk
        if kind not in self._tiers:
            self._tiers[kind] = TierWarnings(question.criteria, self._standings)
        return self._tiers[kind]

    def ranked(self, question: Question) -> list[tuple[int, int]]:
        """Place in the crowd and score of everybody for a request, best first."""
        mask = self._masks[_asked_for(question)]
        return self.crowd.ranked(question, mask, current(Matching).good_fit)

    def rooms(self, accounts: Collection[uuid.UUID]) -> dict[uuid.UUID, Room]:
        """How much more may be asked of companies."""
        return {pk: self._rooms[pk] for pk in accounts}


def _asked_for(question: Question) -> tuple[Any, str]:
    return question.criteria.activity_type.pk, question.criteria.detail


class Candidates:
    """Who may be asked for one request without a word of care, best first, as far as was looked."""

    def __init__(self, question: Question, program: Program) -> None:
        self.question, self._program = question, program
        self._ranked = program.ranked(question)
        self._looks: dict[uuid.UUID, tuple[int, int]] = {}
        self.found: list[Found] = []

    @property
    def is_all(self) -> bool:
        """Whether there is nobody further down."""
        return len(self.found) == len(self._ranked)

    def look(self, least: int) -> None:
        """Look at four times as many as before, at least so many."""
        crowd, end = self._program.crowd, max(4 * len(self.found), least)
        for place, score in self._ranked[len(self.found) : end]:
            self._looks[crowd.ids[place]] = place, score
            self.found.append(Found(crowd.ids[place], crowd.accounts[place], score))

    def match(
        self,
        advocates: Sequence[uuid.UUID],
        people: Mapping[uuid.UUID, Advocate],
        beside: Beside,
    ) -> list[Match]:
        """These with everything a person needs to decide."""
        calm = self._program.calm[_asked_for(self.question)]
        places = [self._looks[pk][0] for pk in advocates]
        known = self._program.crowd.facts_of(self.question, places)
        looks = {
            pk: replace(calm[pk][1], facts=facts, score=self._looks[pk][1])
            for pk, facts in zip(advocates, known, strict=True)
        }
        return matches_of(
            self.question,
            looks,
            {pk: calm[pk][0] for pk in advocates},
            people,
            beside=beside,
            by_tier=self._program.tiers(self.question),
        )


def solved(
    needs: Sequence[Need], candidates: Sequence[Candidates], program: Program
) -> tuple[Problem, list[Pair]]:
    """The best allocation over everybody, having looked only at as many as decide it.

    A request has been looked at far enough when somebody on its list is left who could be asked as
    well, at whose company nobody is: nobody further down, who fits no better, can add anything
    (docs/decisions/0037).
    """
    for need, each in zip(needs, candidates, strict=True):
        each.look(_FIRST + 2 * need.places)
    while True:
        problem = _problem(needs, candidates, program)
        chosen = best(problem)
        short = _short(problem, chosen, candidates)
        if not short:
            return problem, chosen
        for n in short:
            candidates[n].look(0)


def served_in_order(
    needs: Sequence[Need], candidates: Sequence[Candidates], program: Program
) -> list[Pair]:
    """What comes out first come, first served, over everybody; the needs are in that order."""
    while True:
        greedy = first_come(_problem(needs, candidates, program), range(len(needs)))
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


def _problem(needs: Sequence[Need], candidates: Sequence[Candidates], program: Program) -> Problem:
    pairs = [
        Pair(n, each.advocate, each.account, each.score)
        for n, mine in enumerate(candidates)
        for each in mine.found
    ]
    return Problem(needs, pairs, program.rooms({pair.account for pair in pairs}))


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
