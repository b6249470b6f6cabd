"""The people: where they stand, what they allow, what they achieved (ADV-1 to ADV-4, ENR-1)."""

from advocates.models import (
    Advocate,
    AdvocateIdentifier,
    AdvocateTag,
    Capacity,
    Outcome,
)
from demo.scale.frame import Bulk

# The nature of people: many are never asked, most now and then, a few give most of everything.
_PEOPLE = """
WITH placed AS (
  SELECT p.n, c.n AS company, c.id AS account, c.lifecycle, c.is_customer, c.allowed, c.domain,
         c.language, c.zone, c.owner,
         pg_temp.pick(%(first_names)s::text[], pg_temp.roll(p.n, 'first')) AS first,
         pg_temp.pick(%(last_names)s::text[], pg_temp.roll(p.n, 'last'))
           || CASE WHEN pg_temp.roll(p.n, 'double') < 0.06 THEN '-'
                || pg_temp.pick(%(last_names)s::text[], pg_temp.roll(p.n, 'last two')) ELSE '' END
           AS last,
         1 + floor(pg_temp.roll(p.n, 'job') * %(jobs)s)::int AS job,
         pg_temp.roll(p.n, 'status') AS way, pg_temp.roll(p.n, 'nature') AS nature,
         round(20 + pg_temp.roll(p.n, 'enrolled') * 880) AS enrolled_days,
         pg_temp.roll(p.n, 'frequency') AS frequency
    FROM scale_company c
   CROSS JOIN LATERAL generate_series(c.before + 1, c.upto) AS p(n)
), settled AS (
  SELECT p.*, job.title, job.seniority, job.function,
         row_number() OVER (PARTITION BY p.account, p.first, p.last ORDER BY p.n) AS namesake,
         CASE WHEN p.lifecycle = 'prospect' THEN 'candidate'
              WHEN p.lifecycle = 'former'
                THEN CASE WHEN p.way < 0.5 THEN 'alumni' ELSE 'candidate' END
              WHEN p.way < 0.70 THEN 'active' WHEN p.way < 0.74 THEN 'paused'
              WHEN p.way < 0.86 THEN 'candidate' WHEN p.way < 0.88 THEN 'nominated'
              WHEN p.way < 0.91 THEN 'qualified' WHEN p.way < 0.93 THEN 'cultivating'
              WHEN p.way < 0.945 THEN 'invited' WHEN p.way < 0.97 THEN 'declined'
              ELSE 'alumni' END AS status,
         CASE WHEN pg_temp.roll(p.n, 'ready') < 0.08 THEN 'active'
              WHEN pg_temp.roll(p.n, 'ready') < 0.88 THEN 'willing'
              WHEN pg_temp.roll(p.n, 'ready') < 0.985 THEN 'potential'
              ELSE 'not_a_fit' END AS readiness,
         CASE WHEN p.frequency < 0.15 THEN 'monthly' WHEN p.frequency < 0.80 THEN 'quarterly'
              WHEN p.frequency < 0.95 THEN 'twice_a_year' ELSE 'none' END AS wished,
         CASE WHEN pg_temp.roll(p.n, 'own cap') < 0.06
              THEN 2 + floor(pg_temp.roll(p.n, 'cap') * 3)::int END AS own_cap,
         array_remove(ARRAY[
           CASE WHEN pg_temp.roll(p.n, 'call') < 0.93 THEN 'private_call' END,
           CASE WHEN pg_temp.roll(p.n, 'quote') < 0.80 THEN 'written_quote' END,
           CASE WHEN pg_temp.roll(p.n, 'logo') < 0.60 THEN 'logo' END,
           CASE WHEN pg_temp.roll(p.n, 'video') < 0.45 THEN 'recorded_video' END,
           CASE WHEN pg_temp.roll(p.n, 'stage') < 0.35 THEN 'public_stage' END], NULL) AS comforts,
         CASE WHEN pg_temp.roll(p.n, 'refuses') < 0.06
              THEN pg_temp.pick(ARRAY['review', 'case_study', 'testimonial', 'speaking'],
                                pg_temp.roll(p.n, 'refused')) END AS refuses
    FROM placed p JOIN scale_job job ON job.n = p.job
)
SELECT s.n, pg_temp.key('advocate', s.n) AS id, s.company, s.account, s.allowed, s.owner, s.zone,
       s.first, s.last, s.title, s.seniority, s.function, s.status, s.readiness, s.wished,
       s.own_cap, s.comforts, s.refuses, s.domain,
       CASE WHEN pg_temp.roll(s.n, 'speaks') < 0.9 THEN s.language ELSE 'en' END AS language,
       -- A mailbox knows no accents.
       translate(lower(s.first || '.' || s.last), 'áãäåéêëíóõöøúüığšćçñ', 'aaaaeeeiooooouuigsccn')
         || CASE WHEN s.namesake > 1 THEN s.namesake::text ELSE '' END || '@' || s.domain AS email,
       s.status IN ('active', 'paused') AS enrolled,
       CASE WHEN s.status IN ('active', 'paused', 'alumni')
            THEN pg_temp.office(clock() - make_interval(days => s.enrolled_days::int),
                                pg_temp.roll(s.n, 'enrolled at')) END AS enrolled_at,
       least(%(cap)s, s.own_cap) AS allowance,
       CASE s.wished WHEN 'monthly' THEN 30 WHEN 'quarterly' THEN 91
                     WHEN 'twice_a_year' THEN 182 ELSE 0 END AS gap,
       CASE WHEN s.nature < 0.36 THEN 0.10 WHEN s.nature < 0.70 THEN 0.32
            WHEN s.nature < 0.92 THEN 0.62 ELSE 0.95 END AS eager,
       CASE WHEN s.nature < 0.36 THEN 0.02 WHEN s.nature < 0.70 THEN 0.07
            WHEN s.nature < 0.92 THEN 0.16 ELSE 0.55 END AS giving
  FROM settled s
"""

