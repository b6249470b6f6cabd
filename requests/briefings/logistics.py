"""When, where and how a call takes place, as one reader's clock shows it (FUL-2, FUL-4)."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.activities.models import Activity
from activities.set_up.checks import may_record
from activities.set_up.selectors import set_up_of
from requests.briefings.choices import Side
from requests.briefings.models import Briefing
from requests.requests.choices import MeetingFormat
from requests.requests.whereabouts import prospect_zone
from requests.scheduling.slots import Slot, slot_words, time_elsewhere, zone_words


def logistics(briefing: Briefing) -> list[tuple[str, Any]]:
    """Names and values; what is not known is left out."""
    ask, request = briefing.ask, briefing.ask.request
    activity = ask.activity
    for_advocate = briefing.side == Side.ADVOCATE
    zone = ask.advocate.zone if for_advocate else request.requester.zone
    other = None if for_advocate and request.is_confidential else prospect_zone(request)
    other = other if for_advocate else ask.advocate.zone
    if activity is None or activity.starts_at is None or activity.ends_at is None:
        return [(_("When"), _("not booked yet")), (_("Where"), _place(briefing, activity))]
    times = Slot(activity.starts_at, activity.ends_at)
    return [
        (_("When"), when_words(activity, zone)),
        (_("For the other side"), _elsewhere(times, zone, other)),
        (_("Where"), _place(briefing, activity)),
        (_("How long"), _length(activity)),
        *_set_up(activity),
    ]


def when_words(activity: Activity, zone: ZoneInfo) -> str:
    """Day and time on a reader's clock, which is named; nothing without a time."""
    if activity.starts_at is None or activity.ends_at is None:
        return ""
    times = Slot(activity.starts_at, activity.ends_at)
    return f"{slot_words(times, zone)} ({zone_words(zone)})"


def _elsewhere(times: Slot, zone: ZoneInfo, other: ZoneInfo | None) -> str:
    there = time_elsewhere(times, zone, other)
    return f"{there} ({zone_words(other)})" if there and other else ""


def _place(briefing: Briefing, activity: Activity | None) -> str:
    if activity is not None and activity.location:
        return activity.location
    if briefing.ask.request.meeting_format == MeetingFormat.PHONE:
        return _("by phone")
    return _("you hear it in time")


def _length(activity: Activity) -> str:
    assert activity.starts_at  # noqa: S101 - asked of what is booked only
    assert activity.ends_at  # noqa: S101
    minutes = int((activity.ends_at - activity.starts_at).total_seconds() // 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def _set_up(activity: Activity) -> list[tuple[str, str]]:
    set_up = set_up_of(activity)
    if set_up is None:
        return [(_("Recorded"), _("no"))]
    recorded = may_record(activity, set_up)
    return [
        (_("Recorded"), _("yes, as agreed") if recorded else _("no")),
        (_("To have open"), set_up.shared_tool),
        (_("Equipment"), set_up.equipment),
    ]
