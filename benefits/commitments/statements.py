"""What is promised until a day, row by row: one statement over everybody (BEN-10.a).

What a tier brings is worked out as ``benefits.entitlements.statements.GRANT`` will grant it, ahead
of its time; what is theirs at once is not promised but there.
"""

from benefits.entitlements.statements import DAY_OF_MONTH, IS_HAD, months_gone, months_later

_TODAY, _UNTIL = "%(today)s::date", "%(until)s::date"

PROMISED = f"""
WITH owed AS (
  SELECT DISTINCT ON (s.advocate_id, e.benefit_id)
         e.id AS entitlement_id, e.benefit_id, e.every_months, s.advocate_id, c.segment, b.cost,
         had.period_on AS had_on, had.first_on,
         (s.since AT TIME ZONE %(zone)s)::date AS entered_on,
         COALESCE(had.period_on, (s.since AT TIME ZONE %(zone)s)::date) AS base_on,
         e.is_automatic AND b.cost = 0 AND b.stock IS NULL AND NOT b.needs_approval
           AND NOT b.category = ANY(%(gifts)s) AS is_at_once
    FROM advocates_tierstanding s
    JOIN advocates_advocate a ON a.tenant_id = s.tenant_id AND a.id = s.advocate_id
    JOIN advocates_account c ON c.tenant_id = a.tenant_id AND c.id = a.account_id
    JOIN benefits_entitlement e
      ON e.tenant_id = s.tenant_id AND e.tier_id = s.tier_id AND e.is_on
     AND e.segment IN ('', c.segment)
    JOIN benefits_benefit b ON b.tenant_id = e.tenant_id AND b.id = e.benefit_id AND b.is_on
    LEFT JOIN LATERAL (
      SELECT max(g.period_on) AS period_on, min(g.period_on) AS first_on FROM benefits_grant g
       WHERE g.tenant_id = s.tenant_id AND g.advocate_id = s.advocate_id
         AND g.benefit_id = e.benefit_id AND g.entitlement_id IS NOT NULL
         AND {IS_HAD}
    ) had ON true
   WHERE s.tenant_id = %(tenant)s AND a.erased_at IS NULL AND s.since IS NOT NULL
     AND (%(benefit)s::uuid IS NULL OR e.benefit_id = %(benefit)s::uuid)
     AND NOT (b.category = ANY(%(gifts)s) AND c.gifts_allowed IS FALSE)
   ORDER BY s.advocate_id, e.benefit_id, e.segment DESC
), placed AS (
  SELECT owed.*, {DAY_OF_MONTH} AS day_of_month FROM owed WHERE NOT is_at_once
), counted AS (
  SELECT placed.*,
         CASE WHEN every_months = 0 THEN 0 ELSE {months_gone(_TODAY)} / every_months END AS gone,
         CASE WHEN every_months = 0 OR {_UNTIL} < {_TODAY} THEN 0
              ELSE {months_gone(_UNTIL)} / every_months
         END AS by_then
    FROM placed
), coming AS (
  SELECT counted.*, n,
         CASE WHEN n <= gone THEN %(today)s::date
              ELSE {months_later("every_months * n")}
         END + %(promise)s::int AS due_on
    FROM counted
   CROSS JOIN LATERAL generate_series(gone, greatest(by_then, gone)) AS n
   WHERE n > gone OR had_on IS NULL OR gone > 0
), promised AS (
  SELECT benefit_id, advocate_id, segment, cost, due_on, 'tier' AS source, false AS is_taken,
         NULL::uuid AS grant_id
    FROM coming
   UNION ALL
  SELECT g.benefit_id, g.advocate_id, c.segment, g.cost, greatest(g.due_on, %(today)s::date),
         CASE WHEN g.entitlement_id IS NOT NULL THEN 'tier'
              WHEN g.points IS NOT NULL THEN 'prize' ELSE 'hand' END,
         g.state <> 'planned', g.id
    FROM benefits_grant g
    JOIN advocates_advocate a ON a.tenant_id = g.tenant_id AND a.id = g.advocate_id
    JOIN advocates_account c ON c.tenant_id = a.tenant_id AND c.id = a.account_id
   WHERE g.tenant_id = %(tenant)s AND g.state IN ('planned', 'approved', 'ordered')
     AND (%(benefit)s::uuid IS NULL OR g.benefit_id = %(benefit)s::uuid)
)
"""  # noqa: S608 - expressions of our own

#: After it: how many of what, for which quarter, from where, and what they cost.
COUNTED = """
SELECT benefit_id, segment, due_on > %(this)s::date, source, is_taken, count(*), sum(cost)
  FROM promised WHERE due_on <= %(next)s::date
 GROUP BY 1, 2, 3, 4, 5
"""

#: After it: the rows behind the numbers of one benefit and quarter, the soonest first.
LISTED = """
SELECT benefit_id, advocate_id, due_on, source, is_taken, grant_id
  FROM promised WHERE due_on BETWEEN %(from)s::date AND %(to)s::date
 ORDER BY due_on, advocate_id, grant_id
 LIMIT %(most)s
"""
