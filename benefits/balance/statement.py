"""What everybody, or some, gave and got within the period: one statement (BEN-6.a).

A review counts in the hours somebody gave. It never counts in what a benefit is compared with, so
that nobody is found wanting, and given something, for one (BEN-4.a). A second run on the same data
writes nothing.
"""

_WORTH = """
  CASE CASE WHEN t.code = ANY(%(as_high)s) THEN 'high'
            WHEN t.code = ANY(%(as_moderate)s) THEN 'moderate' ELSE p.effort END
       WHEN 'high' THEN %(worth_high)s WHEN 'moderate' THEN %(worth_moderate)s
       ELSE %(worth_low)s END"""
_MINUTES = "coalesce(p.minutes, (t.minutes_low + t.minutes_high) / 2)"
_FIGURES = (
    "contributions", "minutes", "assumed_minutes", "given", "fair", "benefits", "got", "thanks",
    "percent", "is_under",
)  # fmt: skip
_COLUMNS = ", ".join(_FIGURES)


def _of(table: str) -> str:
    return f" AND (%(ids)s::uuid[] IS NULL OR {table} = ANY(%(ids)s::uuid[]))"


def _hours(minutes: str) -> str:
    return f"round(coalesce({minutes}, 0) * %(hourly_value)s::numeric / 60, 2)"


STATEMENT = f"""
WITH gave AS (
  SELECT p.advocate_id, count(*)::int AS contributions, sum({_MINUTES})::int AS minutes,
         sum({_MINUTES}) FILTER (WHERE p.minutes IS NULL)::int AS assumed_minutes,
         sum({_MINUTES}) FILTER (WHERE t.rewards <> 'never')::int AS fair_minutes,
         sum({_WORTH}) FILTER (WHERE t.rewards <> 'never') AS worth
    FROM advocates_participation p
    JOIN advocates_activitytype t ON t.tenant_id = p.tenant_id AND t.id = p.activity_type_id
   WHERE p.tenant_id = %(tenant)s AND p.state = 'completed' AND p.completed_at >= %(since)s
         {_of("p.advocate_id")}
   GROUP BY p.advocate_id
), got AS (
  SELECT g.advocate_id, count(*)::int AS benefits, sum(g.value) AS got
    FROM benefits_grant g
   WHERE g.tenant_id = %(tenant)s AND g.state IN ('delivered', 'confirmed')
     AND g.delivered_at >= %(since)s {_of("g.advocate_id")}
   GROUP BY g.advocate_id
), thanked AS (
  SELECT k.advocate_id, count(*)::int AS thanks
    FROM benefits_thankyou k
   WHERE k.tenant_id = %(tenant)s AND k.state = 'done' AND k.kind <> 'apology'
     AND k.done_at >= %(since)s {_of("k.advocate_id")}
   GROUP BY k.advocate_id
), summed AS (
  SELECT a.id AS advocate_id, coalesce(gave.contributions, 0) AS contributions,
         coalesce(gave.minutes, 0) AS minutes, coalesce(gave.assumed_minutes, 0) AS assumed_minutes,
         {_hours("gave.minutes")} + coalesce(gave.worth, 0) AS given,
         {_hours("gave.fair_minutes")} + coalesce(gave.worth, 0) AS fair,
         coalesce(got.benefits, 0) AS benefits, coalesce(got.got, 0) AS got,
         coalesce(thanked.thanks, 0) AS thanks
    FROM advocates_advocate a
    LEFT JOIN gave ON gave.advocate_id = a.id
    LEFT JOIN got ON got.advocate_id = a.id
    LEFT JOIN thanked ON thanked.advocate_id = a.id
   WHERE a.tenant_id = %(tenant)s AND a.erased_at IS NULL {_of("a.id")}
     AND (a.status = ANY(%(enrolled)s) OR gave.advocate_id IS NOT NULL
          OR got.advocate_id IS NOT NULL
          OR EXISTS (SELECT 1 FROM benefits_valuebalance v
                      WHERE v.tenant_id = a.tenant_id AND v.advocate_id = a.id))
), judged AS (
  SELECT s.*,
         CASE WHEN s.fair > 0 THEN least(floor(s.got * 100 / s.fair), 9999)::int ELSE 100
              END AS percent,
         s.fair > 0 AND s.got * 100 < s.fair * %(under_percent)s AS is_under
    FROM summed s
)
INSERT INTO benefits_valuebalance AS known
       (id, tenant_id, advocate_id, under_since, changed_at, {_COLUMNS})
SELECT gen_random_uuid(), %(tenant)s, j.advocate_id,
       CASE WHEN j.is_under THEN %(now)s::timestamptz END, %(now)s::timestamptz,
       {", ".join(f"j.{name}" for name in _FIGURES)}
  FROM judged j ORDER BY j.advocate_id
    ON CONFLICT (tenant_id, advocate_id) DO UPDATE
   SET changed_at = excluded.changed_at,
       under_since = CASE WHEN excluded.is_under
                          THEN coalesce(known.under_since, excluded.under_since) END,
       {", ".join(f"{name} = excluded.{name}" for name in _FIGURES)}
 WHERE known.tenant_id = %(tenant)s
   AND ({", ".join(f"known.{name}" for name in _FIGURES)})
       IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in _FIGURES)})
"""  # noqa: S608 - no input
