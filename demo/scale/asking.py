"""The deals, requests and asks behind what was asked of people (REQ-1, REQ-2, ASK-1, OPP-1)."""

from demo.scale.frame import Bulk
from requests.models import Ask, Opportunity, Request, RequestTag, Touchpoint

# Asks of one kind in the order in which they went out: a request goes on asking until somebody
# says yes, and gives up after six, or when ten days pass without another to ask.
_ASKS = """
WITH marked AS (
  SELECT u.n, u.kind, u.taken_at, u.accepted AND u.reason = '' AS won,
         CASE WHEN coalesce(lag(u.accepted) OVER kinds, true)
                OR u.taken_at - lag(u.taken_at) OVER kinds > interval '10 days'
                OR row_number() OVER kinds %% 6 = 1 THEN 1 ELSE 0 END AS begins
    FROM scale_unit u WHERE u.origin = 'asked'
  WINDOW kinds AS (PARTITION BY u.kind ORDER BY u.taken_at, u.n)
), run AS (
  SELECT m.n, m.taken_at, sum(m.begins) OVER (ORDER BY m.kind, m.taken_at, m.n) AS request
    FROM marked m
)
SELECT r.n, r.request, row_number() OVER (PARTITION BY r.request ORDER BY r.taken_at, r.n) AS turn
  FROM run r
"""

# One row a request, with the criteria of a company like the one that helped in the end.
_REQUESTS = """
WITH summed AS (
  SELECT a.request, min(u.taken_at) AS first_at, max(u.taken_at) AS last_at,
         bool_or(u.accepted) AS filled, bool_or(u.waiting) AS waiting,
         bool_or(u.state = 'completed') AS completed, bool_or(u.state = 'open') AS running,
         max(u.released_at) AS gave_up_at,
         max(u.answered_at) FILTER (WHERE u.accepted) AS confirmed_at,
         max(u.happens_at) FILTER (WHERE u.accepted) AS happens_at, max(a.turn) AS turns
    FROM scale_ask a JOIN scale_unit u ON u.n = a.n GROUP BY a.request
), faced AS (
  SELECT s.*, u.kind, u.code, u.meets, u.detail, c.industry, c.segment, c.employees,
         c.country, c.region,
         p.function, p.seniority,
         s.first_at
           - make_interval(mins => 30 + floor(pg_temp.roll(s.request, 'triage') * 900)::int)
           AS submitted_at
    FROM summed s
    JOIN scale_ask a ON a.request = s.request AND a.turn = s.turns
    JOIN scale_unit u ON u.n = a.n
    JOIN scale_company c ON c.n = u.company
    JOIN scale_person p ON p.n = u.person
)
SELECT f.*, pg_temp.key('request', f.request) AS id,
       row_number() OVER (ORDER BY f.submitted_at, f.request) AS number,
       CASE WHEN f.waiting THEN 'outreach' WHEN f.running AND f.meets THEN 'scheduled'
            WHEN f.running THEN 'confirmed' WHEN f.completed THEN 'closed'
            ELSE 'unfilled' END AS state,
       pg_temp.pick(%(sales)s::uuid[], pg_temp.roll(f.request, 'requester')) AS requester,
       pg_temp.pick(%(managers)s::uuid[], pg_temp.roll(f.request, 'manager')) AS manager,
       CASE WHEN f.meets THEN pg_temp.key('deal', f.request) END AS deal,
       pg_temp.pick(%(starts)s::text[], pg_temp.roll(f.request, 'prospect one'))
         || pg_temp.pick(%(ends)s::text[], pg_temp.roll(f.request, 'prospect two')) || ' '
         || (SELECT pg_temp.pick(trade.words, pg_temp.roll(f.request, 'prospect three'))
               FROM scale_trade trade WHERE trade.industry = f.industry) AS prospect,
       (f.submitted_at + make_interval(days =>
          45 + floor(pg_temp.roll(f.request, 'closes') * 100)::int))::date AS closes_on,
       pg_temp.roll(f.request, 'luck') AS luck
  FROM faced f
"""

_STAGE = """CASE WHEN closes_on < clock()::date
                 THEN CASE WHEN luck < {won} THEN '{win}' ELSE '{loss}' END ELSE '{else_}' END"""


def draft_requests(bulk: Bulk) -> None:
    """``scale_ask`` and ``scale_request``: which asks belong to which request."""
    bulk.draft("scale_ask", _ASKS)
    bulk.draft("scale_request", _REQUESTS)


