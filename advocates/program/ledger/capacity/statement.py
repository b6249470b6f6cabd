"""The guard said once more as SQL over many people: the trigger of migration 0002 as a set.

What follows from a person's part of the ledger is worked out once, as the relation ``figures``.
Two questions are asked of it: everything that refuses or warns (:func:`status_sql`, for people who
are shown), and only the first rule that refuses (:func:`first_refusal_sql`, for counting a whole
program; what only the other question needs, PostgreSQL leaves out).
"""

import re
from typing import Any

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocates.models import ActivityType
from advocates.program.catalogue.choices import TierCredit

_COUNTED = """
       p.tenant_id = %(tenant)s AND p.state IN ('open', 'completed')
   AND (p.completed_at IS NULL OR p.completed_at >= (SELECT since FROM moments))
"""

# Moments are worked out once: calendar arithmetic for each of a million rows takes seconds.
_FIGURES = """
WITH moments AS MATERIALIZED (
  SELECT year_start(%(zone)s) AS since, clock() - interval '366 days' AS year_ago,
         clock() - interval '90 days' AS quarter_ago
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
         count(*) FILTER (WHERE p.activity_type_id = %(kind)s AND p.detail = %(detail)s)
           AS of_detail,
         count(*) FILTER (WHERE p.activity_type_id = %(kind)s AND p.state = 'open') AS type_open,
         max(coalesce(p.completed_at, p.taken_at)) FILTER (WHERE p.activity_type_id = %(kind)s)
           AS type_last,
         max(coalesce(p.completed_at, p.taken_at)) FILTER (WHERE p.is_reference)
           AS reference_last,
         max(p.completed_at) FILTER (WHERE p.effort = 'high') AS high_last,
         min(p.completed_at) FILTER (WHERE p.units > 0) AS first_unit,
         min(p.completed_at) FILTER (WHERE p.activity_type_id = %(kind)s) AS first_of_type,
         min(p.completed_at)
           FILTER (WHERE p.activity_type_id = %(kind)s AND p.detail = %(detail)s)
           AS first_of_detail
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
   WHERE p.tenant_id = %(tenant)s AND p.origin = 'asked' {advocates}
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
                    AND p.origin = 'asked' AND p.state <> 'open'
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
         last_ever.done AS done_ever,
         policy.recovery_days, policy.recovery_low_days, policy.days_between_asks,
         policy.cooling_days, policy.asks_per_year, policy.asks_per_90_days,
         policy.pacing_mode, policy.recovery_mode,
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
         last_ever.done > clock() - make_interval(days => %(warn_gap)s) AS warn_gap
    FROM who
    JOIN advocates_programpolicy policy ON policy.tenant_id = %(tenant)s
    LEFT JOIN given ON given.advocate_id = who.id
    LEFT JOIN asked ON asked.advocate_id = who.id
    LEFT JOIN missed ON missed.advocate_id = who.id
    LEFT JOIN company ON company.account_id = who.account_id
    LEFT JOIN last_ever ON last_ever.advocate_id = who.id
)
"""

#: Rule → when it refuses, over ``figures``, in the order in which the trigger checks them.
_REFUSES = {
    "capacity_yearly": "yearly",
    "capacity_type_year": "type_year",
    "capacity_type_detail": "type_detail",
    "capacity_type_at_once": "at_once",
    "capacity_type_gap": "gap",
    "capacity_reference_gap": "reference",
    "capacity_recovery": "recovery AND recovery_mode = 'block'",
    "capacity_pacing": "pacing AND pacing_mode = 'block'",
    "capacity_cooling": "cooling AND pacing_mode = 'block'",
    "capacity_account": "account AND pacing_mode = 'block'",
}
#: Rule → when it only warns.
_WARNS = {
    "capacity_recovery": "recovery AND recovery_mode <> 'block'",
    "capacity_pacing": "pacing AND pacing_mode <> 'block'",
    "capacity_cooling": "cooling AND pacing_mode <> 'block'",
    "capacity_account": "account AND pacing_mode <> 'block'",
    "type_warn_gap": "warn_gap",
}


def _all_of(rules: dict[str, str]) -> str:
    """An array of the rules that hold."""
    cases = ", ".join(f"CASE WHEN {holds} THEN '{rule}' END" for rule, holds in rules.items())
    return f"array_remove(ARRAY[{cases}], NULL)"


def _first_of(rules: dict[str, str]) -> str:
    """The first rule that holds, or null."""
    cases = " ".join(f"WHEN {holds} THEN '{rule}'" for rule, holds in rules.items())
    return f"CASE {cases} END"


