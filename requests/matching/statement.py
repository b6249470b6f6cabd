"""The statement matching asks its questions with (MAT-1, MAT-2).

It goes in three steps, each a relation with one row per advocate::

    merits     what counts for each person, and the score over it
    shortlist  whom a question looks at more closely
    facts      what else stands for or against asking those

A rule is written here, in ``score`` or in ``exclusions``, and nowhere else, whether it is asked of
a whole program or of the one person a page shows: the score weighs merits, a reason is a condition
on the facts, and the words only describe them. ``docs/decisions/0013`` tells why.

Joins are made in the order written (``docs/decisions/0010``): from the people, each to a relation
with at most one row per person or company. What a question does not read, PostgreSQL leaves out,
joins and all.
"""

from advocates.states import SEGMENT_FROM
from requests.matching.criteria import Criteria
from requests.matching.exclusions import BLOCKS, NOTES, WARNS
from requests.matching.facts import Facts
from requests.matching.score import company_points_sql, score_sql

#: What counts for a person (MAT-1), with the score over it. One row per advocate.
_MERITS = """
wanted AS (
  SELECT * FROM unnest(%(tags)s::uuid[], %(bits)s::varbit[]) AS wanted(tag_id, tag_bit)
),
company_tags AS (
  SELECT o.account_id, bit_or(wanted.tag_bit) AS tags
    FROM wanted
    JOIN advocates_accounttag o ON o.tenant_id = %(tenant)s AND o.tag_id = wanted.tag_id
   GROUP BY o.account_id
),
person_tags AS (
  SELECT o.advocate_id, bit_or(wanted.tag_bit) AS tags
    FROM wanted
    JOIN advocates_advocatetag o ON o.tenant_id = %(tenant)s AND o.tag_id = wanted.tag_id
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
answers AS (
  SELECT o.advocate_id, count(*) AS answered,
         count(*) FILTER (WHERE o.state = 'accepted') AS accepted
    FROM requests_ask o
   WHERE o.tenant_id = %(tenant)s
     AND o.state IN ('accepted', 'declined', 'later', 'someone_else') {answers}
   GROUP BY o.advocate_id
),
merits AS (
  SELECT m.*, {score} AS score
    FROM (SELECT a.id, a.account_id, a.last_asked_at, company.points,
                 company.same_industry, company.size, company.same_place, company.health,
                 (a.function = ANY(%(functions)s::text[]))::int AS same_function,
                 (a.seniority = %(seniority)s)::int AS same_seniority,
                 (a.time_zone = ANY(%(zones)s::text[]))::int AS near,
                 coalesce(bit_count(coalesce(person_tags.tags | company.tags,
                                             person_tags.tags, company.tags)), 0) AS matched_tags,
                 coalesce(person_tags.tags | company.tags, person_tags.tags, company.tags) AS tags,
                 coalesce(answers.answered, 0) AS answered,
                 coalesce(answers.accepted, 0) AS accepted,
                 CASE WHEN a.last_asked_at IS NULL THEN %(rotation)s
                      ELSE least(greatest(date_part('day', %(now)s - a.last_asked_at), 0),
                                 %(rotation)s) END::int AS rested_days
            FROM advocates_advocate a
            JOIN company ON company.id = a.account_id
            LEFT JOIN person_tags ON person_tags.advocate_id = a.id
            LEFT JOIN answers ON answers.advocate_id = a.id
           WHERE a.tenant_id = %(tenant)s AND {people}) m
)
"""

