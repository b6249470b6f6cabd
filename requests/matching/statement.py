"""The statement matching asks its questions with (MAT-1, MAT-2).

It goes in four steps, each a relation with one row per advocate::

    merits     what counts for each person, and what that brings in points
    scored     the score, of those for whom it matters
    shortlist  whom a question looks at more closely
    facts      what else stands for or against asking those

A rule is written here, in ``score`` or in ``exclusions``, and nowhere else, whether it is asked of
a whole program or of the one person a page shows: the score weighs merits, a reason is a condition
on the facts, and the words only describe them. ``docs/decisions/0013`` tells why.

Joins are made in the order written (``docs/decisions/0010``): from the people, each to a relation
with at most one row per person or company. What a question does not read, PostgreSQL leaves out,
joins and all.
"""

from advocates.accounts.choices import SEGMENT_FROM
from requests.matching.criteria import FIT, Criteria
from requests.matching.exclusions import BLOCKS, NOTES, WARNS
from requests.matching.facts import Facts
from requests.matching.score import (
    company_points_sql,
    most_of_answers,
    points_of,
    points_sql,
    score_sql,
)

#: What counts for a person (MAT-1). One row per advocate.
_MERITS = """
wanted AS (
  SELECT * FROM unnest(%(tags)s::uuid[], %(bits)s::varbit[]) AS wanted(tag_id, tag_bit)
),
company_tags AS (
  SELECT o.account_id, bit_or(wanted.tag_bit) AS tags
    FROM wanted
    JOIN advocates_accounttag o ON o.tenant_id = %(tenant)s AND o.tag_id = wanted.tag_id {their}
   GROUP BY o.account_id
),
person_tags AS (
  SELECT o.advocate_id, bit_or(wanted.tag_bit) AS tags
    FROM wanted
    JOIN advocates_advocatetag o ON o.tenant_id = %(tenant)s AND o.tag_id = wanted.tag_id {own}
   GROUP BY o.advocate_id
),
company AS MATERIALIZED (
  SELECT c.*, {company_points} AS points
    FROM (SELECT c.id, c.health, company_tags.tags,
                 (c.industry = ANY(%(industries)s::text[]))::int AS same_industry,
                 CASE WHEN coalesce(nullif(c.segment, ''), {segment}) = %(segment)s THEN 2
                      WHEN c.employees > 0 AND %(employees)s > 0
                       AND greatest(c.employees, %(employees)s)
                           <= %(similar)s * least(c.employees, %(employees)s) THEN 1
                      ELSE 0 END AS size,
                 ((c.country <> '' AND c.country = %(country)s)
                  OR (c.region <> '' AND c.region = %(region)s))::int AS same_place
            FROM advocates_account c
            LEFT JOIN company_tags ON company_tags.account_id = c.id
           WHERE c.tenant_id = %(tenant)s {companies}) c
),
merit AS (
  SELECT a.id, a.account_id, a.last_asked_at, company.points AS company_points,
         company.same_industry, company.size, company.same_place, company.health,
         (a.function = ANY(%(functions)s::text[]))::int AS same_function,
         (a.seniority = %(seniority)s)::int AS same_seniority,
         (a.time_zone = ANY(%(zones)s::text[]))::int AS near,
         coalesce(bit_count(coalesce(person_tags.tags | company.tags,
                                     person_tags.tags, company.tags)), 0) AS matched_tags,
         coalesce(person_tags.tags | company.tags, person_tags.tags, company.tags) AS tags,
         CASE WHEN a.last_asked_at IS NULL THEN %(rotation)s
              ELSE least(greatest(date_part('day', %(now)s - a.last_asked_at), 0),
                         %(rotation)s) END::int AS rested_days
    FROM advocates_advocate a
    JOIN company ON company.id = a.account_id
    LEFT JOIN person_tags ON person_tags.advocate_id = a.id
   WHERE a.tenant_id = %(tenant)s AND {people}
),
merits AS MATERIALIZED (
  SELECT * FROM (SELECT {columns}, {points} AS points FROM merit m) m WHERE {enough}
)
"""

#: The score, which the answers to earlier asks have a part in. They are looked up person by
#: person, and only of those whom they can help across a line: everybody's would be half the work.
_SCORED = """
scored AS (
  SELECT m.*, answers.answered, answers.accepted, {score} AS score
    FROM ({contenders}) m
    LEFT JOIN LATERAL (
         SELECT count(*) AS answered, count(*) FILTER (WHERE o.state = 'accepted') AS accepted
           FROM requests_ask o
          WHERE o.tenant_id = %(tenant)s AND o.advocate_id = m.id
            AND o.state IN ('accepted', 'declined', 'later', 'someone_else')
            AND {answers_matter}) answers ON true
)
"""

