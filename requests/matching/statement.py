"""The statement matching asks its questions with (MAT-1, MAT-2).

It goes in four steps, each a relation with one row per advocate::

    merits     what counts for each person, and what that brings in points
    scored     the score, of those for whom it matters
    shortlist  whom a question looks at more closely
    facts      what else stands for or against asking those

A rule is written in ``relations``, ``score`` or ``exclusions``, and nowhere else, whether it is
asked of a whole program or of the one person a page shows: the score weighs merits, a reason is a
condition on the facts, and the words only describe them. ``docs/decisions/0013`` tells why.

Joins are made in the order written (``docs/decisions/0010``): from the people, each to a relation
with at most one row per person or company. What a question does not read, PostgreSQL leaves out,
joins and all.
"""

from advocacy.tenant_settings.reading import current
from advocates.accounts.sizes import segment_from
from requests.matching.criteria import Criteria
from requests.matching.exclusions import BLOCKS, NOTES, WARNS
from requests.matching.facts import Facts
from requests.matching.relations import FACTS, MERITS, SCORED
from requests.matching.score import (
    company_points_sql,
    most_of_answers,
    points_of,
    points_sql,
    score_sql,
)
from requests.matching.settings import Matching

_ENROLLED = {
    "columns": "m.id, m.account_id, m.last_asked_at, m.health",
    "people": "a.status = ANY(%(enrolled)s)",
    "companies": "",
    "own": "",
    "their": "",
}
_COMPANIES = (
    "ANY(ARRAY(SELECT account_id FROM advocates_advocate"
    " WHERE tenant_id = %(tenant)s AND id = ANY(%(ids)s::uuid[])))"
)
_NAMED = {
    "columns": "m.*",
    "people": "a.id = ANY(%(ids)s::uuid[])",
    "companies": f"AND c.id = {_COMPANIES}",
    "own": "AND o.advocate_id = ANY(%(ids)s::uuid[])",
    "their": f"AND o.account_id = {_COMPANIES}",
}

#: Those who can be among the first ``most``: even if everybody else's answers bring nothing.
_CONTENDERS = """
  SELECT * FROM merits
   WHERE points >= (SELECT min(t.points) FROM (SELECT points FROM merits
                     ORDER BY points DESC LIMIT %(most)s) t) - {answers}
"""
_WANTED = "id <> ALL(%(exclude)s::uuid[])"
_EVERYBODY = "shortlist AS MATERIALIZED (SELECT * FROM scored)"
_GOOD = "shortlist AS MATERIALIZED (SELECT * FROM scored WHERE score >= %(fit)s)"
#: MAT-1: ties go to the oldest ask, then to the lower id.
_BEST = """
SELECT id, account_id FROM {relation} WHERE {condition}
 ORDER BY score DESC, last_asked_at NULLS FIRST, id LIMIT %(most)s
"""
_EVERYTHING = "SELECT {columns}, score, {blocks}, {warns}, {notes} FROM facts"
_JUDGED = """
judged AS MATERIALIZED (
  SELECT id, code, code IS NULL AS is_open FROM (SELECT id, {code} AS code FROM facts) f
)
"""


def named_sql(criteria: Criteria) -> str:
    """Of the people in ``ids``: all :class:`Facts`, the score, and the blocks, warnings, notes."""
    return _with(
        _merits(criteria, _NAMED),
        _scored(criteria),
        _EVERYBODY,
        FACTS,
    ) + _EVERYTHING.format(
        columns=", ".join(Facts._fields),
        blocks=_every(BLOCKS),
        warns=_every(WARNS),
        notes=_every(NOTES),
    )


def best_sql(criteria: Criteria) -> str:
    """The first ``most``, best first, blocked or not, good fit or not: id and account."""
    merits = _merits(criteria, _ENROLLED, _WANTED)
    scored = _scored(criteria, _CONTENDERS.format(answers=most_of_answers(criteria)))
    return _with(merits, scored) + _BEST.format(relation="scored", condition="true")


def unblocked_sql(criteria: Criteria) -> str:
    """The first ``most`` whom only the guard may still refuse, best first."""
    merits = _merits(criteria, _ENROLLED, _WANTED)
    return _with(merits, _scored(criteria), _EVERYBODY, FACTS) + _BEST.format(
        relation="facts", condition=f"{_first(BLOCKS)} IS NULL"
    )


def judged_sql(criteria: Criteria) -> str:
    """What stands behind a ``WITH`` to have the relation ``judged``: of everybody enrolled those
    of a good fit, with the first reason that blocks.
    """
    line, answers = points_of(criteria, current(Matching).good_fit), most_of_answers(criteria)
    return ",\n".join(
        (
            _merits(criteria, _ENROLLED, f"points >= {line - answers}"),
            # Whoever fits without their answers fits, whatever they answered.
            _scored(criteria, matter=f"m.points < {line}"),
            _GOOD,
            FACTS,
            _JUDGED.format(code=_first(BLOCKS)),
        )
    )


def _with(*relations: str) -> str:
    return "WITH " + ",\n".join(relations)


def _merits(criteria: Criteria, people: dict[str, str], enough: str = "true") -> str:
    sizes = " ".join(
        f"WHEN c.employees >= {least} THEN '{segment.value}'"
        for segment, least in segment_from().items()
    )
    return MERITS.format(
        **people,
        enough=enough,
        segment=f"CASE {sizes} ELSE '' END",
        company_points=company_points_sql(criteria),
        points=points_sql(criteria),
    )


def _scored(criteria: Criteria, contenders: str = "SELECT * FROM merits", matter: str = "") -> str:
    return SCORED.format(
        contenders=contenders, answers_matter=matter or "true", score=score_sql(criteria)
    )


def _first(reasons: dict[str, str]) -> str:
    """The first reason that holds, or null."""
    cases = " ".join(f"WHEN {holds} THEN '{code}'" for code, holds in reasons.items())
    return f"CASE {cases} END"


def _every(reasons: dict[str, str]) -> str:
    """An array of the reasons that hold, in their order."""
    cases = ", ".join(f"CASE WHEN {holds} THEN '{code}' END" for code, holds in reasons.items())
    return f"array_remove(ARRAY[{cases}], NULL)"
