"""What one advocate sees of themselves: asked, given, thanked, and what may be asked (PRT-1)."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.activities.choices import OPEN, ActivityState
from activities.activities.models import Activity
from activities.loops.models import LoopDuty
from advocacy import clock
from advocacy.messaging.links import link_path
from advocacy.messaging.models import PersonalLink
from advocates.models import (
    Advocate,
    TierStanding,
)
from advocates.program.first_step import first_steps
from advocates.program.involved import involved_url
from benefits.thanks.choices import ThankYouChannel, ThankYouKind, ThankYouState
from benefits.thanks.models import ThankYou
from requests.asks.choices import AskState
from requests.models import Ask

_MOST = 20

#: A tier is never a rank on this page, only a word of recognition.
_RECOGNITION = {
    "platinum": gettext_lazy("You are one of the few our whole company counts on."),
    "gold": gettext_lazy("You are one of our most valued voices."),
    "silver": gettext_lazy("Your voice makes a difference here."),
}
_MEMBER = gettext_lazy("Good to have you with us.")

_ASK_WORDS = {
    AskState.DECLINED: gettext_lazy("You said no, and that was fine."),
    AskState.LATER: gettext_lazy("You asked for another time."),
    AskState.SOMEONE_ELSE: gettext_lazy("You named somebody else."),
    AskState.EXPIRED: gettext_lazy("The time for it passed."),
    AskState.FILLED: gettext_lazy("Somebody else had said yes already."),
    AskState.CANCELLED: gettext_lazy("It settled itself."),
}


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """A question that waits for an answer; without an address it is in the mail only."""

    title: str
    until: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was asked, is coming up, or was given."""

    title: str
    detail: str
    at: datetime | None
    news: str = ""


@dataclass(frozen=True, slots=True)
class Thanks:
    """A word of thanks."""

    who: str
    at: datetime
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class FirstStep:
    """A small thing to begin with, and the page that says what it involves."""

    title: str
    detail: str
    url: str


@dataclass(slots=True)
class Home:
    """Everything on an advocate's page."""

    recognition: str
    waiting: list[OpenAsk] = field(default_factory=list)
    coming: list[Line] = field(default_factory=list)
    given: list[Line] = field(default_factory=list)
    asked: list[Line] = field(default_factory=list)
    thanks: list[Thanks] = field(default_factory=list)
    summary: str = ""
    first_steps: list[FirstStep] = field(default_factory=list)


def home_of(advocate: Advocate) -> Home:
    """An advocate's page; a dozen statements, however much they gave."""
    activities = list(
        Activity.objects.select_related("activity_type")
        .filter(advocate=advocate, state__in=[*OPEN, ActivityState.COMPLETED])
        .order_by("-happened_at", "-starts_at", "-planned_at", "-id")[: 2 * _MOST]
    )
    secret = _confidential(activities)
    news = _news(activities)
    coming = [activity for activity in activities if activity.state in OPEN]
    given = [activity for activity in activities if activity.state == ActivityState.COMPLETED]
    asks = list(
        Ask.objects.select_related("request__activity_type")
        .filter(advocate=advocate, is_sent=True)
        .exclude(state=AskState.ACCEPTED)
        .order_by("-sent_at", "-id")[:_MOST]
    )
    now = clock.now()
    waiting = [ask for ask in asks if ask.state == AskState.SENT and ask.expires_at > now]
    return Home(
        recognition=_recognition(advocate),
        waiting=_waiting(waiting),
        coming=[_line(activity, activity.starts_at, secret) for activity in coming],
        given=[
            _line(activity, activity.happened_at, secret, news.get(activity.pk, ""))
            for activity in given[:_MOST]
        ],
        asked=[_answered(ask) for ask in asks if ask not in waiting],
        thanks=_thanks(advocate),
        summary=_summary(advocate, given),
        first_steps=[] if given else _first_steps(advocate),
    )


