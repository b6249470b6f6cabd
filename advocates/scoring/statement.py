"""Strength and score of everybody or of a few, as one set-based statement (REL-1, IDN-1.f).

Whole numbers throughout: a share of a weight is rounded half up, so that the parts shown add up to
the score, and :mod:`tests.advocates.scorer` can say the same in plain Python.

The same statement ends the dismissals of candidates for whom something changed (IDN-1.g), and
returns these.
"""

from advocates.scoring.sources import answers

#: What somebody can bring. Responsiveness needs data too, which only asking would bring.
TO_BRING = ("health", "nps", "tenure", "outcome", "company", "voice")
SCORE = ("health", "nps", "tenure", "outcome", "relationship", "responsiveness", "enthusiasm",
         "company", "voice")  # fmt: skip
STRENGTH = ("check_ins", "response", "acceptance", "feedback", "executive")

_COLUMNS = (
    "strength", *STRENGTH, "asks_since", "last_check_in", "one_sided", "score", *SCORE,
    "incomplete",
)  # fmt: skip


def share(weight: str, part: str, whole: str) -> str:
    """So much of a weight, rounded half up; ``part`` lies between none and the whole."""
    return f"((2 * {weight} * ({part}) + ({whole})) / (2 * ({whole})))"


def statement(*, partial: bool) -> str:
    """For everybody, or for ``%(ids)s``; returns id, person and reasons of ended dismissals."""
    only = "AND {} = ANY(%(ids)s::uuid[])" if partial else ""
    of = {key: only.format(column) for key, column in _PARTIAL.items()}
    return _STATEMENT.format(
        answers=answers(),
        check_ins=share("%(strength_check_ins)s",
                        "least(coalesce(t.check_ins, 0), %(full_check_ins)s)",
                        "%(full_check_ins)s"),
        feedback=share("%(strength_feedback)s",
                       "least(coalesce(t.feedback, 0), %(full_feedback)s)", "%(full_feedback)s"),
        executive=share("%(strength_executive)s",
                        "least(coalesce(t.executive, 0), %(full_executive)s)",
                        "%(full_executive)s"),
        # Hours below the slow limit, as a share of those that make the difference.
        response=share("%(strength_response)s", _QUICKNESS, _SPAN),
        acceptance=share("%(strength_acceptance)s", "n.accepted", "n.answers"),
        responsiveness=share("%(score_responsiveness)s", _QUICKNESS, _SPAN),
        health=share("%(score_health)s", "least(p.account_health, %(health_full)s)",
                     "%(health_full)s"),
        half_nps="((%(score_nps)s + 1) / 2)",
        tenure=share("%(score_tenure)s", "least(p.months, %(tenure_months)s)",
                     "greatest(%(tenure_months)s, 1)"),
        adoption=share("%(score_outcome)s", "p.adoption", "200"),
        relationship=share("%(score_relationship)s", "strength", "100"),
        enthusiasm=share("%(score_enthusiasm)s", "least(coalesce(d.n, 0), 2)", "2"),
        company=share("%(score_company)s", "p.fitting", "p.wanted"),
        voice=share("%(score_voice)s",
                    "3 * coalesce(p.communication_skill, 0) + 3 * coalesce(p.presentation_skill, 0)"
                    " + CASE WHEN p.public THEN 10 ELSE 0 END", "40"),
        columns=", ".join(_COLUMNS),
        values=", ".join(f"s.{name}" for name in _COLUMNS),
        set=", ".join(f"{name} = EXCLUDED.{name}" for name in _COLUMNS),
        now=", ".join(f"known.{name}" for name in _COLUMNS),
        then=", ".join(f"EXCLUDED.{name}" for name in _COLUMNS),
        strength_sum=" + ".join(f"coalesce(r.{name}, 0)" for name in STRENGTH),
        score_sum=" + ".join(f"coalesce(g.{name}, 0)" for name in SCORE),
        incomplete=" OR ".join(f"g.{name} IS NULL" for name in TO_BRING),
        changed=",\n         ".join(_change(name) for name in SCORE),
        **of,
    )  # fmt: skip


_SPAN = "greatest(24 * (%(slow_days)s - %(quick_days)s), 1)"
_QUICKNESS = f"least(greatest(24 * %(slow_days)s - n.hours, 0), {_SPAN})"

