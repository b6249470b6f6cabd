"""What was done, and the thanks and news that followed (ACT-1, ACT-2, THX-1, AST-3)."""

from activities.activities.models import Activity
from activities.loops.models import LoopDuty
from benefits.thanks.models import ThankYou
from demo.scale.frame import Bulk

# Everything somebody said yes to, and everything nobody asked for.
_ACTIVITIES = """
SELECT u.n, pg_temp.key('activity', u.n) AS id, u.id AS unit, u.advocate, u.kind, u.code, u.effort,
       u.produces, u.minutes, u.taken_at, u.happens_at, u.origin, u.meets, p.owner AS csm,
       coalesce(r.manager, p.owner) AS owner,
       coalesce(nullif(r.prospect, ''),
                pg_temp.pick(%(occasions)s::text[], pg_temp.roll(u.n, 'for'))) AS purpose,
       coalesce(u.answered_at, u.taken_at) AS accepted_at,
       r.deal IS NOT NULL AND r.closes_on < clock()::date AS deal_is_over, r.closes_on,
       CASE WHEN u.state = 'completed' THEN 'completed' WHEN u.reason <> '' THEN 'no_show'
            WHEN u.meets THEN 'scheduled' ELSE 'accepted' END AS state
  FROM scale_unit u
  JOIN scale_person p ON p.n = u.person
  LEFT JOIN scale_ask a ON a.n = u.n
  LEFT JOIN scale_request r ON r.request = a.request
 WHERE (u.accepted AND NOT u.waiting) OR u.reason = 'advocate_no_show'
"""

# Twenty-four hours after it happened; what was heard of later was thanked for at once. Imported
# history opens none, and what is automatic was out within minutes.
_THANKS = """
SELECT a.n, a.id AS activity, a.advocate, a.effort, a.happens_at, who.kind,
       CASE who.kind WHEN 'executive' THEN
              pg_temp.pick(%(executives)s::uuid[], pg_temp.roll(a.n, 'executive'))
            ELSE CASE WHEN a.effort = 'high' THEN a.owner ELSE a.csm END END AS owner,
       a.happens_at + who.within AS due_at,
       a.happens_at + CASE WHEN who.kind = 'automatic' THEN interval '10 minutes'
         WHEN pg_temp.roll(a.n, 'in time') < 0.955
         THEN who.within * (0.06 + 0.8 * pg_temp.roll(a.n, 'thanked'))
         ELSE least(who.within * (1.05 + pg_temp.roll(a.n, 'thanked')),
                    clock() - interval '1 hour' - a.happens_at) END AS done_at
  FROM scale_activity a
  JOIN (VALUES ('personal', interval '24 hours'), ('executive', interval '7 days'),
               ('automatic', interval '24 hours')) who (kind, within)
    ON CASE who.kind WHEN 'executive' THEN a.effort = 'high'
                     WHEN 'automatic' THEN a.code = ANY (%(automatic)s)
                     ELSE a.code <> ALL (%(automatic)s) END
 WHERE a.state = 'completed' AND a.origin <> 'imported'
   AND a.happens_at + who.within < clock()
"""

# Known at once where the result is public, else when the deal is won or lost.
_NEWS = """
SELECT a.n, a.id AS activity, a.owner, a.happens_at,
       CASE WHEN a.produces IN ('link', 'recording') THEN a.happens_at + interval '14 days'
            WHEN a.deal_is_over THEN a.closes_on + interval '3 days' END AS due_at
  FROM scale_activity a WHERE a.state = 'completed' AND a.origin <> 'imported'
"""
# Most are told long before it is due.
_TOLD_AT = "due_at - make_interval(hours => floor(pg_temp.roll(n, 'told') * 310)::int)"
_TOLD = f"{_TOLD_AT} < clock()"


def draft_activities(bulk: Bulk) -> None:
    """``scale_activity``: one row an activity."""
    bulk.draft("scale_activity", _ACTIVITIES)


def write_activities(bulk: Bulk) -> int:
    """The activities; returns how many."""
    return bulk.insert(
        Activity,
        "scale_activity",
        id="id",
        advocate="advocate",
        activity_type="kind",
        participation="unit",
        state="state",
        purpose="purpose",
        owner="owner",
        planned_at="accepted_at",
        accepted_at="accepted_at",
        scheduled_at="CASE WHEN meets THEN accepted_at + interval '3 hours' END",
        starts_at="CASE WHEN meets THEN happens_at - interval '30 minutes' END",
        ends_at="CASE WHEN meets THEN happens_at END",
        happened_at="CASE state WHEN 'completed' THEN happens_at END",
        completed_at="CASE state WHEN 'completed' THEN happens_at + interval '90 minutes' END",
        minutes="CASE state WHEN 'completed' THEN minutes END",
        advocate_rating="CASE WHEN state = 'completed' AND pg_temp.roll(n, 'rates') < 0.7"
        " THEN pg_temp.pick(ARRAY[3, 4, 4, 5, 5, 5], pg_temp.roll(n, 'rating')) END",
        advocate_comment="CASE WHEN state = 'completed' AND pg_temp.roll(n, 'rates') < 0.3"
        " THEN pg_temp.pick(%(comments)s::text[], pg_temp.roll(n, 'comment')) ELSE '' END",
        requester_rating="CASE WHEN state = 'completed' AND meets AND pg_temp.roll(n, 'back') < 0.8"
        " THEN pg_temp.pick(ARRAY[3, 4, 4, 5, 5], pg_temp.roll(n, 'rated')) END",
        ended_at="CASE state WHEN 'no_show' THEN happens_at END",
        no_show_by="CASE state WHEN 'no_show' THEN 'advocate' ELSE '' END",
        is_outside="origin IN ('outside', 'imported')",
    )


def write_thanks(bulk: Bulk) -> int:
    """Thank-yous said, most in time, and what advocates were told; returns how many thanks."""
    thanks = bulk.insert(
        ThankYou,
        f"({_THANKS}) thanks",
        id="pg_temp.key('thanks ' || kind, n)",
        activity="activity",
        advocate="advocate",
        kind="kind",
        effort="effort",
        owner="owner",
        state="'done'",
        happened_at="happens_at",
        opened_at="least(happens_at + interval '5 minutes', done_at)",
        due_at="due_at",
        channel="CASE WHEN kind = 'automatic' THEN 'automatic' ELSE"
        " pg_temp.pick(ARRAY['email', 'email', 'email', 'email', 'call', 'note'],"
        " pg_temp.roll(n, 'by what')) END",
        personal_line="CASE WHEN kind = 'automatic' THEN '' ELSE"
        " pg_temp.pick(%(lines)s::text[], pg_temp.roll(n, 'line')) END",
        done_at="done_at",
        done_by="CASE WHEN kind <> 'automatic' THEN owner END",
    )
    bulk.insert(
        LoopDuty,
        f"({_NEWS}) news",
        id="pg_temp.key('news', n)",
        activity="activity",
        owner="owner",
        opened_at="happens_at + interval '90 minutes'",
        due_at="due_at",
        closed_at=f"CASE WHEN {_TOLD}"
        f" THEN greatest({_TOLD_AT}, happens_at + interval '2 hours') END",
        closed_by=f"CASE WHEN {_TOLD} THEN owner END",
        note=f"CASE WHEN {_TOLD} THEN 'Told them how it was used and thanked again' ELSE '' END",
    )
    return thanks