#: What stands for or against asking those on the shortlist (MAT-2). One row per advocate.
_FACTS = """
wish AS (
  SELECT o.advocate_id, o.snoozed_until, o.comforts <> '{}' AS stated,
         o.comforts @> %(needed)s::varchar[] AS comfortable
    FROM advocates_preference o
   WHERE o.tenant_id = %(tenant)s AND o.advocate_id IN (SELECT id FROM shortlist)
     AND (o.snoozed_until > %(today)s
          OR o.comforts <> '{}' AND NOT o.comforts @> %(needed)s::varchar[])
),
away AS (
  SELECT o.advocate_id, max(o.ends_on) AS ends_on
    FROM advocates_blackout o
   WHERE o.tenant_id = %(tenant)s AND o.starts_on <= %(today)s AND o.ends_on >= %(today)s
   GROUP BY o.advocate_id
),
refusal AS (
  SELECT o.advocate_id
    FROM advocates_typepreference o
   WHERE o.tenant_id = %(tenant)s AND o.activity_type_id = %(kind)s AND NOT o.accepted
     AND o.advocate_id IN (SELECT id FROM shortlist)
),
hold AS (
  SELECT DISTINCT ON (o.account_id) o.account_id, o.reason, o.ends_on
    FROM advocates_accounthold o
   WHERE o.tenant_id = %(tenant)s AND o.lifted_at IS NULL AND o.starts_on <= %(today)s
     AND (o.ends_on IS NULL OR o.ends_on >= %(today)s)
   ORDER BY o.account_id, o.ends_on DESC NULLS FIRST
),
rival AS (
  SELECT DISTINCT o.account_id
    FROM advocates_accounttag o
   WHERE o.tenant_id = %(tenant)s AND o.tag_id = ANY(%(competing)s::uuid[])
),
consent AS (
  SELECT c.advocate_id, bool_or(c.use = %(use)s) AS given,
         bool_or(c.use = %(use)s AND c.is_valid) AS holds,
         bool_or(c.use = 'employer' AND c.is_valid) AS by_employer
    FROM (SELECT o.advocate_id, o.use,
                 o.given_on <= %(today)s
                 AND (o.expires_on IS NULL OR o.expires_on >= %(today)s)
                 AND (o.withdrawn_on IS NULL OR o.withdrawn_on > %(today)s) AS is_valid
            FROM advocates_consent o
           WHERE o.tenant_id = %(tenant)s AND o.use = ANY(%(uses)s::text[])
             AND o.advocate_id IN (SELECT id FROM shortlist)) c
   GROUP BY c.advocate_id
),
avoiding AS (
  SELECT DISTINCT o.advocate_id
    FROM advocates_blockedcompany o
   WHERE o.tenant_id = %(tenant)s AND o.name = ANY(%(avoided)s::text[])
),
asked AS (
  SELECT DISTINCT o.advocate_id
    FROM requests_ask o
   WHERE o.tenant_id = %(tenant)s AND o.request_id = ANY(%(requests)s::uuid[])
),
facts AS (
  SELECT s.*, a.status, a.readiness, c.lifecycle, c.advocacy_allowed,
         EXISTS (SELECT FROM advocates_advocatetag o
                   JOIN advocates_tag t ON t.tenant_id = o.tenant_id AND t.id = o.tag_id
                  WHERE o.tenant_id = %(tenant)s AND o.advocate_id = s.id
                    AND t.kind IN ('product', 'use_case'))
           OR EXISTS (SELECT FROM advocates_accounttag o
                        JOIN advocates_tag t ON t.tenant_id = o.tenant_id AND t.id = o.tag_id
                       WHERE o.tenant_id = %(tenant)s AND o.account_id = s.account_id
                         AND t.kind IN ('product', 'use_case')) AS knows_tags,
         %(needed)s::varchar[] <> '{}'
           AND NOT EXISTS (SELECT FROM advocates_preference o
                            WHERE o.tenant_id = %(tenant)s AND o.advocate_id = s.id
                              AND o.comforts <> '{}') AS silent,
         CASE WHEN wish.snoozed_until > %(today)s THEN wish.snoozed_until END AS snoozed_until,
         away.ends_on AS away_until,
         refusal.advocate_id IS NOT NULL AS refuses,
         wish.stated AND NOT wish.comfortable AS uncomfortable,
         hold.reason AS hold_reason, hold.ends_on AS hold_until,
         consent.given AND NOT consent.holds AS consent_ended,
         %(needs_employer)s AND consent.by_employer IS NOT TRUE AS employer_missing,
         c.id = %(prospect_account)s::uuid OR c.name = ANY(%(prospects)s::text[]) AS is_prospect,
         rival.account_id IS NOT NULL OR c.name = ANY(%(competitors)s::text[]) AS is_competitor,
         avoiding.advocate_id IS NOT NULL AS avoids, asked.advocate_id IS NOT NULL AS was_asked,
         lower(split_part(coalesce(nullif(a.language, ''), c.language), '-', 1)) AS speaks
    FROM shortlist s
    JOIN advocates_advocate a ON a.tenant_id = %(tenant)s AND a.id = s.id
    JOIN advocates_account c ON c.tenant_id = %(tenant)s AND c.id = s.account_id
    LEFT JOIN wish ON wish.advocate_id = s.id
    LEFT JOIN away ON away.advocate_id = s.id
    LEFT JOIN refusal ON refusal.advocate_id = s.id
    LEFT JOIN hold ON hold.account_id = s.account_id
    LEFT JOIN rival ON rival.account_id = s.account_id
    LEFT JOIN consent ON consent.advocate_id = s.id
    LEFT JOIN avoiding ON avoiding.advocate_id = s.id
    LEFT JOIN asked ON asked.advocate_id = s.id
)
"""

