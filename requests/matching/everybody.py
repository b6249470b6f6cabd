"""Everybody enrolled, judged in one statement, the guard's word on each of them included (MAT-2).

A look at all people and the whole ledger: what needs it is a question of a whole program.
"""

import uuid
from typing import Any, NamedTuple

from django.db import connection

from advocacy.tenant_settings.reading import current
from advocates.models import ActivityType
from advocates.program.ledger.capacity import first_refusal_sql
from requests.matching.facts import Question
from requests.matching.settings import Matching
from requests.matching.statement import judged_sql

# Materialized: a planner that does not know a young tenant would work it out again for each row.
_OF_EVERYBODY = """
WITH {judged},
unblocked AS (SELECT id FROM judged WHERE is_open),
refused AS MATERIALIZED ({first_refusal})
"""
_STANDING = """
SELECT judged.id, judged.code, refused.code
  FROM judged
  LEFT JOIN refused ON refused.id = judged.id
"""
_FREE = """
SELECT c.industry, c.segment, c.region, count(*)
  FROM judged
  JOIN refused ON refused.id = judged.id
  JOIN advocates_account c ON c.tenant_id = %(tenant)s AND c.id = judged.account_id
 WHERE refused.code IS NULL
 GROUP BY 1, 2, 3
"""


def of_everybody(question: Question, then: str, *, good: bool) -> tuple[str, dict[str, Any]]:
    """A statement over everybody, or all of a good fit: ``then`` reads ``judged`` and, of whom
    nothing else blocks, ``refused`` with the guard's first refusal.
    """
    criteria = question.criteria
    refusal, of_guard = first_refusal_sql(
        criteria.activity_type, among="unblocked", detail=criteria.detail
    )
    sql = _OF_EVERYBODY.format(judged=judged_sql(criteria, good=good), first_refusal=refusal)
    parameters = question.parameters(fit=current(Matching).good_fit, **question.names(), **of_guard)
    return sql + then, parameters


class Standing(NamedTuple):
    """Whether somebody may be asked for a type now: what blocks besides the guard, and its word."""

    advocate: uuid.UUID
    blocked: str | None
    refused: str | None


def standings(kind: ActivityType) -> list[Standing]:
    """Of everybody enrolled, by the rules that a request of this type meets whatever it is for."""
    sql, parameters = of_everybody(Question.of_type(kind), _STANDING, good=False)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Standing._make(row) for row in cursor.fetchall()]


def free_by_market(kind: ActivityType) -> list[tuple[str, str, str, int]]:
    """Who may be asked for a type now, counted by industry, size and region of their company."""
    sql, parameters = of_everybody(Question.of_type(kind), _FREE, good=False)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
