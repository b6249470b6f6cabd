"""Everybody who may be asked for something, best first, looked at no further than is asked for.

The guard is asked about the best only, then about twice as many each time; and companies are looked
into from the nearest on (docs/decisions/0013).
"""

import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from advocates.program.ledger.capacity import GuardStatus, guard_status
from requests.matching.everybody import of_everybody
from requests.matching.facts import Question
from requests.matching.matches import Look, look_at
from requests.matching.score import half_of
from requests.matching.spread import Candidate
from requests.matching.statement import nearest_sql

#: How many of the best companies are looked into first, and how many times as many before everybody
#: is: nearly always more than enough.
_BEST, _MORE = 1000, 8
#: How many the guard is asked about at first; then twice as many each time.
_BATCH = 48


_UNREFUSED = """
SELECT judged.id, judged.account_id
  FROM judged
  JOIN refused ON refused.id = judged.id
 WHERE refused.code IS NULL AND judged.id <> ALL(%(exclude)s::uuid[])
 ORDER BY judged.score DESC, judged.last_asked_at NULLS FIRST, judged.id
"""


class Seen(NamedTuple):
    """Somebody who may be asked, as far as nothing blocks."""

    candidate: Candidate
    look: Look
    status: GuardStatus


#: Which of some people may be asked, in their order, looking no further than is asked for.
Judge = Callable[[Question, Sequence[Candidate]], Iterator[Seen]]


def in_order(
    question: Question, judge: Judge, *, exclude: Collection[uuid.UUID] = ()
) -> Iterator[Seen]:
    """Everybody who may be asked, best first; whoever takes no more looks no further.

    First at those whose companies are nearest; where too few of them can be asked, everybody is
    judged, and the statement takes the guard's word on everybody.
    """
    seen = set[uuid.UUID]()
    for companies, same_industry in _rounds(question):
        found, is_everybody = _nearest(question, exclude, companies, same_industry=same_industry)
        fresh = [each for each in found if each.id not in seen]
        yield from judge(question, fresh)
        if is_everybody:
            return
        seen.update(each.id for each in found)
    rest = [each for each in _unrefused(question, exclude) if each.id not in seen]
    yield from judge(question, rest)


def _rounds(question: Question) -> list[tuple[int, bool]]:
    """How many companies to look into, round by round, and whether of the same industry only."""
    criteria = question.criteria
    if not half_of(criteria):
        return []  # where no criterion counts, no company is nearer than another
    return [(_BEST, bool(question.words.industries)), (_MORE * _BEST, False)]


def _nearest(
    question: Question, exclude: Collection[uuid.UUID], companies: int, *, same_industry: bool
) -> tuple[list[Candidate], bool]:
    """How the ranking begins, and whether that is all of it."""
    parameters = question.parameters(exclude=list(exclude), companies=companies, most=companies)
    with connection.cursor() as cursor:
        cursor.execute(nearest_sql(question.criteria, same_industry=same_industry), parameters)
        rows = cursor.fetchall()
    found = [Candidate(pk, account) for _score, pk, account in rows if pk]
    return found, rows[0][0] is None and len(found) < companies


def _unrefused(question: Question, exclude: Collection[uuid.UUID]) -> list[Candidate]:
    sql, parameters = of_everybody(question, _UNREFUSED, good=False)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters | {"exclude": list(exclude)})
        return [Candidate._make(row) for row in cursor.fetchall()]


def judged(
    question: Question, candidates: Sequence[Candidate], wanted: Callable[[Candidate], bool]
) -> Iterator[Seen]:
    """By the guard, then by everything else; who is not ``wanted`` when their turn comes is passed
    over.
    """
    for batch in batches(candidates, _BATCH):
        now = [each for each in batch if wanted(each)]
        said = guard_on(question, [each.id for each in now])
        may = [each for each in now if each.id in said and said[each.id].may]
        looks = look_at(question, [each.id for each in may])
        for each in may:
            if each.id in looks and not looks[each.id].blocks:
                yield Seen(each, looks[each.id], said[each.id])


def batches(candidates: Sequence[Candidate], size: int) -> Iterator[Sequence[Candidate]]:
    """A few at first, then twice as many each time."""
    start = 0
    while start < len(candidates):
        yield candidates[start : start + size]
        start, size = start + size, 2 * size


def guard_on(question: Question, ids: list[uuid.UUID]) -> dict[uuid.UUID, GuardStatus]:
    """What the guard would say to this ask, with the topic or site it carries (CAP-2)."""
    criteria = question.criteria
    return guard_status(
        activity_type=criteria.activity_type, advocate_ids=ids, detail=criteria.detail
    )
