"""The companies: customers, some prospects, a few that left, with what matching reads (ACC-1)."""

from advocates.models import (
    Account,
    AccountCapacity,
    AccountHold,
    AccountIdentifier,
    AccountTag,
    RevenueEvent,
)
from demo.scale.frame import Bulk

# Most companies know one to four people, some a dozen; as many companies as hold everybody.
_SEATS = """
WITH sized AS (
  SELECT n, 1 + floor(11 * power(pg_temp.roll(n, 'seats'), 2))::int AS seats
    FROM generate_series(1, %(people)s::bigint) n
), counted AS (
  SELECT n, seats, sum(seats) OVER (ORDER BY n) AS upto FROM sized
)
SELECT n, upto - seats AS before, least(upto, %(people)s) AS upto
  FROM counted WHERE upto - seats < %(people)s
"""

# A start and an end make 3,000 brands, a trade's eight words eight companies of each.
_COMPANIES = """
WITH rolled AS (
  SELECT s.n, s.before, s.upto, pg_temp.key('account', s.n) AS id,
         pg_temp.pick(%(industries)s::text[], pg_temp.roll(s.n, 'industry')) AS industry,
         1 + floor(pg_temp.roll(s.n, 'place') * %(places)s)::int AS place,
         CASE WHEN pg_temp.roll(s.n, 'lifecycle') < 0.87 THEN 'customer'
              WHEN pg_temp.roll(s.n, 'lifecycle') < 0.95 THEN 'prospect'
              ELSE 'former' END AS lifecycle,
         -- From 12 to 25,000 people, small ones more often.
         round(12 * exp(power(pg_temp.roll(s.n, 'employees'), 1.2) * 7.64))::int AS employees,
         (s.n * 389) %% 3000 AS brand
    FROM scale_seats s
), named AS (
  SELECT r.*, (%(starts)s::text[])[(1 + r.brand %% 60)::int]
              || (%(ends)s::text[])[(1 + r.brand / 60)::int]
              || ' ' || trade.words[(1 + (r.n / 3000) %% 8)::int]
              || CASE WHEN r.n < 24000 THEN '' ELSE ' ' || r.n END AS name
    FROM rolled r JOIN scale_trade trade ON trade.industry = r.industry
)
SELECT c.n, c.before, c.upto, c.id, c.industry, c.lifecycle, c.employees, c.name,
       c.lifecycle = 'customer' AS is_customer,
       replace(lower(c.name), ' ', '-') || '.example' AS domain,
       CASE WHEN c.employees >= 1000 THEN 'enterprise' WHEN c.employees >= 100 THEN 'mid_market'
            ELSE 'smb' END AS segment,
       place.code AS country, place.city, place.region, place.language, place.zone,
       clock()::date - 200 - floor(pg_temp.roll(c.n, 'since') * 2200)::int AS since,
       -- Every twentieth customer is unwell, most are well, one in seven warns.
       CASE WHEN pg_temp.roll(c.n, 'mood') < 0.05 THEN 30 + floor(pg_temp.roll(c.n, 'health') * 30)
            WHEN pg_temp.roll(c.n, 'mood') < 0.20 THEN 60 + floor(pg_temp.roll(c.n, 'health') * 20)
            WHEN pg_temp.roll(c.n, 'mood') < 0.95 THEN 80 + floor(pg_temp.roll(c.n, 'health') * 21)
       END::int AS health,
       CASE WHEN pg_temp.roll(c.n, 'policy') < 0.02 THEN false
            WHEN pg_temp.roll(c.n, 'policy') < 0.88 THEN true END AS allowed,
       pg_temp.pick(%(csms)s::uuid[], pg_temp.roll(c.n, 'owner')) AS owner
  FROM named c JOIN scale_place place ON place.n = c.place
"""

_TAGGED = """
SELECT c.n * 100 + tag.n AS n, c.id AS account, tag.id AS tag
  FROM scale_company c
  JOIN scale_tag tag
    ON (tag.kind = 'product' AND pg_temp.roll(c.n * 100 + tag.n, 'uses') < 0.45)
    OR (tag.kind = 'use_case' AND pg_temp.roll(c.n * 100 + tag.n, 'uses') < 0.33)
    OR (tag.kind = 'competitor' AND pg_temp.roll(c.n * 100 + tag.n, 'uses') < 0.002)
 WHERE c.lifecycle <> 'prospect'
"""

