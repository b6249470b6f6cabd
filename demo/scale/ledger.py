"""A year and a half of asking and giving, within the guard's limits (CAP-1 to CAP-3, CAP-7).

Everybody has eight places in time, 72 days apart, at which they may have been asked. The distance
alone keeps pacing, cooling down and, as references come at every other place at the most, every
stated frequency; the order of the kinds keeps the rest after a high-effort activity and the limits
of each type. What would be too much for a person's allowance or a company's year is dropped from
the draft. Beside it stand the things nobody asked for: offered, or known afterwards (CAP-8); these
are facts, so a few people come out over their allowance, as in life.

What is not over yet stays open, and passes the guard on its way in like any other ask.
"""

from advocates.models import Participation
from demo.scale.frame import Bulk

# Kinds by place: a reference, something small, a reference, a review, something big, something
# small. ``age`` is in days; nobody was asked before they were in the program.
_ASKED = """
WITH place AS (
  SELECT p.n, j, p.n * 16 + j AS k,
         (j + floor(pg_temp.roll(p.n, 'turn') * 6)::int) %% 6 AS turn,
         576 - 72 * j - 72 * pg_temp.roll(p.n, 'phase')
           - 3 * pg_temp.roll(p.n * 16 + j, 'jitter') AS age
    FROM scale_person p CROSS JOIN generate_series(0, 7) j
   WHERE p.enrolled_at IS NOT NULL AND p.allowed IS NOT FALSE AND p.readiness <> 'not_a_fit'
     AND pg_temp.roll(p.n * 16 + j, 'asked') < p.eager
), chosen AS (
  SELECT s.n, s.j, s.k, s.turn, s.age,
         CASE s.turn WHEN 0 THEN 'reference_call' WHEN 1 THEN 'testimonial' WHEN 3 THEN 'review'
                     WHEN 4 THEN CASE WHEN pg_temp.roll(s.k, 'big') < 0.6 THEN 'case_study'
                                      ELSE 'video_testimonial' END
                     WHEN 5 THEN 'testimonial'
                     ELSE CASE WHEN p.seniority = 'executive' THEN 'executive_reference_call'
                               ELSE 'reference_call' END END AS code
    FROM place s JOIN scale_person p ON p.n = s.n
), timed AS (
  SELECT c.*, p.account, p.company, p.status, p.allowance,
         pg_temp.office(clock() - make_interval(secs => c.age * 86400),
                        pg_temp.roll(c.k, 'asked at')) AS taken_at,
         pg_temp.roll(c.k, 'answer') AS answer,
         make_interval(mins => 40 + floor(pg_temp.roll(c.k, 'answers in') * 2700)::int) AS patience,
         kind.id AS kind, kind.effort, kind.units, kind.is_reference, kind.tier_credit,
         kind.minutes_low, kind.minutes_high, kind.produces,
         'private_call' = ANY (kind.needs_comfort) AS meets
    FROM chosen c
    JOIN scale_person p ON p.n = c.n
    JOIN advocates_activitytype kind ON kind.code = c.code
   WHERE kind.needs_comfort <@ p.comforts::varchar[] AND kind.code IS DISTINCT FROM p.refuses
     AND (p.readiness <> 'potential' OR kind.effort = 'low')
     AND NOT (p.wished = 'twice_a_year' AND kind.is_reference AND c.turn <> 0)
     AND clock() - make_interval(secs => c.age * 86400) > p.enrolled_at + interval '2 days'
), answered AS (
  SELECT t.*, t.answer < 0.76 AS accepted,
         pg_temp.office(
           t.taken_at + make_interval(days => 3 + floor(pg_temp.roll(t.k, 'takes') * 16)::int),
           pg_temp.roll(t.k, 'at what hour')) AS happens_at
    FROM timed t WHERE t.taken_at < clock() - interval '1 hour'
)
SELECT a.k AS k, 'asked' AS origin, a.n AS person, a.company, a.account, a.allowance, a.j AS place,
       a.code, a.kind, a.effort, a.units, a.is_reference, a.produces, a.meets,
       a.tier_credit IN ('yes', 'term') AS counts, a.minutes_low, a.minutes_high, a.taken_at,
       least(a.taken_at + a.patience, clock() - interval '20 minutes') AS answered_at, a.accepted,
       CASE WHEN a.accepted AND a.happens_at < clock() - interval '3 days' THEN 'completed'
            WHEN a.accepted THEN 'open' ELSE 'released' END AS state,
       CASE WHEN a.accepted THEN '' WHEN a.answer < 0.87 THEN 'declined'
            WHEN a.answer < 0.93 THEN 'expired' WHEN a.answer < 0.96 THEN 'later'
            WHEN a.answer < 0.975 THEN 'someone_else' WHEN a.answer < 0.985 THEN 'filled'
            WHEN a.answer < 0.995 OR NOT a.meets OR a.happens_at > clock() - interval '3 days'
              THEN 'cancelled'
            ELSE 'advocate_no_show' END AS reason,
       -- What should have happened these days has been put off by a week.
       CASE WHEN a.happens_at < clock() - interval '3 days' THEN a.happens_at
            ELSE a.happens_at + interval '7 days' END AS happens_at,
       -- Asked since yesterday noon: nobody has answered yet.
       a.accepted AND a.taken_at > clock() - interval '28 hours' AS waiting
  FROM answered a
 WHERE (a.accepted OR a.taken_at < clock() - interval '4 days')
   AND (a.status = 'active' OR a.taken_at < clock() - interval '40 days')
"""

