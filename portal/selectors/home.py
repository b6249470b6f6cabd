"""What one advocate sees of themselves: asked, given, thanked, and what may be asked (PRT-1)."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.activities.choices import OPEN, ActivityState
from activities.activities.models import Activity
from advocacy import clock
from advocacy.messaging.links import link_path
from advocacy.messaging.models import PersonalLink
from advocates.models import (
    Advocate,
    TierStanding,
)
from advocates.program.first_step import first_steps
from advocates.program.involved import involved_url
from benefits.grants.lifecycle import GOT
from benefits.grants.models import Grant
from portal.selectors.lines import (
    Line,
    Thanks,
    answered,
    confidential,
    line_of,
    news_of,
    thanks_to,
)
from requests.asks.choices import AskState
from requests.models import Ask

_MOST = 20
#: Of what came within so long one is asked whether it was liked, of so many things at once.
_LATELY, _ASKED_ABOUT = timedelta(days=90), 2

#: A tier is never a rank on this page, only a word of recognition.
_RECOGNITION = {
    "platinum": gettext_lazy("You are one of the few our whole company counts on."),
    "gold": gettext_lazy("You are one of our most valued voices."),
    "silver": gettext_lazy("Your voice makes a difference here."),
}
_MEMBER = gettext_lazy("Good to have you with us.")


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """A question that waits for an answer; without an address it is in the mail only."""

    title: str
    until: datetime
    url: str


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
    #: What they got lately and have not said of whether they liked it.
    fresh: list[Grant] = field(default_factory=list)


def home_of(advocate: Advocate) -> Home:
    """An advocate's page; a dozen statements, however much they gave."""
    activities = list(
        Activity.objects.select_related("activity_type")
        .filter(advocate=advocate, state__in=[*OPEN, ActivityState.COMPLETED])
        .order_by("-happened_at", "-starts_at", "-planned_at", "-id")[: 2 * _MOST]
    )
    secret = confidential(activities)
    news = news_of(activities)
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
        coming=[line_of(activity, activity.starts_at, secret) for activity in coming],
        given=[
            line_of(activity, activity.happened_at, secret, news.get(activity.pk, ""))
            for activity in given[:_MOST]
        ],
        asked=[answered(ask) for ask in asks if ask not in waiting],
        thanks=thanks_to(advocate, most=_MOST),
        summary=_summary(advocate, given),
        first_steps=[] if given else _first_steps(advocate),
        fresh=_fresh(advocate),
    )


def _fresh(advocate: Advocate) -> list[Grant]:
    """The newest of what came and nothing was said of (BEN-9.b)."""
    rows = Grant.objects.select_related("benefit").filter(
        advocate=advocate,
        state__in=GOT,
        liked=None,
        delivered_at__gte=clock.now() - _LATELY,
    )
    return list(rows.order_by("-delivered_at", "-pk")[:_ASKED_ABOUT])


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