_HELD = "scale_company WHERE is_customer AND pg_temp.roll(n, 'held') < 0.02"
_CHANGED = "scale_company WHERE is_customer AND pg_temp.roll(n, 'revenue') < 0.3"


def draft_companies(bulk: Bulk) -> None:
    """``scale_company``: one row a company, its people numbered from ``before`` + 1 to ``upto``."""
    bulk.draft("scale_seats", _SEATS)
    bulk.draft("scale_company", _COMPANIES)


def write_companies(bulk: Bulk) -> int:
    """The accounts with everything that hangs on them; returns how many accounts."""
    count = bulk.insert(
        Account,
        "scale_company",
        id="id",
        name="name",
        lifecycle="lifecycle",
        domain="domain",
        industry="industry",
        employees="employees",
        segment="segment",
        city="city",
        country="country",
        region="region",
        language="language",
        customer_since="CASE WHEN lifecycle <> 'prospect' THEN since END",
        renewal_on="CASE WHEN is_customer"
        " THEN clock()::date + 5 + floor(pg_temp.roll(n, 'renewal') * 700)::int END",
        annual_value="CASE WHEN is_customer"
        " THEN round((4000 + employees * 14 * (0.5 + pg_temp.roll(n, 'value')))::numeric, -3) END",
        currency="'EUR'",
        health="CASE WHEN is_customer THEN health END",
        health_on="CASE WHEN is_customer AND health IS NOT NULL"
        " THEN clock()::date - 1 - floor(pg_temp.roll(n, 'health on') * 40)::int END",
        adoption="CASE WHEN is_customer THEN 35 + floor(pg_temp.roll(n, 'adoption') * 64)::int END",
        adoption_on="CASE WHEN is_customer"
        " THEN clock()::date - 1 - floor(pg_temp.roll(n, 'adoption on') * 40)::int END",
        nps="CASE WHEN is_customer AND pg_temp.roll(n, 'asked nps') < 0.8"
        " THEN pg_temp.pick(ARRAY[3, 6, 7, 7, 8, 8, 9, 9, 9, 10], pg_temp.roll(n, 'nps')) END",
        nps_on="CASE WHEN is_customer AND pg_temp.roll(n, 'asked nps') < 0.8"
        " THEN clock()::date - 10 - floor(pg_temp.roll(n, 'nps on') * 420)::int END",
        owner="owner",
        advocacy_allowed="CASE WHEN is_customer THEN allowed END",
        gifts_allowed="CASE WHEN is_customer THEN pg_temp.roll(n, 'gifts') < 0.7 END",
        public_mention_allowed="CASE WHEN is_customer THEN pg_temp.roll(n, 'public') < 0.6 END",
        created_at="clock() - interval '640 days'",
    )
    bulk.insert(
        AccountCapacity, "scale_company", id="pg_temp.key('account capacity', n)", account="id"
    )
    bulk.insert(
        AccountIdentifier,
        "scale_company",
        id="pg_temp.key('account identifier', n)",
        account="id",
        source="'crm'",
        external_id="'A-' || to_char(n, 'FM0000000')",
    )
    bulk.insert(
        AccountTag,
        f"({_TAGGED}) tagged",
        id="pg_temp.key('account tag', n)",
        account="account",
        tag="tag",
    )
    bulk.insert(
        AccountHold,
        _HELD,
        id="pg_temp.key('hold', n)",
        account="id",
        reason="pg_temp.pick(%(holds)s::text[], pg_temp.roll(n, 'hold'))",
        starts_on="clock()::date - 3 - floor(pg_temp.roll(n, 'hold from') * 30)::int",
        ends_on="CASE WHEN pg_temp.roll(n, 'hold ends') < 0.7"
        " THEN clock()::date + 5 + floor(pg_temp.roll(n, 'hold until') * 60)::int END",
        placed_by="owner",
    )
    bulk.insert(
        RevenueEvent,
        _CHANGED,
        id="pg_temp.key('revenue', n)",
        account="id",
        kind="CASE WHEN pg_temp.roll(n, 'change') < 0.7 THEN 'renewal' ELSE 'expansion' END",
        on="clock()::date - floor(pg_temp.roll(n, 'change on') * 500)::int",
        amount="round((4000 + employees * 5)::numeric, -3)",
        currency="'EUR'",
    )
    return count
