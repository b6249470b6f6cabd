"""Who can be asked, best first, and the account of everybody who cannot (MAT-1 to MAT-3).

Ranking and account are two questions, because they cost very differently. The first people of a
ranking are found by scoring everybody in one statement and asking the ledger's guard about the
best only. The account needs the guard's word on everybody (MAT-2), so it is taken when somebody
wants to see it.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db import connection

from advocacy.tenant_settings.reading import current
from advocates.models import Advocate
from advocates.program.ledger.capacity import GuardStatus, first_refusal_sql, guard_status
from requests.matching.exclusions import label_of
from requests.matching.facts import Question
from requests.matching.matches import (
    Look,
    Match,
    Verdict,
    look_at,
    matches_of,
    read_advocates,
    verdicts_of,
)
from requests.matching.settings import Matching
from requests.matching.statement import best_sql, judged_sql, unblocked_sql
from requests.models import Request

#: MAT-3: at most so many of one account among the first so many.
SPREAD, SPREAD_OVER = 2, 10
#: BEN-4: of those a review is asked of, so many fit on a page.
ALIKE = 300
#: How many of the best are looked at before everybody is: nearly always far more than enough.
_BEST = 1000
#: How many the guard is asked about at first; then twice as many each time.
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Totals:
    """``can_be_asked + must_not + poor_fit == enrolled``, always (MAT-2).

    The first two are of a good fit; who is of a poor one is ranked all the same, below them.
    """

    can_be_asked: int
    must_not: int
    poor_fit: int
    enrolled: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The account of everybody enrolled (MAT-2)."""

    totals: Totals
    #: Blocking reason → how many of a good fit must not be asked for it first of all.
    excluded: dict[str, int]

    @property
    def excluded_in_words(self) -> list[tuple[str, str, int]]:
        """(code, words, count), most first."""
        return [(code, label_of(code), n) for code, n in Counter(self.excluded).most_common()]


@dataclass(frozen=True)
class MatchResult:
    """The ranking; the account of everybody else is taken when it is first looked at."""

    request: Request
    ranked: list[Match]

    @cached_property
    def tally(self) -> Tally:
        """See :func:`tally`."""
        return tally(self.request)

    @property
    def totals(self) -> Totals:
        """How many can be asked, must not, and fit poorly."""
        return self.tally.totals

    @property
    def excluded(self) -> dict[str, int]:
        """Blocking reason → how many of a good fit must not be asked for it first of all."""
        return self.tally.excluded


def match(request: Request, *, limit: int = 10, exclude: Collection[uuid.UUID] = ()) -> MatchResult:
    """Rank those who may be asked; ties go to the oldest ask, then to the lower id.

    One statement scores everybody, a few more look closer at the best. ``exclude`` leaves people
    out of the ranking, not out of the totals. A review is asked of everybody alike, so all are
    listed, whatever the ``limit`` (BEN-4).
    """
    question = Question.about(request)
    limit = ALIKE if question.criteria.is_neutral else limit
    spread = _choose(question, limit, exclude)
    looks = {pk: spread.looks[pk] for pk in spread.chosen}
    people = read_advocates(looks)
    return MatchResult(request, matches_of(question, looks, spread.guard, people))


def why_not(request: Request, advocate: Advocate) -> Match:
    """Score and every reason for or against anybody, enrolled or not (MAT-2)."""
    return assess(request, [advocate.pk])[advocate.pk]


def assess(request: Request, advocates: Collection[uuid.UUID]) -> dict[uuid.UUID, Match]:
    """:func:`why_not` for several at once, for a search and before drafting."""
    people = read_advocates(list(advocates))
    if not people:
        return {}
    question = Question.about(request, people.values())
    looks, guard = look_at(question, people), _guard_on(question, list(people))
    return {found.advocate.pk: found for found in matches_of(question, looks, guard, people)}


def judge(
    request: Request,
    advocates: Collection[Advocate],
    guard: Mapping[uuid.UUID, GuardStatus],
) -> dict[uuid.UUID, Verdict]:
    """Score and reasons as :func:`assess` finds them, without what only a page shows.

    At the moment of sending, when the people are read and the guard has been asked.
    """
    people = {advocate.pk: advocate for advocate in advocates}
    question = Question.about(request, advocates)
    looks = look_at(question, people)
    return {each.advocate.pk: each for each in verdicts_of(question, looks, guard, people)}


def _guard_on(question: Question, ids: list[uuid.UUID]) -> dict[uuid.UUID, GuardStatus]:
    """What the guard would say to this ask, with the topic or site it carries (CAP-2)."""
    criteria = question.criteria
    return guard_status(
        activity_type=criteria.activity_type, advocate_ids=ids, detail=criteria.detail
    )


# -- the ranking -----------------------------------------------------------------------------------


class Candidate(NamedTuple):
    """Somebody who fits."""

    id: uuid.UUID
    account_id: uuid.UUID


