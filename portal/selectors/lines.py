"""What somebody did, was asked and was thanked for, as their own pages tell it (PRT-1)."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.activities.choices import OPEN, ActivityState
from activities.activities.models import Activity
from activities.loops.models import LoopDuty
from advocates.models import Advocate
from benefits.thanks.choices import ThankYouChannel, ThankYouKind, ThankYouState
from benefits.thanks.models import ThankYou
from requests.asks.choices import AskState
from requests.models import Ask

_ASK_WORDS = {
    AskState.DECLINED: gettext_lazy("You said no, and that was fine."),
    AskState.LATER: gettext_lazy("You asked for another time."),
    AskState.SOMEONE_ELSE: gettext_lazy("You named somebody else."),
    AskState.EXPIRED: gettext_lazy("The time for it passed."),
    AskState.FILLED: gettext_lazy("Somebody else had said yes already."),
    AskState.CANCELLED: gettext_lazy("It settled itself."),
}


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


def confidential(activities: Collection[Activity]) -> set[uuid.UUID]:
    """Activities whose prospect wants to stay unnamed, to the advocate as well (VIS-1)."""
    return set(
        Ask.objects.filter(
            activity__in=[activity.pk for activity in activities], request__is_confidential=True
        ).values_list("activity_id", flat=True)
    )


def news_of(activities: Collection[Activity]) -> dict[uuid.UUID, str]:
    """What came of it, where somebody has told them."""
    return dict(
        LoopDuty.objects.filter(
            activity__in=[activity.pk for activity in activities], closed_at__isnull=False
        ).values_list("activity_id", "news")
    )


def line_of(
    activity: Activity, at: datetime | None, secret: Collection[uuid.UUID], news: str = ""
) -> Line:
    """One activity; without what a confidential prospect wants kept to themselves."""
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


def answered(ask: Ask) -> Line:
    """What became of a question, kindly."""
    words = _ASK_WORDS.get(AskState(ask.state), _ASK_WORDS[AskState.EXPIRED])
    return Line(ask.request.activity_type.name, str(words), ask.answered_at or ask.sent_at)


def thanks_to(advocate: Advocate, *, most: int) -> list[Thanks]:
    """Who thanked them, the newest first."""
    rows = (
        ThankYou.objects.select_related("done_by__user", "activity__activity_type", "tenant")
        .filter(advocate=advocate, state=ThankYouState.DONE, done_at__isnull=False)
        .exclude(kind=ThankYouKind.APOLOGY)
        .order_by("-done_at", "-id")[:most]
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