def write_requests(bulk: Bulk) -> int:
    """Deals, requests and what they ask about; returns how many requests."""
    bulk.insert(
        Opportunity,
        "scale_request WHERE deal IS NOT NULL",
        id="deal",
        source="'demo'",
        external_id="'D-' || to_char(number, 'FM0000000')",
        name="prospect || ' · ' ||"
        " pg_temp.pick(%(products)s::text[], pg_temp.roll(request, 'sold'))",
        prospect_name="prospect",
        # A reference call won is a deal won more often than not.
        crm_stage=_stage("Closed Won", "Closed Lost", "Negotiation/Review"),
        stage=_stage("won", "lost", "qualified"),
        amount="round((20000 + 600000 * power(pg_temp.roll(request, 'amount'), 3))::numeric, -3)",
        currency="'EUR'",
        probability=_stage("100", "0", "60") + "::int",
        lead_source="pg_temp.pick(ARRAY['Web', 'Partner Referral', 'Event', 'Outbound'],"
        " pg_temp.roll(request, 'lead'))",
        owner="requester",
        opened_on="submitted_at::date - 20 - floor(pg_temp.roll(request, 'opened') * 60)::int",
        closes_on="closes_on",
    )
    count = bulk.insert(
        Request,
        "scale_request",
        id="id",
        number="number",
        activity_type="kind",
        detail="detail",
        needed_by="greatest(last_at + interval '21 days', happens_at + interval '3 days')::date",
        opportunity="deal",
        prospect="CASE WHEN deal IS NULL THEN 'Marketing' ELSE prospect END",
        industry="industry",
        segment="segment",
        employees="employees",
        country="country",
        region="region",
        persona_function="CASE WHEN meets THEN function ELSE '' END",
        persona_seniority="CASE WHEN meets THEN seniority ELSE '' END",
        questions="CASE WHEN meets"
        " THEN pg_temp.pick(%(questions)s::text[], pg_temp.roll(request, 'asks')) ELSE '' END",
        meeting_format="CASE WHEN meets THEN 'video' ELSE 'written' END",
        intended_use="CASE WHEN meets THEN 'Final round of the selection' ELSE 'Web site' END",
        requester="requester",
        manager="manager",
        state="state",
        state_reason="CASE state WHEN 'unfilled'"
        " THEN 'Nobody who fits could be asked.' ELSE '' END",
        created_at="submitted_at - interval '10 minutes'",
        submitted_at="submitted_at",
        answer_due_at="submitted_at + interval '4 hours'",
        answered_at="least(first_at, submitted_at"
        " + make_interval(mins => floor(pg_temp.roll(request, 'answer') * 290)::int))",
        confirm_due_at="submitted_at + interval '2 days'",
        confirmed_at="CASE WHEN NOT waiting THEN confirmed_at END",
        completed_at="CASE state WHEN 'closed' THEN happens_at + interval '2 hours' END",
        ended_at="CASE state WHEN 'closed' THEN happens_at + interval '1 day'"
        " WHEN 'unfilled' THEN gave_up_at + interval '1 hour' END",
    )
    bulk.insert(
        RequestTag,
        "scale_request r JOIN scale_tag tag ON tag.kind = 'use_case'"
        " AND tag.place = 1 + floor(pg_temp.roll(r.request, 'about') * %(use_cases)s)::int",
        id="pg_temp.key('request tag', r.request)",
        request="r.id",
        tag="tag.id",
    )
    return count


def write_asks(bulk: Bulk) -> int:
    """The asks, with the answers they got; needs the activities. Returns how many."""
    return bulk.insert(
        Ask,
        "scale_ask a JOIN scale_unit u ON u.n = a.n JOIN scale_request r ON r.request = a.request"
        " JOIN scale_person p ON p.n = u.person"
        " LEFT JOIN scale_activity act ON act.n = u.n",
        id="pg_temp.key('ask', u.n)",
        request="r.id",
        advocate="u.advocate",
        participation="u.id",
        activity="act.id",
        sender="r.manager",
        state="CASE WHEN u.waiting THEN 'sent' WHEN u.accepted THEN 'accepted'"
        " WHEN u.reason = 'advocate_no_show' THEN 'cancelled' ELSE u.reason END",
        score="50 + floor(pg_temp.roll(u.n, 'score') * 50)::int",
        subject="CASE WHEN u.meets THEN 'Half an hour for ' || r.prospect || '?'"
        " ELSE 'A few words from you?' END",
        message="'Dear ' || p.first || E',\\n\\nmay I ask you for something? ' || CASE WHEN u.meets"
        " THEN r.prospect || ' would like to hear from somebody in your position how it went.'"
        " ELSE 'A few honest sentences about your project would help others.' END",
        sent_at="u.taken_at",
        remind_at="u.taken_at + interval '1 day'",
        # Whoever was asked yesterday has been reminded this morning.
        reminded_at="CASE WHEN u.waiting OR u.reason = 'expired'"
        " THEN least(u.taken_at + interval '1 day', clock()) END",
        expires_at="CASE WHEN u.waiting THEN clock() + make_interval(hours =>"
        " 12 + floor(pg_temp.roll(u.n, 'expires') * 24)::int)"
        " ELSE u.taken_at + interval '2 days' END",
        answered_at="CASE WHEN NOT u.waiting AND u.reason NOT IN ('expired', 'filled', 'cancelled')"
        " THEN u.answered_at END",
        answered_by="CASE WHEN NOT u.waiting AND u.reason NOT IN ('expired', 'filled', 'cancelled')"
        " THEN pg_temp.pick(ARRAY['advocate', 'advocate', 'advocate', 'staff'],"
        " pg_temp.roll(u.n, 'by')) ELSE '' END",
        decline_reason="CASE u.reason WHEN 'declined'"
        " THEN pg_temp.pick(%(declines)s::text[], pg_temp.roll(u.n, 'why')) ELSE '' END",
        later_on="CASE u.reason WHEN 'later' THEN (u.taken_at + interval '60 days')::date END",
        suggested_name="CASE u.reason WHEN 'someone_else'"
        " THEN pg_temp.pick(%(first_names)s::text[], pg_temp.roll(u.n, 'instead')) ELSE '' END",
    )


def write_touchpoints(bulk: Bulk) -> int:
    """What a completed reference is to its deal (OPP-1); needs the activities."""
    return bulk.insert(
        Touchpoint,
        "scale_ask a JOIN scale_unit u ON u.n = a.n JOIN scale_request r ON r.request = a.request"
        " JOIN scale_activity act ON act.n = u.n"
        " WHERE r.deal IS NOT NULL AND u.state = 'completed'",
        id="pg_temp.key('touchpoint', u.n)",
        opportunity="r.deal",
        kind="'reference'",
        at="u.happens_at",
        activity="act.id",
    )


def _stage(win: str, loss: str, running: str) -> str:
    return _STAGE.format(
        won="CASE WHEN completed THEN 0.62 ELSE 0.4 END",
        win=win,
        loss=loss,
        else_=running,
    )
