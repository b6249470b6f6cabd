"""The personal text of an ask and the times it proposes; a person edits both before sending
(ASK-1).
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenancy.calendar import BusinessCalendar, calendar_of
from advocacy.tenancy.models import Membership
from advocates.countries import country_name
from advocates.models import ActivityType, Advocate
from advocates.people.choices import Comfort, Seniority
from requests.mails import first_name, language_of, write
from requests.matching.matches import Match
from requests.matching.ranking import why_not
from requests.models import Request
from requests.requests.choices import MeetingFormat
from requests.requests.levels import answer_times, end_of

#: How many times a draft proposes.
SLOTS = 3
#: Times of day that suit a call, in the order in which days try them.
_HOURS = (time(10), time(15), time(9, 30), time(14), time(11), time(16))
_PAUSE = timedelta(minutes=15)
#: More than these and a letter flatters.
_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """A time proposed with an ask."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class AskDraft:
    """What would go out to one advocate. ``override_reason`` answers every warning (CAP-5)."""

    advocate: Advocate
    subject: str
    message: str
    slots: tuple[Slot, ...] = ()
    override_reason: str = ""


def needs_slots(request: Request) -> bool:
    """Whether people meet, so that a time has to be found."""
    return (
        request.meeting_format != MeetingFormat.WRITTEN
        and Comfort.PRIVATE_CALL in request.activity_type.needs_comfort
    )


def duration_of(kind: ActivityType) -> timedelta:
    """How long a slot lasts: the least the type takes."""
    return timedelta(minutes=max(kind.minutes_low, 15))


def draft_ask(
    request: Request, advocate: Advocate, *, sender: Membership, found: Match | None = None
) -> AskDraft:
    """A personal draft in the advocate's language, with up to three times within their hours.

    ``found`` spares the look-up when the match is at hand. Reads only.
    """
    fit = found or why_not(request, advocate)
    language = language_of(advocate)
    with translation.override(language):
        context = {
            "first_name": first_name(advocate),
            "company": str(advocate.account),
            "tenant": request.tenant.name,
            "minutes": _minutes(request.activity_type),
            "meets": needs_slots(request),
            "what": str(request.activity_type),
            "peer": _peer(request),
            "prospect": _prospect(request),
            "why": _why(fit),
            "outcome": _outcome(fit),
            "questions": [
                line.strip("-•* ") for line in request.questions.splitlines() if line.strip()
            ],
            "use": request.intended_use,
            "how": _how(request),
            "sender": sender.name,
        }
        mail = write("ask_draft", context, language)
    return AskDraft(
        advocate,
        mail.subject,
        str(mail.text).strip(),
        tuple(suggest_slots(request, advocate)) if needs_slots(request) else (),
    )


def suggest_slots(request: Request, advocate: Advocate, *, count: int = SLOTS) -> list[Slot]:
    """Free times from the next business day on, in the advocate's working hours, and in the
    prospect's where both are awake; before the day the answer is needed by.
    """
    calendar = calendar_of(request.tenant, advocate.zone)
    prospect = (
        calendar_of(request.tenant, ZoneInfo(request.time_zone)) if request.time_zone else None
    )
    now = clock.now()
    tomorrow = calendar.add_days(now, 1)
    latest = end_of(request.needed_by, request.tenant.zone)
    # A time should not pass before the ask does; if that leaves none, from tomorrow on.
    _remind, expires_at = answer_times(request, advocate, calendar_of(request.tenant), now)
    busy = _busy([advocate.pk], tomorrow, latest)[advocate.pk]
    lasting = duration_of(request.activity_type)
    for earliest in (max(tomorrow, expires_at), tomorrow):
        for other in (prospect, None) if prospect else (None,):
            found = _free(calendar, other, earliest, latest, lasting, busy, count)
            if found:
                return found
    return []


def _free(
    calendar: BusinessCalendar,
    other: BusinessCalendar | None,
    earliest: datetime,
    latest: datetime,
    lasting: timedelta,
    busy: Sequence[tuple[datetime, datetime]],
    count: int,
) -> list[Slot]:
    """Two times a day at most, so that a choice is a choice."""
    found: list[Slot] = []
    day: date = earliest.astimezone(calendar.zone).date()
    while day <= latest.astimezone(calendar.zone).date() and len(found) < count:
        of_day = 0
        for hour in _HOURS:
            start = datetime.combine(day, hour, tzinfo=calendar.zone)
            end = start + lasting
            inside = calendar.is_open(start) and calendar.is_open(end - timedelta(minutes=1))
            if other is not None:
                inside = (
                    inside and other.is_open(start) and other.is_open(end - timedelta(minutes=1))
                )
            free = all(end + _PAUSE <= begins or start >= ends + _PAUSE for begins, ends in busy)
            if inside and free and start >= earliest and end <= latest and of_day < 2:
                found.append(Slot(start, end))
                of_day += 1
        day += timedelta(days=1)
    return sorted(found, key=lambda slot: slot.starts_at)[:count]


