"""How an activity reads: its headline, facts, feedback, timeline, and what can be done next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.activities.choices import OPEN, ActivityState, NoShowBy
from activities.activities.models import Activity
from advocacy.identity.absences.words import name_now
from advocacy.records.lifecycle import Move
from advocates.accounts.selectors import reasons_to_rest
from advocates.people.choices import AdvocateStatus


def steps_for(activity: Activity, moves: Iterable[Move], *, now: datetime) -> list[Move]:
    """Of the moves somebody may make now those that make sense; the one to take next comes first
    and is alone primary.
    """
    steps = list(moves)
    if activity.state == ActivityState.ACCEPTED:
        # Some activities have no appointment; most do, so booking comes first.
        steps.sort(key=lambda move: move.name != "schedule")
        return [replace(move, primary=place == 0) for place, move in enumerate(steps)]
    if activity.state == ActivityState.SCHEDULED:
        if activity.starts_at is not None and activity.starts_at > now:
            steps = [move for move in steps if move.name not in ("complete", "no_show")]
        return [_another_time(move) if move.name == "schedule" else move for move in steps]
    return [_out_again(activity, move) for move in steps]


def _out_again(activity: Activity, move: Move) -> Move:
    if move.name != "come_out" or activity.out_on is None:
        return move
    return replace(move, label=gettext_lazy("Correct since when it is out"), icon="calendar-cog")


def _another_time(move: Move) -> Move:
    return replace(move, label=gettext_lazy("Book another time"), icon="calendar-cog")


def headline_of(activity: Activity) -> str:
    """ "Reference call with Ana Lima for Isdom"."""
    words = {"type": activity.activity_type.name, "advocate": activity.advocate.name}
    if activity.purpose:
        return _("%(type)s by %(advocate)s for %(purpose)s") % {
            **words,
            "purpose": activity.purpose,
        }
    return _("%(type)s by %(advocate)s") % words


def question_of(activity: Activity) -> str:
    """Whether it still takes place, when the advocate has paused or left since or the account is
    held (ACC-2); else nothing.
    """
    if activity.state not in OPEN:
        return ""
    words = {
        AdvocateStatus.PAUSED: _("%(name)s is paused. Does this still take place?"),
        AdvocateStatus.ALUMNI: _("%(name)s has left the program. Does this still take place?"),
    }.get(AdvocateStatus(activity.advocate.status), "")
    if words:
        return words % {"name": activity.advocate.name}
    held = reasons_to_rest(activity.advocate.account)
    return f"{held[0]} {_('Does this still take place?')}" if held else ""


def minutes_words(minutes: int | None) -> str:
    """How long, in words; nothing when nobody wrote it down."""
    if minutes is None:
        return ""
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def facts_of(activity: Activity) -> list[tuple[str, Any]]:
    """Names and values; only what is known or still to come."""
    facts: list[tuple[str, Any]] = [
        (_("Activity"), activity.activity_type.name),
        (_("For"), activity.purpose),
        (_("Effort"), activity.participation.get_effort_display()),
    ]
    if activity.detail:
        facts.insert(1, (_("Topic or site"), activity.detail))
    if activity.starts_at:
        facts += [
            (_("Starts"), activity.starts_at),
            (_("Ends"), activity.ends_at),
            (_("Where"), activity.location),
        ]
    if activity.happened_at:
        facts += [
            (_("Happened"), activity.happened_at),
            (_("Took"), minutes_words(activity.minutes)),
            (_("Recorded"), activity.completed_at),
        ]
    if activity.out_on:
        facts.append((_("Out since"), activity.out_on))
    if activity.ended_at:
        facts += [(_("Ended"), activity.ended_at), (_("Why"), _end_reason(activity))]
    facts.append((_("In charge"), name_now(activity.owner)))
    if activity.volunteered:
        facts.append((_("Allowance"), _("Offered unasked: it takes nothing of the allowance.")))
    if activity.waits_to_qualify:
        facts.append((_("Tier"), _("Counts once the referral has qualified.")))
    if activity.is_outside:
        facts.append((_("Program"), _("Outside the program: it was not asked for here.")))
    return facts


def _end_reason(activity: Activity) -> str:
    if activity.no_show_by == NoShowBy.PROSPECT:
        return _("The prospect did not come; the advocate's unit counts, without tier credit.")
    if activity.no_show_by == NoShowBy.ADVOCATE:
        return _("The advocate did not come; the unit is free again.")
    return activity.end_reason


@dataclass(frozen=True, slots=True)
class Said:
    """What one side said about it."""

    who: str
    rating: int | None
    comment: str
    again: str = ""


def feedback_of(activity: Activity, again: str = "") -> list[Said]:
    """Both sides' ratings and words, if they gave any; ``again`` is the advocate's on that."""
    sides = [
        Said(activity.advocate.name, activity.advocate_rating, activity.advocate_comment, again),
        Said(_("The requester"), activity.requester_rating, activity.requester_comment),
    ]
    return [side for side in sides if side.rating is not None or side.comment]
