"""The best passages for a question, of all there are in the tenant (EVD-1.a)."""

import uuid
from dataclasses import dataclass
from math import log
from typing import Any

from django.db import connection

from activities.evidence.terms import Asked
from advocacy.tenancy.scope import current_tenant_id

# In two statements: how rare each term is, and then the ranking. In one, the planner would not
# know how many rows a term has, and join them in the most expensive way.
_RARE = """
SELECT t.term, count(*) FROM activities_passageterm t
 WHERE t.tenant_id = %(tenant)s AND t.term = ANY (%(terms)s::text[]) GROUP BY t.term
"""
_ALL = "SELECT count(*) FROM activities_passage p WHERE p.tenant_id = %(tenant)s"

# For each word of the question a passage counts once, by the best of the terms that stand for it.
# Whoever answers more of the question's words comes before who repeats one of them. Term by term
# from the index (LATERAL, OFFSET 0): with stale statistics the planner would read all.
_RANK = """
SELECT passage_id, sum(score) * (0.4 + 0.6 * count(*) / %(words)s) AS score
  FROM (
    SELECT t.passage_id, a.grp, max(t.weight * a.factor) AS score
      FROM unnest(%(groups)s::int[], %(terms)s::text[], %(factors)s::float8[])
             AS a(grp, term, factor)
     CROSS JOIN LATERAL (
             SELECT passage_id, weight FROM activities_passageterm
              WHERE tenant_id = %(tenant)s AND term = a.term COLLATE "C" OFFSET 0
           ) t
     GROUP BY t.passage_id, a.grp
  ) best
 GROUP BY passage_id ORDER BY 2 DESC, passage_id LIMIT %(limit)s
"""
#: A word of the same concept that stands in more than this share of all passages tells nothing,
#: and costs most of the time; so does one in so many.
_COMMON, _MANY = 0.1, 200


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage and how well it answers; comparable within one question only."""

    passage_id: uuid.UUID
    score: float


def rank(asked: Asked, *, limit: int) -> list[Ranked]:
    """The best passages, whoever may see them: the caller leaves out what is not for who asks."""
    tenant = current_tenant_id()
    with connection.cursor() as cursor:
        cursor.execute(_RARE, {"tenant": tenant, "terms": sorted(asked.terms)})
        counts: dict[str, int] = dict(cursor.fetchall())
        if not counts:
            return []
        cursor.execute(_ALL, {"tenant": tenant})
        looked_for = _weighed(asked, counts, cursor.fetchone()[0])
        if not looked_for:
            return []
        groups, terms, factors = zip(*looked_for, strict=True)
        parameters: dict[str, Any] = {
            "groups": list(groups),
            "terms": list(terms),
            "factors": list(factors),
            "words": len(asked.groups),
            "tenant": tenant,
            "limit": limit,
        }
        cursor.execute(_RANK, parameters)
        return [Ranked(pk, float(score)) for pk, score in cursor.fetchall()]


def _weighed(asked: Asked, counts: dict[str, int], total: int) -> list[tuple[int, str, float]]:
    """What is looked for: the word's place, a term for it, and what finding it counts: how near it
    is to the word times how rare it is (Lucene's idf, which is never negative).
    """
    found = []
    for number, group in enumerate(asked.groups):
        for term, factor in group.items():
            count = counts.get(term, 0)
            is_common = count > max(total * _COMMON, _MANY)
            if count and (factor == 1.0 or not is_common):
                idf = log(1 + (max(total, count) - count + 0.5) / (count + 0.5))
                found.append((number, term, factor * idf))
    return found