def _first_steps(advocate: Advocate) -> list[FirstStep]:
    """Where to begin, for who has done nothing yet (CAP-4.b)."""
    return [
        FirstStep(
            kind.name,
            _("%(low)d to %(high)d minutes") % {"low": kind.minutes_low, "high": kind.minutes_high},
            involved_url(advocate.tenant, kind),
        )
        for kind in first_steps([advocate.pk]).get(advocate.pk, [])
    ]


def _recognition(advocate: Advocate) -> str:
    code = (
        TierStanding.objects.filter(advocate=advocate).values_list("tier__code", flat=True).first()
    )
    return str(_RECOGNITION.get(code or "", _MEMBER))


def _confidential(activities: Collection[Activity]) -> set[uuid.UUID]:
    """Activities whose prospect wants to stay unnamed, to the advocate as well (VIS-1)."""
    return set(
        Ask.objects.filter(
            activity__in=[activity.pk for activity in activities], request__is_confidential=True
        ).values_list("activity_id", flat=True)
    )


def _news(activities: Collection[Activity]) -> dict[uuid.UUID, str]:
    """What came of it, where somebody has told them."""
    return dict(
        LoopDuty.objects.filter(
            activity__in=[activity.pk for activity in activities], closed_at__isnull=False
        ).values_list("activity_id", "news")
    )


def _line(
    activity: Activity, at: datetime | None, secret: Collection[uuid.UUID], news: str = ""
) -> Line:
    parts = [] if activity.pk in secret else [activity.purpose]
    if activity.state == ActivityState.SCHEDULED:
        parts.append(activity.location)
    elif activity.state in OPEN:
        parts.append(_("a time is being found"))
    elif activity.minutes:
        parts.append(
            ngettext("%(count)d minute", "%(count)d minutes", activity.minutes)
            % {"count": activity.minutes}
        )
    detail = " · ".join(part for part in parts if part)
    return Line(activity.activity_type.name, detail, at, "" if activity.pk in secret else news)


def _waiting(asks: Collection[Ask]) -> list[OpenAsk]:
    links: dict[uuid.UUID, PersonalLink] = {}
    if asks:
        found = PersonalLink.objects.filter(
            purpose="ask",
            subject_id__in=[ask.pk for ask in asks],
            revoked_at__isnull=True,
            expires_at__gt=clock.now(),
        ).order_by("created_at")
        links = {link.subject_id: link for link in found}
    return [
        OpenAsk(
            ask.subject or ask.request.activity_type.name,
            ask.expires_at,
            link_path(links[ask.pk]) if ask.pk in links else "",
        )
        for ask in asks
    ]


def _answered(ask: Ask) -> Line:
    words = _ASK_WORDS.get(AskState(ask.state), _ASK_WORDS[AskState.EXPIRED])
    return Line(ask.request.activity_type.name, str(words), ask.answered_at or ask.sent_at)


def _thanks(advocate: Advocate) -> list[Thanks]:
    rows = (
        ThankYou.objects.select_related("done_by__user", "activity__activity_type", "tenant")
        .filter(advocate=advocate, state=ThankYouState.DONE, done_at__isnull=False)
        .exclude(kind=ThankYouKind.APOLOGY)
        .order_by("-done_at", "-id")[:_MOST]
    )
    return [
        Thanks(
            row.done_by.name if row.done_by else row.tenant.name,
            row.done_at or row.opened_at,
            row.activity.activity_type.name,
            # After a call or a note it is the colleague's own reminder of what was said.
            row.personal_line if row.channel == ThankYouChannel.EMAIL else "",
        )
        for row in rows
    ]


def _summary(advocate: Advocate, given: Collection[Activity]) -> str:
    """How much it was in the year; nothing for a beginner."""
    since = clock.year_start(advocate.tenant.zone)
    year = [row for row in given if row.happened_at and row.happened_at >= since]
    if not year:
        return ""
    count = len(year)
    text = ngettext(
        "Once in the last twelve months.", "%(n)d times in the last twelve months.", count
    )
    minutes = sum(row.minutes or row.activity_type.minutes_midpoint for row in year)
    hours = round(minutes / 60)
    if hours:
        text += " " + ngettext("About one hour.", "About %(h)d hours.", hours)
    return text % {"n": count, "h": hours}
