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

from collections.abc import Sequence

from advocacy.tenant_settings.reading import current
from advocates.accounts.sizes import segment_from
from requests.matching.criteria import Criteria
from requests.matching.exclusions import BLOCKS, NOTES, WARNS
from requests.matching.facts import Facts
from requests.matching.relations import FACTS, MERITS, NEAREST, SCORED, TAGS_OF_ALL, TAGS_OF_ONE
from requests.matching.score import (
    company_points_sql,
    half_of,
    most_elsewhere,
    most_of_answers,
    most_of_person,
    points_of,
    points_sql,
    score_sql,
)
from requests.matching.settings import Matching

_JOINED = "advocates_advocate a JOIN company ON company.id = a.account_id"
_ENROLLED = {
    "columns": "m.id, m.account_id, m.last_asked_at, m.health",
    "people": _JOINED,
    "who": "a.tenant_id = %(tenant)s AND a.status = ANY(%(enrolled)s)",
    "companies": "",
    "kept": "MATERIALIZED",
    "nearest": "",
    "person_tags": TAGS_OF_ALL,
    "their": "",
}
_COMPANIES = (
    "ANY(ARRAY(SELECT account_id FROM advocates_advocate"
    " WHERE tenant_id = %(tenant)s AND id = ANY(%(ids)s::uuid[])))"
)
_NAMED = {
    "columns": "m.*",
    "people": _JOINED,
    "who": "a.tenant_id = %(tenant)s AND a.id = ANY(%(ids)s::uuid[])",
    "companies": f"AND c.id = {_COMPANIES}",
    "kept": "MATERIALIZED",
    "nearest": "",
    "person_tags": TAGS_OF_ONE,
    "their": f"AND o.account_id = {_COMPANIES}",
}
#: Company by company from an index, so that nobody is read whose company cannot come first.
_OF_NEAREST = """nearest company
   CROSS JOIN LATERAL (SELECT * FROM advocates_advocate a
                        WHERE a.tenant_id = %(tenant)s AND a.account_id = company.id
                          AND a.status = ANY(%(enrolled)s) OFFSET 0) a"""
#: Reasons which the company's own row tells, and the person's: who has one need not be looked at.
_OF_COMPANY = ("lifecycle", "policy", "health")
_OF_PERSON = ("paused", "readiness")

_SHORTLIST = "shortlist AS MATERIALIZED (SELECT * FROM scored)"
_GOOD = "shortlist AS MATERIALIZED (SELECT * FROM scored WHERE score >= %(fit)s)"
#: MAT-1: ties go to the oldest ask, then to the lower id.
_NEAREST = """
SELECT others.score, best.id, best.account_id
  FROM others
  LEFT JOIN (SELECT * FROM scored
              WHERE score > coalesce((SELECT score FROM others), -1)
                AND id <> ALL(%(exclude)s::uuid[])
              ORDER BY score DESC, last_asked_at NULLS FIRST, id
              LIMIT %(most)s) best ON true
 ORDER BY best.score DESC, best.last_asked_at NULLS FIRST, best.id
"""
#: Who can have a better score than anybody at the other companies.
_BETTER = "points + {answers} >= coalesce((SELECT (2 * score + 1) * {half} FROM others), 0)"
_EVERYTHING = "SELECT {columns}, score, {blocks}, {warns}, {notes} FROM facts"
_JUDGED = """
judged AS MATERIALIZED (
  SELECT id, account_id, score, last_asked_at, code, code IS NULL AS is_open
    FROM (SELECT *, {code} AS code FROM facts) f
)
"""


def named_sql(criteria: Criteria) -> str:
    """Of the people in ``ids``: all :class:`Facts`, the score, and the blocks, warnings, notes."""
    return _with(
        _merits(criteria, _NAMED),
        _scored(criteria),
        _SHORTLIST,
        FACTS,
    ) + _EVERYTHING.format(
        columns=", ".join(Facts._fields),
        blocks=_every(BLOCKS),
        warns=_every(WARNS),
        notes=_every(NOTES),
    )


def nearest_sql(criteria: Criteria, *, same_industry: bool) -> str:
    """How the ranking begins: id and account of those at the first so many ``companies`` whom
    nobody at any other can come before, best first, at most ``most``.

    In each row first the score that the best of the others can have; null where there is none. A
    row without an id says that nobody is certain. Leaves out whom the company's or the person's
    own row keeps; whoever else must not be asked is among them. With ``same_industry`` no other
    company is read at all: how much it can bring is known.
    """
    half = half_of(criteria)
    people = _ENROLLED | {
        "companies": f"AND {_none(_OF_COMPANY)}",
        "kept": "NOT MATERIALIZED",
        "nearest": NEAREST.format(
            most_of_person=most_of_person(criteria),
            elsewhere=most_elsewhere(criteria) if same_industry else "NULL",
            half=half,
        ),
        "people": _OF_NEAREST,
        "person_tags": TAGS_OF_ONE,
        "who": _none(_OF_PERSON),
    }
    if same_industry:
        people["companies"] += " AND c.industry = ANY(%(industries)s::text[])"
    better = _BETTER.format(answers=most_of_answers(criteria), half=half)
    return _with(_merits(criteria, people, better), _scored(criteria)) + _NEAREST


def judged_sql(criteria: Criteria, *, good: bool) -> str:
    """What stands behind a ``WITH`` to have the relation ``judged``: of everybody enrolled, or of
    those among them of a good fit, the first reason that blocks.
    """
    if not good:
        steps = _merits(criteria, _ENROLLED), _scored(criteria), _SHORTLIST
    else:
        line, answers = points_of(criteria, current(Matching).good_fit), most_of_answers(criteria)
        steps = (
            _merits(criteria, _ENROLLED, f"points >= {line - answers}"),
            # Whoever fits without their answers fits, whatever they answered.
            _scored(criteria, matter=f"m.points < {line}"),
            _GOOD,
        )
    return ",\n".join((*steps, FACTS, _JUDGED.format(code=_first(BLOCKS))))


def _with(*relations: str) -> str:
    return "WITH " + ",\n".join(relations)


def _merits(criteria: Criteria, people: dict[str, str], enough: str = "true") -> str:
    return MERITS.format(
        **people,
        enough=enough,
        segment=segment_sql(),
        company_points=company_points_sql(criteria),
        points=points_sql(criteria),
    )


def segment_sql() -> str:
    """The size that follows from the employees of a company ``c``."""
    sizes = " ".join(
        f"WHEN c.employees >= {least} THEN '{segment.value}'"
        for segment, least in segment_from().items()
    )
    return f"CASE {sizes} ELSE '' END"


def _scored(criteria: Criteria, matter: str = "") -> str:
    return SCORED.format(answers_matter=matter or "true", score=score_sql(criteria))


def _none(codes: Sequence[str]) -> str:
    """That none of these reasons blocks."""
    return " AND ".join(f"({BLOCKS[code]}) IS NOT TRUE" for code in codes)


def _first(reasons: dict[str, str]) -> str:
    """The first reason that holds, or null."""
    cases = " ".join(f"WHEN {holds} THEN '{code}'" for code, holds in reasons.items())
    return f"CASE {cases} END"


def _every(reasons: dict[str, str]) -> str:
    """An array of the reasons that hold, in their order."""
    cases = ", ".join(f"CASE WHEN {holds} THEN '{code}' END" for code, holds in reasons.items())
    return f"array_remove(ARRAY[{cases}], NULL)"