# Offered by themselves, or heard of afterwards; what is older than their joining is imported.
_GIVEN = """
WITH given AS (
  SELECT p.n, p.n * 16 + 8 + m AS k,
         pg_temp.pick(ARRAY['customer_panel', 'speaking', 'guest_article', 'event_attendance',
                            'social_share'], pg_temp.roll(p.n * 16 + m, 'gives')) AS code,
         pg_temp.office(
           clock() - make_interval(days =>
             6 + floor(pg_temp.roll(p.n * 16 + m, 'long ago') * 570)::int),
           pg_temp.roll(p.n * 16 + m, 'gave at')) AS at
    FROM scale_person p CROSS JOIN generate_series(1, 4) m
   WHERE p.enrolled_at IS NOT NULL AND p.readiness <> 'not_a_fit'
     AND pg_temp.roll(p.n * 16 + m, 'gave') < p.giving
), dated AS (
  SELECT g.*, p.company, p.account, p.allowance, p.enrolled_at, kind.id AS kind, kind.effort,
         kind.units, kind.is_reference, kind.produces, kind.tier_credit, kind.minutes_low,
         kind.minutes_high
    FROM given g
    JOIN scale_person p ON p.n = g.n
    JOIN advocates_activitytype kind ON kind.code = g.code
   WHERE kind.needs_comfort <@ p.comforts::varchar[] AND kind.code IS DISTINCT FROM p.refuses
     AND (kind.effort <> 'high' OR g.at < clock() - interval '100 days')
), told AS (
  SELECT d.*, CASE WHEN d.at < d.enrolled_at THEN 'imported'
                   WHEN pg_temp.roll(d.k, 'origin') < 0.6 THEN 'outside'
                   ELSE 'volunteered' END AS origin
    FROM dated d
)
SELECT t.k, t.origin, t.n AS person, t.company, t.account, t.allowance, NULL::int AS place, t.code,
       t.kind, t.effort, CASE WHEN t.origin = 'volunteered' THEN 0 ELSE t.units END AS units,
       t.is_reference, t.produces, false AS meets, t.tier_credit IN ('yes', 'term') AS counts,
       t.minutes_low, t.minutes_high,
       CASE WHEN t.origin = 'volunteered' THEN t.at - interval '6 days' ELSE t.at END AS taken_at,
       NULL::timestamptz AS answered_at, true AS accepted, 'completed' AS state, '' AS reason,
       t.at AS happens_at, false AS waiting
  FROM told t
"""