#: Where a partial run narrows.
_PARTIAL = {
    "of_people": "a.id",
    "of_touches": "t.advocate_id",
    "of_answers": "k.advocate_id",
    "of_asked": "u.advocate_id",
    "of_signals": "g.advocate_id",
    "of_nominations": "o.advocate_id",
    "of_dismissals": "m.advocate_id",
}


def _change(part: str) -> str:
    """The part's code where it rose enough since somebody was put aside, or became known."""
    return (
        f"CASE WHEN s.{part} >= coalesce((m.parts->>'{part}')::int, 0) + %(return_points)s"
        f" OR (s.{part} > 0 AND m.parts->>'{part}' IS NULL) THEN '{part}' END"
    )


_STATEMENT = """
WITH today AS (
  SELECT (clock() AT TIME ZONE %(zone)s)::date AS day, year_start(%(zone)s) AS since
),
people AS (
  SELECT a.id, a.account_id, a.communication_skill, a.presentation_skill,
         c.health AS account_health, c.adoption, c.advocacy_allowed,
         CASE WHEN a.nps IS NOT NULL AND a.nps_on >= %(nps_since)s THEN a.nps
              WHEN c.nps_on >= %(nps_since)s THEN c.nps END AS nps,
         -- Whole months; none of a day that is still to come.
         greatest(extract(year FROM age(today.day, c.customer_since))::int * 12
                  + extract(month FROM age(today.day, c.customer_since))::int, 0) AS months,
         c.customer_since IS NOT NULL AS since_known,
         (cardinality(%(industries)s::text[]) > 0)::int + (cardinality(%(sizes)s::text[]) > 0)::int
           + (cardinality(%(regions)s::text[]) > 0)::int AS wanted,
         (lower(c.industry) = ANY(%(industries)s::text[]))::int
           + (c.segment = ANY(%(sizes)s::text[]))::int
           + (c.region = ANY(%(regions)s::text[]))::int AS fitting,
         (cardinality(%(industries)s::text[]) > 0 AND c.industry <> '')
           OR (cardinality(%(sizes)s::text[]) > 0 AND c.segment <> '')
           OR (cardinality(%(regions)s::text[]) > 0 AND c.region <> '') AS placed,
         cardinality(w.comforts) > 0 AS has_comforts,
         w.comforts && ARRAY['recorded_video', 'public_stage']::varchar[] AS public,
         EXISTS (SELECT FROM advocates_outcome x
                  WHERE x.tenant_id = a.tenant_id AND x.advocate_id = a.id) AS reached
    FROM advocates_advocate a
    JOIN advocates_account c ON c.tenant_id = a.tenant_id AND c.id = a.account_id
    LEFT JOIN advocates_preference w ON w.tenant_id = a.tenant_id AND w.advocate_id = a.id
   CROSS JOIN today
   WHERE a.tenant_id = %(tenant)s AND a.erased_at IS NULL {of_people}
),
touched AS (
  SELECT t.advocate_id,
         count(*) FILTER (WHERE t.kind = 'check_in' AND t.happened_on > today.day - 365)::int
           AS check_ins,
         count(*) FILTER (WHERE t.kind = 'feedback' AND t.happened_on > today.day - 365)::int
           AS feedback,
         count(*) FILTER (WHERE t.kind = 'executive' AND t.happened_on > today.day - 365)::int
           AS executive,
         max(t.happened_on) FILTER (WHERE t.kind = 'check_in') AS last_check_in
    FROM advocates_touch t CROSS JOIN today
   WHERE t.tenant_id = %(tenant)s AND NOT t.about_ask {of_touches}
   GROUP BY t.advocate_id
),
answered AS (
  SELECT k.advocate_id, count(*)::int AS answers, (count(*) FILTER (WHERE k.accepted))::int
           AS accepted,
         -- The mean; no answer counts as the slowest.
         (sum(CASE WHEN k.answered_at IS NULL THEN 24 * %(slow_days)s
                   ELSE least(floor(extract(epoch FROM k.answered_at - k.asked_at) / 3600),
                              24 * %(slow_days)s) END)::int / count(*)::int) AS hours
    FROM ({answers}) k WHERE true {of_answers}
   GROUP BY k.advocate_id
),
asked AS (
  SELECT u.advocate_id, count(*)::int AS n
    FROM advocates_participation u
    LEFT JOIN touched t ON t.advocate_id = u.advocate_id
   WHERE u.tenant_id = %(tenant)s AND u.origin = 'asked' AND u.state <> 'voided'
     AND u.release_reason <> 'unsent' {of_asked}
     AND (t.last_check_in IS NULL
          OR (u.taken_at AT TIME ZONE %(zone)s)::date > t.last_check_in)
   GROUP BY u.advocate_id
),
shown AS (
  SELECT e.advocate_id, count(*)::int AS n FROM (
    SELECT g.advocate_id FROM advocates_signal g CROSS JOIN today
     WHERE g.tenant_id = %(tenant)s AND g.seen_on > today.day - 365 {of_signals}
    UNION ALL
    SELECT u.advocate_id FROM advocates_participation u CROSS JOIN today
     WHERE u.tenant_id = %(tenant)s AND u.origin = 'volunteered' AND u.state = 'completed'
       AND u.completed_at >= today.since {of_asked}
    UNION ALL
    SELECT o.advocate_id FROM advocates_nomination o CROSS JOIN today
     WHERE o.tenant_id = %(tenant)s AND o.origin = 'self'
       AND o.created_at >= today.since {of_nominations}
  ) e GROUP BY e.advocate_id
),
related AS (
  SELECT p.id, {check_ins} AS check_ins,
         CASE WHEN n.answers > 0 THEN {response} END AS response,
         CASE WHEN n.answers > 0 THEN {acceptance} END AS acceptance,
         {feedback} AS feedback, {executive} AS executive,
         CASE WHEN n.answers > 0 THEN {responsiveness} END AS responsiveness,
         coalesce(q.n, 0) AS asks_since, t.last_check_in,
         coalesce(q.n, 0) >= %(one_sided_asks)s AS one_sided
    FROM people p
    LEFT JOIN touched t ON t.advocate_id = p.id
    LEFT JOIN answered n ON n.advocate_id = p.id
    LEFT JOIN asked q ON q.advocate_id = p.id
),
strengths AS (
  SELECT r.*, {strength_sum} AS strength FROM related r
),
points AS (
  SELECT r.*, p.account_id, p.advocacy_allowed,
         CASE WHEN p.account_health IS NOT NULL THEN {health} END AS health,
         CASE WHEN p.nps IS NULL THEN NULL WHEN p.nps >= %(nps_from)s THEN %(score_nps)s
              WHEN p.nps >= %(nps_from)s - 2 THEN {half_nps} ELSE 0 END AS nps,
         CASE WHEN NOT p.since_known THEN NULL
              WHEN %(tenure_months)s = 0 THEN %(score_tenure)s ELSE {tenure} END AS tenure,
         CASE WHEN p.reached THEN %(score_outcome)s
              WHEN p.adoption IS NOT NULL THEN {adoption} END AS outcome,
         {relationship} AS relationship, {enthusiasm} AS enthusiasm,
         CASE WHEN p.wanted > 0 AND p.placed THEN {company} END AS company,
         CASE WHEN p.communication_skill IS NOT NULL OR p.presentation_skill IS NOT NULL
                OR p.has_comforts THEN {voice} END AS voice
    FROM strengths r
    JOIN people p ON p.id = r.id
    LEFT JOIN shown d ON d.advocate_id = r.id
),
scored AS (
  SELECT g.*, {score_sum} AS score, ({incomplete}) AS incomplete FROM points g
),
written AS (
  INSERT INTO advocates_advocatescore AS known
         (id, tenant_id, advocate_id, changed_at, {columns})
  SELECT gen_random_uuid(), %(tenant)s, s.id, clock(), {values} FROM scored s ORDER BY s.id
      ON CONFLICT (tenant_id, advocate_id) DO UPDATE SET changed_at = clock(), {set}
   WHERE known.tenant_id = %(tenant)s AND ({now}) IS DISTINCT FROM ({then})
),
changed AS (
  SELECT m.id, concat_ws(' ',
         CASE WHEN s.account_id <> m.account_id THEN 'moved' END,
         CASE WHEN s.advocacy_allowed AND coalesce((m.parts->>'policy')::int, 0) = 0
              THEN 'policy' END,
         {changed}) AS because
    FROM advocates_dismissal m JOIN scored s ON s.id = m.advocate_id
   WHERE m.tenant_id = %(tenant)s AND m.state = 'away' {of_dismissals}
)
UPDATE advocates_dismissal m
   SET state = 'returned', ended_at = clock(), because = changed.because
  FROM changed
 WHERE m.tenant_id = %(tenant)s AND m.id = changed.id AND m.state = 'away'
   AND changed.because <> ''
RETURNING m.id
"""