#: What stands for or against asking those on the shortlist (MAT-2). One row per advocate.
_FACTS = """
snooze AS (
  SELECT o.advocate_id, o.snoozed_until
    FROM advocates_preference o
   WHERE o.tenant_id = %(tenant)s AND o.snoozed_until > %(today)s
     AND o.advocate_id IN (SELECT id FROM shortlist)
),
discomfort AS (
  SELECT o.advocate_id
    FROM advocates_preference o
   WHERE o.tenant_id = %(tenant)s
     AND o.comforts <> '{}' AND NOT o.comforts @> %(needed)s::varchar[]
     AND o.advocate_id IN (SELECT id FROM shortlist)
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
         snooze.snoozed_until, away.ends_on AS away_until,
         refusal.advocate_id IS NOT NULL AS refuses,
         discomfort.advocate_id IS NOT NULL AS uncomfortable,
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
    LEFT JOIN snooze ON snooze.advocate_id = s.id
    LEFT JOIN discomfort ON discomfort.advocate_id = s.id
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

#: Whose merits are looked at.
_ENROLLED = {
    "people": "a.status = ANY(%(enrolled)s)",
    "companies": "",
    "answers": "",
}
_NAMED = {
    "people": "a.id = ANY(%(ids)s::uuid[])",
    "companies": "AND c.id IN (SELECT account_id FROM advocates_advocate"
    " WHERE tenant_id = %(tenant)s AND id = ANY(%(ids)s::uuid[]))",
    "answers": "AND o.advocate_id = ANY(%(ids)s::uuid[])",
}

#: MAT-1: ties go to the oldest ask, then to the lower id.
_ORDER = "score DESC, last_asked_at NULLS FIRST, id"
_BEST = """
  SELECT * FROM merits WHERE score >= %(fit)s AND id <> ALL(%(exclude)s::uuid[])
   ORDER BY {order} LIMIT %(most)s
"""
_FITTING = "SELECT * FROM merits WHERE score >= %(fit)s"

_EVERYTHING = "SELECT {columns}, score, {blocks}, {warns}, {notes} FROM facts"
_CANDIDATES = "SELECT id, account_id, {code} FROM facts ORDER BY {order}"
_JUDGED = "judged AS MATERIALIZED (SELECT id, {code} AS code FROM facts)"


def named_sql(criteria: Criteria) -> str:
    """Of the people in ``ids``: all :class:`Facts`, the score, and the blocks, warnings, notes."""
    return _statement(
        criteria,
        people=_NAMED,
        shortlist="SELECT * FROM merits",
        answer=_EVERYTHING.format(
            columns=", ".join(Facts._fields),
            blocks=_every(BLOCKS),
            warns=_every(WARNS),
            notes=_every(NOTES),
        ),
    )


def best_sql(criteria: Criteria) -> str:
    """The first ``most`` who fit, best first, but for those in ``exclude``: id, account, and the
    first reason that blocks.
    """
    return _statement(
        criteria,
        people=_ENROLLED,
        shortlist=_BEST.format(order=_ORDER),
        answer=_CANDIDATES.format(code=_first(BLOCKS), order=_ORDER),
    )


def judged_sql(criteria: Criteria) -> str:
    """What stands behind a ``WITH`` to have the relations ``merits``, of everybody enrolled, and
    ``judged``: those who fit, with the first reason that blocks.
    """
    return ", ".join(
        (_relations(criteria, _ENROLLED, _FITTING), _JUDGED.format(code=_first(BLOCKS)))
    )


def _statement(criteria: Criteria, people: dict[str, str], shortlist: str, answer: str) -> str:
    return f"WITH {_relations(criteria, people, shortlist)}\n{answer}"


def _relations(criteria: Criteria, people: dict[str, str], shortlist: str) -> str:
    merits = _MERITS.format(
        **people,
        segment=f"CASE {_SEGMENT} ELSE '' END",
        company_points=company_points_sql(criteria),
        score=score_sql(criteria),
    )
    return f"{merits},\nshortlist AS MATERIALIZED ({shortlist}),\n{_FACTS}"


def _first(reasons: dict[str, str]) -> str:
    """The first reason that holds, or null."""
    cases = " ".join(f"WHEN {holds} THEN '{code}'" for code, holds in reasons.items())
    return f"CASE {cases} END"


def _every(reasons: dict[str, str]) -> str:
    """An array of the reasons that hold, in their order."""
    cases = ", ".join(f"CASE WHEN {holds} THEN '{code}' END" for code, holds in reasons.items())
    return f"array_remove(ARRAY[{cases}], NULL)"
