"""How an activity reads: its headline, facts, feedback, timeline, and what can be done next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.activities.choices import MOVES, OPEN, ActivityState, NoShowBy
from activities.activities.models import Activity
from advocacy.events import bus
from advocacy.events.models import Event
from advocates.people.choices import AdvocateStatus

#: What was done, as it follows "for" or "of" in a sentence about somebody else.
_DEEDS: dict[str, str | Promise] = {
    "reference_call": gettext_lazy("the reference call"),
    "executive_reference_call": gettext_lazy("the executive reference call"),
    "testimonial": gettext_lazy("the testimonial"),
    "video_testimonial": gettext_lazy("the video testimonial"),
    "review": gettext_lazy("the review"),
    "case_study": gettext_lazy("the case study"),
    "referral": gettext_lazy("the referral"),
    "speaking": gettext_lazy("the talk"),
    "customer_panel": gettext_lazy("the panel"),
    "guest_article": gettext_lazy("the article"),
    "site_visit": gettext_lazy("the site visit"),
    "reference_list": gettext_lazy("the place on the reference list"),
    "logo_use": gettext_lazy("the logo"),
    "event_attendance": gettext_lazy("the visit to the event"),
    "advisory_board": gettext_lazy("the work on the advisory board"),
    "beta_test": gettext_lazy("the beta test"),
    "community_contribution": gettext_lazy("the contribution to the community"),
    "community_leadership": gettext_lazy("the leadership in the community"),
    "product_feedback": gettext_lazy("the product feedback"),
    "social_share": gettext_lazy("the share"),
    "survey": gettext_lazy("the survey"),
    "co_marketing": gettext_lazy("the joint campaign"),
}


def deed_of(activity: Activity) -> str:
    """ "the reference call": what was done, for the middle of a sentence."""
    kind = activity.activity_type
    known = _DEEDS.get(kind.code)
    return str(known) if known else _("the activity “%(name)s”") % {"name": kind.name}


@dataclass(frozen=True, slots=True)
class Step:
    """A move that is legal now: a button that opens a form, or does it at once."""

    label: str | Promise
    url_name: str
    permission: str = "activities.complete"
    icon: str = ""
    primary: bool = False
    danger: bool = False
    at_once: bool = False


_STEPS: dict[str, Step] = {
    "accepted": Step(
        gettext_lazy("The advocate said yes"), "accept", icon="check", primary=True, at_once=True
    ),
    "scheduled": Step(gettext_lazy("Book a time"), "schedule", icon="calendar-plus"),
    "completed": Step(gettext_lazy("It happened"), "complete", icon="circle-check", primary=True),
    "no_show": Step(gettext_lazy("Somebody did not come"), "no-show", icon="user-off"),
    "declined": Step(gettext_lazy("The advocate said no"), "decline", icon="x"),
    "cancelled": Step(gettext_lazy("Call it off"), "cancel", icon="ban", danger=True),
    "voided": Step(
        gettext_lazy("Recorded in error…"),
        "void",
        permission="activities.void",
        icon="arrow-back-up",
        danger=True,
    ),
}
_MOVED = Step(gettext_lazy("Book another time"), "schedule", icon="calendar-cog")


def steps_for(activity: Activity, *, now: datetime) -> list[Step]:
    """The legal moves, the one to take next first and alone primary."""
    state = activity.state
    over = activity.starts_at is not None and activity.starts_at <= now
    steps: list[Step] = []
    for move, step in _STEPS.items():
        if move not in MOVES[state]:
            continue
        if state == ActivityState.SCHEDULED and not over and move in ("completed", "no_show"):
            continue
        steps.append(_MOVED if state == move == ActivityState.SCHEDULED else step)
    if state == ActivityState.ACCEPTED:
        # Some activities have no appointment; most do, so booking comes first.
        steps.sort(key=lambda step: step.url_name != "schedule")
        steps = [
            Step(s.label, s.url_name, s.permission, s.icon, i == 0, s.danger, s.at_once)
            for i, s in enumerate(steps)
        ]
    return steps


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
    """Whether it still takes place, when the advocate has paused or left since; else nothing."""
    if activity.state not in OPEN:
        return ""
    words = {
        AdvocateStatus.PAUSED: _("%(name)s is paused. Does this still take place?"),
        AdvocateStatus.ALUMNI: _("%(name)s has left the program. Does this still take place?"),
    }.get(AdvocateStatus(activity.advocate.status), "")
    return words % {"name": activity.advocate.name} if words else ""


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
    if activity.ended_at:
        facts += [(_("Ended"), activity.ended_at), (_("Why"), _end_reason(activity))]
    facts.append((_("In charge"), activity.owner.name if activity.owner else ""))
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
class Feedback:
    """What one side said about it."""

    who: str
    rating: int | None
    comment: str


def feedback_of(activity: Activity) -> list[Feedback]:
    """Both sides' ratings and words, if they gave any."""
    sides = [
        Feedback(activity.advocate.name, activity.advocate_rating, activity.advocate_comment),
        Feedback(_("The requester"), activity.requester_rating, activity.requester_comment),
    ]
    return [side for side in sides if side.rating is not None or side.comment]


_ICONS = {
    "activity.planned": ("calendar", "info"),
    "activity.accepted": ("check", "success"),
    "activity.scheduled": ("calendar-check", "info"),
    "activity.completed": ("circle-check", "success"),
    "activity.declined": ("x", "neutral"),
    "activity.cancelled": ("ban", "neutral"),
    "activity.no_show": ("user-off", "warning"),
    "activity.questioned": ("help-circle", "warning"),
    "activity.voided": ("arrow-back-up", "danger"),
    "loop.due": ("news", "info"),
    "loop.closed": ("message-heart", "success"),
    "thank_you.opened": ("heart", "info"),
    "thank_you.sent": ("heart-handshake", "success"),
    "thank_you.reopened": ("mail-x", "danger"),
}


def timeline_of(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events as the timeline component draws them."""
    timeline = []
    for event in events:
        icon, tone = _ICONS.get(event.verb, ("point", "neutral"))
        words = bus.words(event.verb)
        timeline.append(
            {
                "at": event.at,
                "text": words[:1].upper() + words[1:],
                "who": event.actor.name if event.actor else "",
                "icon": icon,
                "tone": tone,
            }
        )
    return timeline
