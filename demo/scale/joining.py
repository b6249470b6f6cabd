"""The way into the program: nominations, invitations, the lowest tier (IDN-2, ENR-1, TIER-1)."""

from advocates.models import Nomination, ProgramInvitation, TierChange, TierStanding
from demo.scale.frame import Bulk

_STANDING = """
(SELECT p.n, p.id AS advocate, p.enrolled_at, tier.id AS tier
   FROM scale_person p
  CROSS JOIN (SELECT id FROM advocates_tier ORDER BY rank LIMIT 1) tier
  WHERE p.enrolled) standing
"""


def write_ways_in(bulk: Bulk) -> None:
    """Nominations to decide, invitations out and declined, and the first day on the lowest tier."""
    bulk.insert(
        Nomination,
        "scale_person WHERE status = 'nominated'",
        id="pg_temp.key('nomination', n)",
        advocate="id",
        nominated_by="owner",
        reasons="pg_temp.pick(%(why_nominated)s::text[], pg_temp.roll(n, 'reasons'))",
        created_at="clock()"
        " - make_interval(hours => 2 + floor(pg_temp.roll(n, 'when') * 400)::int)",
    )
    bulk.insert(
        ProgramInvitation,
        "scale_person WHERE status IN ('invited', 'declined')",
        id="pg_temp.key('invitation', n)",
        advocate="id",
        sender="owner",
        state="CASE status WHEN 'invited' THEN 'sent' ELSE 'declined' END",
        sent_at="clock() - make_interval(days => CASE status WHEN 'invited'"
        " THEN 1 + floor(pg_temp.roll(n, 'invited') * 20)::int"
        " ELSE 7 + floor(pg_temp.roll(n, 'declined') * 300)::int END)",
        expires_at="clock() - make_interval(days => CASE status WHEN 'invited'"
        " THEN 1 + floor(pg_temp.roll(n, 'invited') * 20)::int"
        " ELSE 7 + floor(pg_temp.roll(n, 'declined') * 300)::int END - 30)",
        answered_at="CASE status WHEN 'declined' THEN clock()"
        " - make_interval(days => 5 + floor(pg_temp.roll(n, 'declined') * 300)::int) END",
        decline_reason="CASE status WHEN 'declined'"
        " THEN pg_temp.pick(%(why_declined)s::text[], pg_temp.roll(n, 'why')) ELSE '' END",
    )
    bulk.insert(
        TierStanding,
        _STANDING,
        id="pg_temp.key('standing', n)",
        advocate="advocate",
        tier="tier",
        earned_tier="tier",
        since="enrolled_at",
    )
    bulk.insert(
        TierChange,
        _STANDING,
        id="pg_temp.key('joined', n)",
        advocate="advocate",
        to_tier="tier",
        why="'enrolled'",
        at="enrolled_at",
    )
