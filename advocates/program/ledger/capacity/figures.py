"""What follows from a person's part of the ledger, as the relation ``figures``: what was given,
asked and missed in the year, and by each rule of the guard whether it holds now.
"""

from collections.abc import Mapping

_COUNTED = """
       p.tenant_id = %(tenant)s AND p.state IN ('open', 'completed')
   AND (p.completed_at IS NULL OR p.completed_at >= (SELECT since FROM moments))
"""

#: Asks that left: what was taken back before it did counts nowhere (CAP-7).
_SENT = "p.origin = 'asked' AND p.release_reason <> 'unsent'"
#: CAP-7.b: what a tenant may leave out is what takes no unit.
_ASKED = "p.origin = 'asked' AND (p.units > 0 OR (SELECT counts_free FROM moments))"
#: Rules that look at more than the year, with their modes.
EVER = {"ladder": "ladder_mode", "variety": "variety_mode"}

# Moments are worked out once: calendar arithmetic for each of a million rows takes seconds.
_FIGURES = """
WITH moments AS MATERIALIZED (
  SELECT t.time_zone AS zone, year_start(t.time_zone) AS since,
         clock() - interval '366 days' AS year_ago, clock() - interval '90 days' AS quarter_ago,
         (SELECT counts_free_types FROM advocates_programpolicy WHERE tenant_id = %(tenant)s)
           AS counts_free
    FROM tenancy_tenant t
   WHERE t.id = %(tenant)s
),
who AS (
  SELECT a.id, a.account_id, a.last_asked_at, c.allowance, c.reference_gap_days AS reference_gap
    FROM {people}
    LEFT JOIN advocates_capacity c ON c.tenant_id = a.tenant_id AND c.advocate_id = a.id
   WHERE a.tenant_id = %(tenant)s {who}
),
given AS (
  SELECT p.advocate_id, sum(p.units) AS used,
         count(*) FILTER (WHERE p.state = 'open') AS open_now,
         count(*) FILTER (WHERE p.activity_type_id = %(kind)s) AS of_type,
         count(*) FILTER (WHERE p.activity_type_id = %(kind)s
                            AND lower(p.detail) = lower(%(detail)s)) AS of_detail,
         count(*) FILTER (WHERE p.activity_type_id = %(kind)s AND p.state = 'open') AS type_open,
         max(coalesce(p.completed_at, p.taken_at)) FILTER (WHERE p.activity_type_id = %(kind)s)
           AS type_last,
         max(coalesce(p.completed_at, p.taken_at)) FILTER (WHERE p.is_reference)
           AS reference_last,
         max(p.completed_at) FILTER (WHERE p.effort = 'high') AS high_last,
         min(p.completed_at) FILTER (WHERE p.units > 0) AS first_unit,
         min(p.completed_at) FILTER (WHERE p.activity_type_id = %(kind)s) AS first_of_type,
         min(p.completed_at)
           FILTER (WHERE p.activity_type_id = %(kind)s AND lower(p.detail) = lower(%(detail)s))
           AS first_of_detail,
         count(*) FILTER (WHERE {asked}) AS asked_given,
         min(p.completed_at) FILTER (WHERE {asked}) AS first_asked
    FROM advocates_participation p
   WHERE {counted} {advocates}
   GROUP BY p.advocate_id
),
asked AS (
  SELECT p.advocate_id,
         count(*) FILTER (WHERE p.taken_at >= (SELECT since FROM moments)
                            AND p.taken_at > (SELECT year_ago FROM moments)) AS asks_year,
         count(*) FILTER (WHERE p.taken_at > (SELECT quarter_ago FROM moments)) AS asks_quarter,
         max(p.taken_at) AS ask_last,
         min(p.taken_at) FILTER (WHERE p.taken_at >= (SELECT since FROM moments)) AS first_of_year,
         min(p.taken_at) FILTER (WHERE p.taken_at > (SELECT quarter_ago FROM moments))
           AS first_of_quarter,
         max(p.released_at) FILTER (WHERE p.release_reason IN ('declined', 'expired'))
           AS miss_any
    FROM advocates_participation p
   WHERE p.tenant_id = %(tenant)s AND {sent} {advocates}
   GROUP BY p.advocate_id
),
missed AS (
  SELECT asked.advocate_id, two.miss_last
    FROM asked
    JOIN advocates_programpolicy policy ON policy.tenant_id = %(tenant)s
   CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE last_two.release_reason IN ('declined', 'expired'))
                  AS misses,
                max(last_two.released_at) AS miss_last
           FROM (SELECT p.release_reason, p.released_at
                   FROM advocates_participation p
                  WHERE p.tenant_id = %(tenant)s AND p.advocate_id = asked.advocate_id
                    AND {sent} AND p.state <> 'open'
                  ORDER BY p.taken_at DESC, p.id DESC LIMIT 2) last_two) two
   WHERE asked.miss_any > clock() - make_interval(days => policy.cooling_days)
     AND two.misses = 2
),
company AS (
  SELECT p.account_id, sum(p.units) AS account_used,
         count(*) FILTER (WHERE p.state = 'open') AS account_open
    FROM advocates_participation p
   WHERE {counted} {accounts}
   GROUP BY p.account_id
),
last_ever AS (
  SELECT p.advocate_id, max(p.completed_at) AS done
    FROM advocates_participation p
   WHERE %(warn_gap)s IS NOT NULL AND p.tenant_id = %(tenant)s
     AND p.activity_type_id = %(kind)s AND p.state = 'completed' {advocates}
   GROUP BY p.advocate_id
),
climbed AS (
  SELECT p.advocate_id,
         max(CASE p.effort WHEN 'high' THEN 3 WHEN 'moderate' THEN 2 ELSE 1 END) AS step
    FROM advocates_participation p
   WHERE {ladder} AND %(effort)s <> 'low' AND p.tenant_id = %(tenant)s
     AND p.state = 'completed' {advocates}
   GROUP BY p.advocate_id
),
last_asked AS (
  SELECT DISTINCT ON (p.advocate_id) p.advocate_id, p.activity_type_id
    FROM advocates_participation p
   WHERE {variety} AND p.tenant_id = %(tenant)s AND {sent} {advocates}
   ORDER BY p.advocate_id, p.taken_at DESC, p.id DESC
),
figures AS (
  SELECT who.id, who.allowance, who.reference_gap, who.last_asked_at, asked.ask_last,
         coalesce(given.used, 0) AS used, coalesce(given.open_now, 0) AS open_now,
         coalesce(given.of_type, 0) AS of_type, coalesce(given.of_detail, 0) AS of_detail,
         coalesce(given.type_open, 0) AS type_open,
         given.type_last, given.reference_last, given.high_last,
         given.first_unit, given.first_of_type, given.first_of_detail,
         coalesce(asked.asks_year, 0) AS asks_year,
         coalesce(asked.asks_quarter, 0) AS asks_quarter,
         asked.first_of_year, asked.first_of_quarter, missed.miss_last,
         coalesce(company.account_used, 0) AS account_used,
         coalesce(company.account_open, 0) AS account_open,
         coalesce(given.asked_given, 0) AS asked_given, given.first_asked,
         last_ever.done AS done_ever, (SELECT zone FROM moments) AS zone,
         policy.recovery_days, policy.recovery_low_days, policy.days_between_asks,
         policy.cooling_days, policy.asks_per_year, policy.asks_per_90_days,
         policy.asked_per_year, policy.pacing_mode, policy.recovery_mode, policy.limits_mode,
         policy.frequency_mode, policy.variety_mode, policy.ladder_mode,
         who.allowance IS NULL AS no_row,
         %(units)s > 0 AND coalesce(given.used, 0) + %(units)s > who.allowance AS yearly,
         given.of_type >= %(per_year)s OR %(per_year)s = 0 AS type_year,
         given.of_detail >= %(per_detail)s OR %(per_detail)s = 0 AS type_detail,
         given.type_open >= %(at_once)s OR %(at_once)s = 0 AS at_once,
         %(gap_days)s > 0
           AND given.type_last > clock() - make_interval(days => %(gap_days)s) AS gap,
         %(is_reference)s AND who.reference_gap > 0
           AND given.reference_last > clock() - make_interval(days => who.reference_gap)
           AS reference,
         (policy.recovery_days > 0
            AND given.high_last > clock() - make_interval(days => policy.recovery_days))
           OR (%(effort)s <> 'low' AND policy.recovery_low_days > 0
               AND given.high_last > clock() - make_interval(days => policy.recovery_low_days))
           AS recovery,
         coalesce(asked.asks_year, 0) >= policy.asks_per_year
           OR coalesce(asked.asks_quarter, 0) >= policy.asks_per_90_days
           OR (policy.days_between_asks > 0
               AND asked.ask_last > (SELECT year_ago FROM moments)
               AND asked.ask_last > clock() - make_interval(days => policy.days_between_asks))
           AS pacing,
         policy.cooling_days > 0
           AND missed.miss_last > clock() - make_interval(days => policy.cooling_days) AS cooling,
         (%(units)s > 0
            AND coalesce(company.account_used, 0) + %(units)s > policy.account_units_per_year)
           OR coalesce(company.account_open, 0) >= policy.account_open AS account,
         (policy.counts_free_types OR %(units)s > 0)
           AND coalesce(given.asked_given, 0) >= policy.asked_per_year AS asked_enough,
         last_asked.activity_type_id = %(kind)s AS variety,
         %(effort)s <> 'low'
           AND coalesce(climbed.step, 0) < CASE %(effort)s WHEN 'high' THEN 2 ELSE 1 END AS ladder,
         last_ever.done > clock() - make_interval(days => %(warn_gap)s) AS warn_gap
    FROM who
    JOIN advocates_programpolicy policy ON policy.tenant_id = %(tenant)s
    LEFT JOIN given ON given.advocate_id = who.id
    LEFT JOIN asked ON asked.advocate_id = who.id
    LEFT JOIN missed ON missed.advocate_id = who.id
    LEFT JOIN company ON company.account_id = who.account_id
    LEFT JOIN last_ever ON last_ever.advocate_id = who.id
    LEFT JOIN climbed ON climbed.advocate_id = who.id
    LEFT JOIN last_asked ON last_asked.advocate_id = who.id
)
"""


def figures_sql(
    *, people: str, who: str, advocates: str, accounts: str, ever: Mapping[str, str]
) -> str:
    """The relation, up to the statement that reads it.

    ``people`` is what to take them from, ``who`` narrows them; ``advocates`` and ``accounts``
    narrow what is read of the ledger to theirs; ``ever`` says when a rule of ``EVER`` is asked,
    which means nothing where it is not.
    """
    return _FIGURES.format(
        counted=_COUNTED,
        asked=_ASKED,
        sent=_SENT,
        people=people,
        who=who,
        advocates=advocates,
        accounts=accounts,
        **ever,
    )


_COMPANIES = """
WITH moments AS MATERIALIZED (
  SELECT year_start(t.time_zone) AS since FROM tenancy_tenant t WHERE t.id = %(tenant)s
)
SELECT p.account_id, coalesce(sum(p.units), 0), count(*) FILTER (WHERE p.state = 'open')
  FROM advocates_participation p
 WHERE {counted} AND p.account_id = ANY(%(accounts)s::uuid[])
 GROUP BY p.account_id
"""


def companies_sql() -> str:
    """Of some companies: units of the year, and how many asks and activities are open (CAP-7.d)."""
    return _COMPANIES.format(counted=_COUNTED)
