"""The best passages for a question, of all there are in the tenant (EVD-1.a)."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection

from activities.evidence.terms import Asked
from advocacy.tenancy.scope import current_tenant_id

# For each word of the question a passage counts once, by the best of the terms that stand for it:
# its weight, how rare the term is (Lucene's idf, never negative), and how near the term is to the
# word. Whoever answers more of the question's words comes before who repeats one of them.
_RANK = """
WITH asked AS (
  SELECT * FROM unnest(%(groups)s::int[], %(terms)s::text[], %(factors)s::float8[])
    AS a(grp, term, factor)
), hit AS MATERIALIZED (
  SELECT t.passage_id, t.term, t.weight FROM activities_passageterm t
   WHERE t.tenant_id = %(tenant)s AND t.term = ANY (%(distinct)s::text[])
), rare AS (
  SELECT h.term, ln(1 + (total.n - count(*) + 0.5) / (count(*) + 0.5)) AS idf
    FROM hit h, (SELECT greatest(count(*), 1) AS n FROM activities_passage p
                  WHERE p.tenant_id = %(tenant)s) total
   GROUP BY h.term, total.n
), best AS (
  SELECT h.passage_id, a.grp, max(h.weight * a.factor * r.idf) AS score
    FROM asked a JOIN rare r ON r.term = a.term JOIN hit h ON h.term = a.term
   GROUP BY h.passage_id, a.grp
)
SELECT passage_id, sum(score) * (0.4 + 0.6 * count(*) / %(words)s) AS score
  FROM best GROUP BY passage_id ORDER BY 2 DESC, passage_id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage and how well it answers; comparable within one question only."""

    passage_id: uuid.UUID
    score: float


def rank(asked: Asked, *, limit: int) -> list[Ranked]:
    """The best passages, whoever may see them: the caller leaves out what is not for who asks."""
    pairs = [(n, t, f) for n, group in enumerate(asked.groups) for t, f in group.items()]
    if not pairs:
        return []
    groups, terms, factors = zip(*pairs, strict=True)
    parameters: dict[str, Any] = {
        "groups": list(groups),
        "terms": list(terms),
        "factors": list(factors),
        "distinct": sorted(set(terms)),
        "words": len(asked.groups),
        "tenant": current_tenant_id(),
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RANK, parameters)
        return [Ranked(pk, float(score)) for pk, score in cursor.fetchall()]