# Sums over more than a year, and over what was dropped as well: rather too few than one too many.
_UNITS = """
WITH every AS (
  SELECT * FROM scale_asked UNION ALL SELECT * FROM scale_given
), weighed AS (
  SELECT e.*,
         sum(units) OVER before_person AS of_person,
         sum(units) OVER before_account AS of_account,
         count(*) OVER (PARTITION BY account ORDER BY taken_at
                        RANGE BETWEEN interval '30 days' PRECEDING AND CURRENT ROW) AS at_a_time,
         sum(units) FILTER (WHERE taken_at > clock() - interval '400 days')
           OVER (PARTITION BY person) AS lately_of_person,
         sum(units) FILTER (WHERE taken_at > clock() - interval '400 days')
           OVER (PARTITION BY account) AS lately_of_account,
         count(*) FILTER (WHERE state = 'open') OVER (PARTITION BY account) AS open_of_account
    FROM every e
  WINDOW before_person AS (PARTITION BY person ORDER BY taken_at
                           RANGE BETWEEN interval '400 days' PRECEDING AND CURRENT ROW),
         before_account AS (PARTITION BY account ORDER BY taken_at
                            RANGE BETWEEN interval '400 days' PRECEDING AND CURRENT ROW)
)
SELECT k AS n, pg_temp.key('unit', k) AS id, origin, person,
       pg_temp.key('advocate', person) AS advocate, company, account, place, code, kind,
       effort, units, is_reference, produces, meets, counts,
       CASE code WHEN 'testimonial' THEN (%(quoted)s::text[])[1 + place %% 5]
                 WHEN 'review' THEN (%(sites)s::text[])[1 + place %% 4] ELSE '' END AS detail,
       CASE WHEN pg_temp.roll(k, 'clocked') < 0.85 THEN minutes_low
              + floor(pg_temp.roll(k, 'minutes') * (minutes_high - minutes_low + 1))::int END
         AS minutes,
       taken_at, answered_at, accepted, state, reason, happens_at, waiting,
       CASE WHEN reason = 'expired' THEN taken_at + interval '2 days'
            WHEN reason = 'advocate_no_show' THEN happens_at + interval '1 hour'
            ELSE answered_at END AS released_at
  FROM weighed
 WHERE origin <> 'asked'
    OR (of_person <= allowance AND of_account <= %(account_units)s
        AND at_a_time <= %(account_open)s
        AND (state <> 'open'
             OR (lately_of_person <= allowance AND lately_of_account <= %(account_units)s
                 AND open_of_account <= %(account_open)s)))
"""


def draft_ledger(bulk: Bulk) -> None:
    """``scale_unit``: one row a participation, with what became of it."""
    bulk.draft("scale_asked", _ASKED)
    bulk.draft("scale_given", _GIVEN)
    bulk.draft("scale_unit", _UNITS)


def write_finished(bulk: Bulk) -> int:
    """What is over, asked for or not: facts, at which the guard does not look."""
    return _write(bulk, "state <> 'open'")


def write_open(bulk: Bulk) -> int:
    """What is open passes the guard, which counts what is over: by then it needs statistics."""
    return _write(bulk, "state = 'open'")


def _write(bulk: Bulk, which: str) -> int:
    return bulk.insert(
        Participation,
        # In the order in which takes lock accounts and people.
        f"(SELECT * FROM scale_unit WHERE {which}"  # noqa: S608 - our own words
        " ORDER BY account, advocate, taken_at) unit",
        id="id",
        advocate="advocate",
        account="account",
        activity_type="kind",
        origin="origin",
        state="state",
        units="units",
        effort="effort",
        counts_for_tier="counts",
        is_reference="is_reference",
        detail="detail",
        minutes="CASE WHEN state = 'completed' THEN minutes END",
        taken_at="taken_at",
        completed_at="CASE WHEN state = 'completed' THEN happens_at END",
        released_at="CASE WHEN state = 'released' THEN released_at END",
        release_reason="reason",
    )