_SEGMENT = " ".join(
    f"WHEN c.employees >= {least} THEN '{segment.value}'" for segment, least in SEGMENT_FROM.items()
)

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
_WANTED = "points >= {least} AND id <> ALL(%(exclude)s::uuid[])"
_SHORTLIST = "shortlist AS MATERIALIZED (SELECT * FROM scored WHERE score >= %(fit)s)"
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
        "shortlist AS MATERIALIZED (SELECT * FROM scored)",
        _FACTS,
    ) + _EVERYTHING.format(
        columns=", ".join(Facts._fields),
        blocks=_every(BLOCKS),
        warns=_every(WARNS),
        notes=_every(NOTES),
    )


def best_sql(criteria: Criteria) -> str:
    """The first ``most`` who fit, best first, blocked or not: id and account."""
    line, answers = points_of(criteria, FIT), most_of_answers(criteria)
    merits = _merits(criteria, _ENROLLED, _WANTED.format(least=line - answers))
    scored = _scored(criteria, _CONTENDERS.format(answers=answers))
    return _with(merits, scored) + _BEST.format(relation="scored", condition="score >= %(fit)s")


def unblocked_sql(criteria: Criteria) -> str:
    """The first ``most`` who fit and whom only the guard may still refuse, best first."""
    merits = _merits(criteria, _ENROLLED, _WANTED.format(least=0))
    return _with(merits, _scored(criteria), _SHORTLIST, _FACTS) + _BEST.format(
        relation="facts", condition=f"{_first(BLOCKS)} IS NULL"
    )


def judged_sql(criteria: Criteria) -> str:
    """What stands behind a ``WITH`` to have the relation ``judged``: of everybody enrolled those
    who fit, with the first reason that blocks.
    """
    line, answers = points_of(criteria, FIT), most_of_answers(criteria)
    return ",\n".join(
        (
            _merits(criteria, _ENROLLED, f"points >= {line - answers}"),
            # Whoever fits without their answers fits, whatever they answered.
            _scored(criteria, matter=f"m.points < {line}"),
            _SHORTLIST,
            _FACTS,
            _JUDGED.format(code=_first(BLOCKS)),
        )
    )


def _with(*relations: str) -> str:
    return "WITH " + ",\n".join(relations)


def _merits(criteria: Criteria, people: dict[str, str], enough: str = "true") -> str:
    return _MERITS.format(
        **people,
        enough=enough,
        segment=f"CASE {_SEGMENT} ELSE '' END",
        company_points=company_points_sql(criteria),
        points=points_sql(criteria),
    )


def _scored(criteria: Criteria, contenders: str = "SELECT * FROM merits", matter: str = "") -> str:
    return _SCORED.format(
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