class Spread:
    """Takes people in the order of the ranking: the first ``limit``, with at most two of one
    account among the first ten (MAT-3).
    """

    def __init__(self, limit: int, *, spread: int = SPREAD) -> None:
        self._limit, self._spread = limit, spread
        self._first: list[uuid.UUID] = []
        self._later: list[uuid.UUID] = []
        self._of_account: Counter[uuid.UUID] = Counter()
        self.looks: dict[uuid.UUID, Look] = {}
        self.guard: dict[uuid.UUID, GuardStatus] = {}

    def has_room_for(self, candidate: Candidate) -> bool:
        """Whether taking them could change who is chosen."""
        return self._limit > SPREAD_OVER or self._of_account[candidate.account_id] < self._spread

    def add(self, candidate: Candidate, look: Look, status: GuardStatus) -> None:
        """Take the next one of those who may be asked."""
        self.looks[candidate.id], self.guard[candidate.id] = look, status
        if len(self._first) < SPREAD_OVER and self._of_account[candidate.account_id] < self._spread:
            self._of_account[candidate.account_id] += 1
            self._first.append(candidate.id)
        else:
            self._later.append(candidate.id)

    @property
    def chosen(self) -> list[uuid.UUID]:
        """Who is shown."""
        # With too few accounts for ten the list stays short: filling it up would be the favourites.
        whole = len(self._first) >= SPREAD_OVER
        return ([*self._first, *self._later] if whole else self._first)[: self._limit]

    @property
    def is_full(self) -> bool:
        """Whether nobody who comes later is chosen."""
        if len(self._first) < min(self._limit, SPREAD_OVER):
            return False
        return len(self._first) + len(self._later) >= self._limit


def _choose(question: Question, limit: int, exclude: Collection[uuid.UUID]) -> Spread:
    """Look closer at the best until enough of them can be asked.

    Where too few of the best can be, for whatever reason, those whom something else than the guard
    keeps are left out by the statement already, and everybody is looked at.
    """
    most = max(_BEST, limit)
    best = _candidates(question, best_sql(question.criteria), exclude, most)
    spread = _pick(question, best, limit)
    if not spread.is_full and len(best) == most:
        everybody = _candidates(question, unblocked_sql(question.criteria), exclude, None)
        spread = _pick(question, everybody, limit)
    return spread


def _candidates(
    question: Question, sql: str, exclude: Collection[uuid.UUID], most: int | None
) -> list[Candidate]:
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            question.parameters(
                fit=current(Matching).good_fit,
                exclude=list(exclude),
                most=most,
                **question.names(),
            ),
        )
        return [Candidate._make(row) for row in cursor.fetchall()]


def _pick(question: Question, candidates: Sequence[Candidate], limit: int) -> Spread:
    criteria = question.criteria
    spread = Spread(limit, spread=ALIKE if criteria.is_neutral else SPREAD)
    for batch in _batches(candidates):
        wanted = [each for each in batch if spread.has_room_for(each)]
        guard = _guard_on(question, [each.id for each in wanted])
        may = [each for each in wanted if each.id in guard and guard[each.id].may]
        looks = look_at(question, [each.id for each in may])
        for each in may:
            if each.id in looks and not looks[each.id].blocks:
                spread.add(each, looks[each.id], guard[each.id])
        if spread.is_full:
            break
    return spread


def _batches(candidates: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
    start, size = 0, _BATCH
    while start < len(candidates):
        yield candidates[start : start + size]
        start, size = start + size, 2 * size


# -- the account -----------------------------------------------------------------------------------

_CAN_BE_ASKED, _POOR_FIT = "can_be_asked", "poor_fit"

_TALLY = """
WITH {judged},
unblocked AS (SELECT id FROM judged WHERE is_open),
refused AS ({first_refusal})
SELECT coalesce(judged.code, refused.code, %(can_be_asked)s), count(*)
  FROM judged
  LEFT JOIN refused ON refused.id = judged.id
 GROUP BY 1
 UNION ALL
SELECT %(poor_fit)s, count(*) - (SELECT count(*) FROM judged)
  FROM advocates_advocate a
 WHERE a.tenant_id = %(tenant)s AND a.status = ANY(%(enrolled)s)
"""


def tally(request: Request) -> Tally:
    """How many enrolled advocates of a good fit can be asked, or must not be and why first; and
    how many are of a poor one (MAT-2).

    One statement over everybody and the whole ledger.
    """
    question = Question.about(request)
    criteria = question.criteria
    refusal, of_guard = first_refusal_sql(
        criteria.activity_type, among="unblocked", detail=criteria.detail
    )
    sql = _TALLY.format(judged=judged_sql(criteria), first_refusal=refusal)
    parameters = question.parameters(
        fit=current(Matching).good_fit,
        can_be_asked=_CAN_BE_ASKED,
        poor_fit=_POOR_FIT,
        **question.names(),
        **of_guard,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        counts = Counter(dict(cursor.fetchall()))
    can_be_asked, poor_fit = counts.pop(_CAN_BE_ASKED, 0), counts.pop(_POOR_FIT, 0)
    totals = Totals(
        can_be_asked=can_be_asked,
        must_not=counts.total(),
        poor_fit=poor_fit,
        enrolled=can_be_asked + poor_fit + counts.total(),
    )
    return Tally(totals, dict(counts))