_TOPICS = """
SELECT p.n * 100 + tag.n AS n, p.id AS advocate, tag.id AS tag
  FROM scale_person p
  JOIN scale_tag tag
    ON (tag.kind = 'topic' AND pg_temp.roll(p.n * 100 + tag.n, 'knows') < 0.12)
    OR (tag.kind = 'use_case' AND pg_temp.roll(p.n * 100 + tag.n, 'knows') < 0.08)
"""
_OUTCOMES = """
SELECT p.n, p.id AS advocate, o.metric, o.before, o.after, o.period, o.narrative, tag.id AS use_case
  FROM scale_person p
  JOIN scale_outcome o ON o.n = 1 + floor(pg_temp.roll(p.n, 'outcome') * %(outcomes)s)::int
  LEFT JOIN scale_tag tag ON tag.kind = 'use_case' AND tag.name = o.use_case
 WHERE (p.enrolled OR p.status = 'qualified') AND pg_temp.roll(p.n, 'reached') < 0.5
"""


def draft_people(bulk: Bulk) -> None:
    """``scale_person``: one row a person."""
    bulk.draft("scale_person", _PEOPLE)


def write_people(bulk: Bulk) -> int:
    """The people; needs the draft of the ledger for when they were last asked. Returns how many."""
    count = bulk.insert(
        Advocate,
        "scale_person p LEFT JOIN (SELECT person, max(taken_at) AS at FROM scale_unit"
        " WHERE origin = 'asked' GROUP BY person) asked ON asked.person = p.n",
        id="p.id",
        account="p.account",
        first_name="p.first",
        last_name="p.last",
        email="p.email",
        job_title="p.title",
        seniority="p.seniority",
        function="p.function",
        language="p.language",
        time_zone="p.zone",
        nps="CASE WHEN pg_temp.roll(p.n, 'asked nps') < 0.6 THEN"
        " pg_temp.pick(ARRAY[6, 7, 8, 8, 9, 9, 9, 10, 10], pg_temp.roll(p.n, 'nps')) END",
        nps_on="CASE WHEN pg_temp.roll(p.n, 'asked nps') < 0.6"
        " THEN clock()::date - 5 - floor(pg_temp.roll(p.n, 'nps on') * 400)::int END",
        communication_skill="pg_temp.pick(ARRAY[NULL, 3, 3, 4, 4, 5], pg_temp.roll(p.n, 'speaks'))",
        presentation_skill="pg_temp.pick(ARRAY[NULL, NULL, 3, 4, 5],"
        " pg_temp.roll(p.n, 'presents'))",
        status="p.status",
        readiness="p.readiness",
        executive_sponsor="CASE WHEN p.enrolled AND pg_temp.roll(p.n, 'sponsored') < 0.02"
        " THEN pg_temp.pick(%(executives)s::uuid[], pg_temp.roll(p.n, 'sponsor')) END",
        disclosure="CASE WHEN pg_temp.roll(p.n, 'disclosed') < 0.03 THEN 'named'"
        " WHEN pg_temp.roll(p.n, 'disclosed') < 0.05 THEN 'never' ELSE '' END",
        enrolled_at="p.enrolled_at",
        last_asked_at="asked.at",
        declined_at="CASE WHEN p.status = 'declined' THEN clock()"
        " - make_interval(days => 5 + floor(pg_temp.roll(p.n, 'declined') * 300)::int) END",
        created_at="least(p.enrolled_at, clock() - interval '600 days')",
    )
    bulk.insert(
        Capacity,
        "scale_person",
        id="pg_temp.key('capacity', n)",
        advocate="id",
        allowance="allowance",
        reference_gap_days="gap",
    )
    bulk.insert(
        AdvocateIdentifier,
        "scale_person",
        id="pg_temp.key('identifier', n)",
        advocate="id",
        source="'crm'",
        external_id="'P-' || to_char(n, 'FM0000000')",
    )
    bulk.insert(
        AdvocateTag,
        f"({_TOPICS}) known",
        id="pg_temp.key('tag', n)",
        advocate="advocate",
        tag="tag",
    )
    bulk.insert(
        Outcome,
        f"({_OUTCOMES}) reached",
        id="pg_temp.key('outcome', n)",
        advocate="advocate",
        metric="metric",
        before="before",
        after="after",
        period="period",
        narrative="narrative",
        may_be_quoted="pg_temp.roll(n, 'quotable') < 0.7",
        use_case="use_case",
        created_at="clock() - make_interval(days => floor(pg_temp.roll(n, 'told') * 500)::int)",
    )
    return count
