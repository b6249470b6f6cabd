"""Who can be asked, best first, and the account of everybody who cannot (MAT-1 to MAT-3).

Ranking and account are two questions, because they cost very differently. The first people of a
ranking are found by scoring everybody in one statement and asking the ledger's guard about the
best only. The account needs the guard's word on everybody (MAT-2), so it is taken when somebody
wants to see it.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from django.db import connection

from advocates.models import Advocate
from advocates.program.ledger.capacity import GuardStatus
from requests.matching.everybody import of_everybody
from requests.matching.exclusions import label_of
from requests.matching.facts import Question
from requests.matching.matches import (
    Match,
    Verdict,
    look_at,
    matches_of,
    read_advocates,
    verdicts_of,
)
from requests.matching.ordering import guard_on, in_order, judged
from requests.matching.spread import SPREAD, Spread
from requests.models import Request

#: BEN-4: of those a review is asked of, so many fit on a page.
ALIKE = 300


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
        return self.tally.totals

    @property
    def excluded(self) -> dict[str, int]:
        return self.tally.excluded


#: So many are looked at for the first ten, so that those without reservation are among them.
LOOKED_AT = 30


def match(request: Request, *, limit: int = 10, exclude: Collection[uuid.UUID] = ()) -> MatchResult:
    """Rank those who may be asked; ties go to the oldest ask, then to the lower id.

    One statement scores everybody, a few more look closer at the best. ``exclude`` leaves people
    out of the ranking, not out of the totals. A review is asked of everybody alike, so all are
    listed, whatever the ``limit`` (BEN-4).
    """
    question = Question.about(request)
    limit = ALIKE if question.criteria.is_neutral else limit
    spread = choose(question, limit, exclude)
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
    looks, guard = look_at(question, people), guard_on(question, list(people))
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


# -- the ranking -----------------------------------------------------------------------------------


def choose(question: Question, limit: int, exclude: Collection[uuid.UUID] = ()) -> Spread:
    """Look closer at the best until enough of them can be asked."""
    neutral = question.criteria.is_neutral
    spread = Spread(limit, spread=ALIKE if neutral else SPREAD)
    judge = partial(judged, wanted=spread.has_room_for)
    for each in in_order(question, judge, exclude=exclude):
        spread.add(each.candidate, each.look, each.status)
        if spread.is_full:
            break
    return spread


# -- everybody -------------------------------------------------------------------------------------

_CAN_BE_ASKED, _POOR_FIT = "can_be_asked", "poor_fit"

_POOR = """
SELECT judged.id
  FROM judged
  JOIN refused ON refused.id = judged.id
 WHERE refused.code IS NULL AND judged.score < %(fit)s
 ORDER BY judged.score DESC, judged.last_asked_at NULLS FIRST, judged.id
 LIMIT %(most)s
"""
_TALLY = """
SELECT coalesce(judged.code, refused.code, %(can_be_asked)s), count(*)
  FROM judged
  LEFT JOIN refused ON refused.id = judged.id
 GROUP BY 1
 UNION ALL
SELECT %(poor_fit)s, count(*) - (SELECT count(*) FROM judged)
  FROM advocates_advocate a
 WHERE a.tenant_id = %(tenant)s AND a.status = ANY(%(enrolled)s)
"""


def poor_fits(request: Request, *, limit: int) -> list[Match]:
    """Who can be asked but is of no good fit, best first: nobody is left out (MAT-1)."""
    sql, parameters = of_everybody(Question.about(request), _POOR, good=False)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters | {"most": limit})
        ids = [pk for (pk,) in cursor.fetchall()]
    found = assess(request, ids)
    return [found[pk] for pk in ids]


def tally(request: Request) -> Tally:
    """How many enrolled advocates of a good fit can be asked, or must not be and why first; and
    how many are of a poor one (MAT-2).
    """
    sql, parameters = of_everybody(Question.about(request), _TALLY, good=True)
    labels = {"can_be_asked": _CAN_BE_ASKED, "poor_fit": _POOR_FIT}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters | labels)
        counts = Counter(dict(cursor.fetchall()))
    can_be_asked, poor_fit = counts.pop(_CAN_BE_ASKED, 0), counts.pop(_POOR_FIT, 0)
    totals = Totals(
        can_be_asked=can_be_asked,
        must_not=counts.total(),
        poor_fit=poor_fit,
        enrolled=can_be_asked + poor_fit + counts.total(),
    )
    return Tally(totals, dict(counts))