def _busy(
    advocates: Collection[uuid.UUID], since: datetime, until: datetime
) -> dict[uuid.UUID, list[tuple[datetime, datetime]]]:
    found: dict[uuid.UUID, list[tuple[datetime, datetime]]] = {pk: [] for pk in advocates}
    rows = Activity.objects.filter(
        advocate__in=advocates,
        state=ActivityState.SCHEDULED,
        starts_at__lt=until,
        ends_at__gt=since,
    ).values_list("advocate_id", "starts_at", "ends_at")
    for advocate, starts_at, ends_at in rows:
        if starts_at and ends_at:
            found[advocate].append((starts_at, ends_at))
    return found


# -- words ---------------------------------------------------------------------------------------


def slot_words(slot: Slot, zone: ZoneInfo) -> str:
    """A time as its reader sees it: "Thu 26 Nov, 10:00–10:30"."""
    start, end = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
    since, until = (time_format(moment.timetz(), "H:i") for moment in (start, end))
    return f"{date_format(start, 'D j M')}, {since}–{until}"


def zone_words(zone: ZoneInfo) -> str:
    """A time zone by its city: "Lisbon time"."""
    city = zone.key.rsplit("/", 1)[-1].replace("_", " ")
    return _("%(city)s time") % {"city": city}


def _minutes(kind: ActivityType) -> str:
    if kind.minutes_low == kind.minutes_high:
        return str(kind.minutes_low)
    return f"{kind.minutes_low}–{kind.minutes_high}"


def _prospect(request: Request) -> str:
    """Who asks: by name unless that is confidential."""
    facts = [
        request.industry,
        country_name(request.country) if request.country else "",
        _("about %(count)s people") % {"count": f"{request.employees:,}"}
        if request.employees
        else "",
    ]
    known = ", ".join(fact for fact in facts if fact)
    if request.is_confidential or not request.prospect:
        return _("a company (%(facts)s)") % {"facts": known} if known else _("a company")
    return f"{request.prospect} ({known})" if known else request.prospect


_ROLES = {
    Seniority.EXECUTIVE: gettext_lazy("an executive"),
    Seniority.MANAGER: gettext_lazy("a manager"),
    Seniority.PRACTITIONER: gettext_lazy("somebody who works with it every day"),
}


def _peer(request: Request) -> str:
    """Whoever wants to talk, as a letter says it: "a manager from Finance"."""
    role = _ROLES[Seniority(request.persona_seniority)] if request.persona_seniority else ""
    function = request.persona_function
    if role and function:
        return _("%(role)s from %(function)s") % {"role": role, "function": function}
    if function:
        return _("somebody from %(function)s") % {"function": function}
    return str(role)


def _why(fit: Match) -> list[str]:
    """The best reasons why this person; what is known inside only stays inside."""
    said = []
    for part in fit.parts:
        if part.criterion in ("relationship", "rotation"):
            continue
        words = [chip.text for chip in part.chips if chip.verdict == "fit"]
        if part.criterion == "use_case" and words:
            said.append(_("you work with %(what)s") % {"what": ", ".join(words)})
        elif part.criterion == "industry" and words:
            said.append(_("you know the industry"))
        elif part.criterion == "size" and words:
            said.append(_("your company is of a similar size"))
        elif part.criterion == "persona" and words:
            said.append(_("you do a similar job"))
        elif part.criterion == "region" and words:
            said.append(_("you are not far away"))
    return said[:_MOST_REASONS]


def _outcome(fit: Match) -> str:
    return next((str(outcome) for outcome in fit.outcomes if outcome.may_be_quoted), "")


def _how(request: Request) -> str:
    return {
        MeetingFormat.VIDEO: _("a video call, not recorded"),
        MeetingFormat.PHONE: _("a phone call, not recorded"),
        MeetingFormat.IN_PERSON: _("a meeting in person"),
        MeetingFormat.WRITTEN: _("a few lines in writing"),
    }[MeetingFormat(request.meeting_format)]
