"""As many of the best for each open request as the best allocation can need (MAT-4)."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from advocacy.tenant_settings.reading import current
from advocates.models import Advocate, TierStanding
from advocates.program.ledger.capacity import GuardStatus
from advocates.program.ledger.capacity.rooms import company_rooms
from requests.allocation.problem import Need, Pair, Problem, Room, first_come
from requests.allocation.solving import best
from requests.matching.criteria import Standards
from requests.matching.facts import Question
from requests.matching.matches import Beside, Look, Match, look_at, matches_of
from requests.matching.ordering import Seen, batches, guard_on, in_order
from requests.matching.settings import Matching
from requests.matching.spread import Candidate
from requests.matching.tier_warnings import TierWarnings, tiers_held
from requests.matching.vocabulary import Vocabulary
from requests.models import Request

#: So many are looked for at first for a request; then four times as many each time.
_FIRST = 16
#: Of so many of a ranking it is asked at once who could be asked for the type at all.
_MANY = 256


class Found(NamedTuple):
    """Somebody who may be asked without a word of care, with the fit."""

    advocate: uuid.UUID
    account: uuid.UUID
    score: int


class Program:
    """What the plan's requests have in common, read once for all of them.

    Most of what keeps somebody from being asked for a type, or wants a word of care, is the same
    for every request of it. So it is looked up once for each person, as far down as requests look,
    and a request judges only who is left.
    """

    def __init__(self) -> None:
        self.standards, self.vocabulary = Standards.read(), Vocabulary.read()
        self._asked: defaultdict[Any, set[uuid.UUID]] = defaultdict(set)
        self._calm: defaultdict[Any, dict[uuid.UUID, GuardStatus]] = defaultdict(dict)
        self._tiers: dict[Any, TierWarnings] = {}
        self._standings: dict[uuid.UUID, TierStanding] = {}
        self._rooms: dict[uuid.UUID, Room] = {}

    def calm(
        self, question: Question, ids: Collection[uuid.UUID]
    ) -> Mapping[uuid.UUID, GuardStatus]:
        """Of some people, and others, those who may be asked for the type and topic of a question
        without a word of care, as far as the request itself is not looked at: a warning wants a
        reason, which only a person can write (CAP-5). Five statements for all who are new.
        """
        asked_for = question.criteria.activity_type.pk, question.criteria.detail
        asked, calm = self._asked[asked_for], self._calm[asked_for]
        if new := [pk for pk in ids if pk not in asked]:
            asked.update(new)
            calm |= self._of_type(question, new)
        return calm

    def _of_type(
        self, question: Question, ids: Collection[uuid.UUID]
    ) -> dict[uuid.UUID, GuardStatus]:
        said = guard_on(question, list(ids))
        free = {pk for pk, word in said.items() if word.may and not word.warnings}
        looks = look_at(Question.of_type(question.criteria.activity_type, self.standards), free)
        free = {pk for pk, look in looks.items() if not look.blocks and not look.warns}
        free -= set(Advocate.objects.filter(pk__in=free, email="").values_list("pk", flat=True))
        self._standings |= tiers_held(free)
        tiers = self.tiers(question)
        return {
            pk: said[pk]
            for pk in free
            if not any(reason.strength == "warn" for reason in tiers.reasons(pk))
        }

    def tiers(self, question: Question) -> TierWarnings:
        """What tiers say against a type, of people who were looked at."""
        kind = question.criteria.activity_type.pk
        if kind not in self._tiers:
            self._tiers[kind] = TierWarnings(question.criteria, self._standings)
        return self._tiers[kind]

    def rooms(self, accounts: Collection[uuid.UUID]) -> dict[uuid.UUID, Room]:
        """How much more may be asked of companies."""
        if new := [pk for pk in accounts if pk not in self._rooms]:
            found = company_rooms(new)
            self._rooms |= {pk: Room(room.asks, room.units) for pk, room in found.items()}
        return {pk: self._rooms[pk] for pk in accounts}


class Candidates:
    """Who may be asked for one request without a word of care, best first, as far as was looked.

    Whoever was judged is not judged again: looking further goes on where it stopped.
    """

    def __init__(self, request: Request, program: Program) -> None:
        self._program = program
        self.question = Question.among(request, program.standards, program.vocabulary)
        self._seen = in_order(self.question, self._judged)
        self._looks: dict[uuid.UUID, Look] = {}
        self._status: dict[uuid.UUID, GuardStatus] = {}
        self.found: list[Found] = []
        self.is_all = False

    def _judged(self, question: Question, candidates: Sequence[Candidate]) -> Iterator[Seen]:
        for many in batches(candidates, _MANY):
            calm = self._program.calm(question, [each.id for each in many])
            for few in batches([each for each in many if each.id in calm], _FIRST):
                looks = look_at(question, [each.id for each in few])
                for each in few:
                    look = looks.get(each.id)
                    if look and not look.blocks and not look.warns:
                        yield Seen(each, look, calm[each.id])

    def look(self, least: int) -> None:
        """Find four times as many as before, at least so many."""
        wanted, line = max(4 * len(self.found), least), current(Matching).good_fit
        while len(self.found) < wanted and not self.is_all:
            each = next(self._seen, None)
            if each is None or each.look.score < line:
                self.is_all = True
                return
            pk = each.candidate.id
            self._looks[pk], self._status[pk] = each.look, each.status
            self.found.append(Found(pk, each.candidate.account_id, each.look.score))

    def match(
        self,
        advocates: Sequence[uuid.UUID],
        people: Mapping[uuid.UUID, Advocate],
        beside: Beside,
    ) -> list[Match]:
        """These with everything a person needs to decide."""
        return matches_of(
            self.question,
            {pk: self._looks[pk] for pk in advocates},
            self._status,
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
