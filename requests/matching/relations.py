"""The relations of the matching statement, as SQL (MAT-1, MAT-2): ``statement`` puts them together.

Written out, since PostgreSQL joins in the order written (``docs/decisions/0010``).
"""

#: Days since the last ask, as far as they count.
RESTED = """CASE WHEN a.last_asked_at IS NULL THEN %(rotation)s
              ELSE least(greatest(date_part('day', %(now)s - a.last_asked_at), 0),
                         %(rotation)s) END::int"""
SPEAKS = "lower(split_part(coalesce(nullif(a.language, ''), c.language), '-', 1))"
#: Asks that were answered in person.
IN_PERSON = "o.state IN ('accepted', 'declined', 'later', 'someone_else')"

#: What counts for a person (MAT-1). One row per company, then one per advocate.
MERITS = """
wanted AS (
  SELECT * FROM unnest(%(tags)s::uuid[], %(bits)s::varbit[]) AS wanted(tag_id, tag_bit)
),
company_tags AS (
  SELECT o.account_id, bit_or(wanted.tag_bit) AS tags
    FROM wanted
    JOIN advocates_accounttag o ON o.tenant_id = %(tenant)s AND o.tag_id = wanted.tag_id {their}
   GROUP BY o.account_id
),
company AS {kept} (
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
           WHERE c.tenant_id = %(tenant)s {companies}
          OFFSET 0) c
),
{nearest}merit AS (
  SELECT a.id, a.account_id, a.last_asked_at, company.points AS company_points,
         company.same_industry, company.size, company.same_place, company.health,
         (a.function = ANY(%(functions)s::text[]))::int AS same_function,
         (a.seniority = %(seniority)s)::int AS same_seniority,
         (a.time_zone = ANY(%(zones)s::text[]))::int AS near,
         coalesce(bit_count(coalesce(person_tags.tags | company.tags,
                                     person_tags.tags, company.tags)), 0) AS matched_tags,
         coalesce(person_tags.tags | company.tags, person_tags.tags, company.tags) AS tags,
         {rested} AS rested_days
    FROM {people} {person_tags}
   WHERE {who}
),
merits AS MATERIALIZED (
  SELECT * FROM (SELECT {columns}, {points} AS points FROM merit m) m WHERE {enough}
)
""".replace("{rested}", RESTED)

#: What a person has of the tags asked for: looked up where few are meant, added up for everybody.
TAGS_OF_ONE = """
    LEFT JOIN LATERAL (
         SELECT bit_or(wanted.tag_bit) AS tags
           FROM advocates_advocatetag o
           JOIN wanted ON wanted.tag_id = o.tag_id
          WHERE o.tenant_id = %(tenant)s AND o.advocate_id = a.id) person_tags ON true"""
TAGS_OF_ALL = """
    LEFT JOIN (
         SELECT o.advocate_id, bit_or(wanted.tag_bit) AS tags
           FROM wanted
           JOIN advocates_advocatetag o ON o.tenant_id = %(tenant)s AND o.tag_id = wanted.tag_id
          GROUP BY o.advocate_id) person_tags ON person_tags.advocate_id = a.id"""

#: The companies with the most points, and the score that the best at all others can have at most.
NEAREST = """
nearest AS MATERIALIZED (
  SELECT * FROM company ORDER BY points DESC LIMIT %(companies)s
),
others AS MATERIALIZED (
  SELECT (greatest(CASE WHEN count(*) = %(companies)s
                        THEN min(points) + {most_of_person} END, {elsewhere}::bigint)
          + {half}) / (2 * {half}) AS score
    FROM nearest
),
"""

#: The score, which the answers to earlier asks have a part in. They are looked up person by
#: person, and only of those whom they can help across a line: everybody's would be half the work.
SCORED = """
scored AS (
  SELECT m.*, answers.answered, answers.accepted, {score} AS score
    FROM merits m
    LEFT JOIN LATERAL (
         SELECT count(*) AS answered, count(*) FILTER (WHERE o.state = 'accepted') AS accepted
           FROM requests_ask o
          WHERE o.tenant_id = %(tenant)s AND o.advocate_id = m.id
            AND {in_person}
            AND {answers_matter}) answers ON true
)
""".replace("{in_person}", IN_PERSON)

#: What stands for or against asking those on the shortlist (MAT-2). One row per advocate.
FACTS = """
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
                 AND (o.scope = '{}' OR o.scope @> ARRAY[%(code)s]::varchar[])
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
   WHERE o.tenant_id = %(tenant)s AND o.name = ANY(%(prospects)s::text[])
),
asked AS (
  SELECT DISTINCT o.advocate_id
    FROM requests_ask o
   WHERE o.tenant_id = %(tenant)s
     AND o.request_id = ANY(ARRAY(SELECT r.id FROM requests_request r
                                   WHERE r.tenant_id = %(tenant)s
                                     AND (r.id = %(request)s
                                          OR r.opportunity_id = %(opportunity)s::uuid)))
),
facts AS (
  SELECT s.*, a.status, a.readiness, c.lifecycle, c.advocacy_allowed,
         c.public_mention_allowed AS mention_allowed, c.speaking_needs_approval,
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
         consent.by_employer IS NOT TRUE AS unapproved,
         %(needs_employer)s AND consent.by_employer IS NOT TRUE AS employer_missing,
         c.id = %(prospect_account)s::uuid OR c.name = ANY(%(prospects)s::text[]) AS is_prospect,
         rival.account_id IS NOT NULL OR c.name = ANY(%(competitors)s::text[]) AS is_competitor,
         avoiding.advocate_id IS NOT NULL AS avoids, asked.advocate_id IS NOT NULL AS was_asked,
         {speaks} AS speaks,
         c.region
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
""".replace("{speaks}", SPEAKS)