_STATUS = """
SELECT id, coalesce(allowance, 0), used, open_now, greatest(ask_last, last_asked_at),
       CASE WHEN no_row THEN ARRAY['capacity_row'] ELSE {refuses} END,
       CASE WHEN no_row THEN ARRAY[]::text[] ELSE {warns} END,
       of_type, of_detail, type_open, reference_gap, asks_year, asks_quarter,
       account_used, account_open,
       CASE WHEN used + %(units)s - allowance = 1
            THEN (first_unit AT TIME ZONE %(zone)s)::date + 365 END,
       CASE WHEN of_type = %(per_year)s
            THEN (first_of_type AT TIME ZONE %(zone)s)::date + 365 END,
       CASE WHEN of_detail = %(per_detail)s
            THEN (first_of_detail AT TIME ZONE %(zone)s)::date + 365 END,
       ((type_last + make_interval(days => %(gap_days)s)) AT TIME ZONE %(zone)s)::date,
       ((reference_last + make_interval(days => reference_gap)) AT TIME ZONE %(zone)s)::date,
       ((high_last + make_interval(days =>
           CASE WHEN %(effort)s <> 'low' THEN greatest(recovery_days, recovery_low_days)
                ELSE recovery_days END)) AT TIME ZONE %(zone)s)::date,
       CASE WHEN (asks_year < asks_per_year
                  OR (asks_year = asks_per_year AND asks_year > 0))
             AND (asks_quarter < asks_per_90_days
                  OR (asks_quarter = asks_per_90_days AND asks_quarter > 0))
            THEN (greatest(
                    CASE WHEN asks_year = asks_per_year
                         THEN first_of_year + interval '365 days' END,
                    CASE WHEN asks_quarter = asks_per_90_days
                         THEN first_of_quarter + interval '90 days' END,
                    ask_last + make_interval(days => days_between_asks))
                  AT TIME ZONE %(zone)s)::date END,
       ((miss_last + make_interval(days => cooling_days)) AT TIME ZONE %(zone)s)::date,
       ((done_ever + make_interval(days => %(warn_gap)s)) AT TIME ZONE %(zone)s)::date
  FROM figures
"""

_FIRST_REFUSAL = "SELECT id, {first} AS code FROM figures"

#: Columns of the status before the figures of the sentences, and how many figures are columns.
FIRST, COLUMNS = 7, 8
#: The columns after the figures: the day on which a rule ends.
DAYS = {
    code: FIRST + COLUMNS + place
    for place, code in enumerate(
        (
            "capacity_yearly",
            "capacity_type_year",
            "capacity_type_detail",
            "capacity_type_gap",
            "capacity_reference_gap",
            "capacity_recovery",
            "capacity_pacing",
            "capacity_cooling",
            "type_warn_gap",
        )
    )
}
_PARAMETER = re.compile(r"%\((\w+)\)s")


def limits_of(kind: ActivityType) -> dict[str, Any]:
    """What differs from type to type in the statement."""
    return {
        "kind": kind.pk,
        # Named in a tender only: it takes its unit when it is called.
        "units": 0 if kind.tier_credit == TierCredit.CALLED else kind.units,
        "effort": str(kind.effort),
        "is_reference": kind.is_reference,
        "per_year": kind.per_year,
        "per_detail": kind.per_detail_per_year,
        "at_once": kind.at_once,
        "gap_days": kind.gap_days,
        "warn_gap": kind.warn_gap_days,
    }


def of_tenant() -> dict[str, Any]:
    """What is the same for every type of a tenant."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    return {"tenant": tenant.pk, "zone": tenant.time_zone}


def status_sql(*, named: bool, place: int) -> str:
    """Everything that refuses or warns; of the people in ``ids`` when they are named, else of all.

    The limits of the type are parameters with ``place`` at the end of their names.
    """
    figures = _FIGURES.format(
        counted=_COUNTED,
        people="advocates_advocate a",
        who="AND a.id = ANY(%(ids)s)" if named else "",
        advocates="AND p.advocate_id = ANY(%(ids)s)" if named else "",
        accounts="AND p.account_id IN (SELECT account_id FROM who)" if named else "",
    )
    status = _STATUS.format(refuses=_all_of(_REFUSES), warns=_all_of(_WARNS))
    own = frozenset(limits_of(ActivityType()))
    return _PARAMETER.sub(
        lambda found: f"%({found[1]}_{place})s" if found[1] in own else found[0], figures + status
    )


def first_refusal_sql(
    activity_type: ActivityType, *, among: str, detail: str = ""
) -> tuple[str, dict[str, Any]]:
    """A relation ``(id, code)``: the first rule that refuses one more ask, or null.

    For the people of the relation ``among``, which the statement around it defines with a column
    ``id``. Comes with its parameters; their names begin with ``guard_``.
    """
    few = f"IN (SELECT id FROM {among})"  # noqa: S608 - a name that the code chose
    figures = _FIGURES.format(
        counted=_COUNTED,
        people=f"{among} JOIN advocates_advocate a ON a.id = {among}.id",
        who="",
        advocates=f"AND p.advocate_id {few}",
        accounts="AND p.account_id IN (SELECT account_id FROM who)",
    )
    first = _FIRST_REFUSAL.format(first=_first_of({"capacity_row": "no_row", **_REFUSES}))
    parameters = {**of_tenant(), **limits_of(activity_type), "detail": detail}
    return (
        _PARAMETER.sub(r"%(guard_\1)s", figures + first),
        {f"guard_{name}": value for name, value in parameters.items()},
    )
