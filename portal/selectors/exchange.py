"""What somebody gave and what they got, whole: their own side of it (PRT-1.b).

What a prospect or a colleague wants kept to themselves is not told here either (VIS-1): for what a
benefit was given is said by what they did, never in a colleague's words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Sum

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import money
from advocates.models import Advocate, Participation
from advocates.program.ledger.choices import UnitState
from benefits.balance.numbers import Balancing
from benefits.grants.lifecycle import GOT
from benefits.grants.models import Grant, GrantActivity
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

#: On the page; the file has more.
SHOWN, KEPT = 100, 5000


@dataclass(frozen=True, slots=True)
class Gave:
    """Something they did, how long it took, and where it can be seen."""

    line: Line
    minutes: int | None
    url: str
    offered: bool


@dataclass(frozen=True, slots=True)
class Got:
    """Something that came; ``worth`` only where the company shows what it thinks."""

    pk: UUID
    title: str
    category: str
    what_for: str
    at: datetime | None
    liked: bool | None
    worth: str


@dataclass(slots=True)
class Exchange:
    """Both sides. ``minutes`` and ``times`` count all that was ever done."""

    times: int
    minutes: int
    time_worth: str
    gave: list[Gave] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    thanks: list[Thanks] = field(default_factory=list)
    asked: list[Line] = field(default_factory=list)


def exchange_of(advocate: Advocate, *, most: int = SHOWN) -> Exchange:
    """The newest first, ``most`` of each; as many statements however much there is."""
    activities = list(
        Activity.objects.select_related("activity_type", "participation")
        .filter(advocate=advocate, state=ActivityState.COMPLETED)
        .order_by("-happened_at", "-id")[:most]
    )
    secret, news = confidential(activities), news_of(activities)
    gave = [
        Gave(
            line_of(each, each.happened_at, secret, news.get(each.pk, "")),
            each.minutes,
            "" if each.pk in secret else each.content_url,
            each.volunteered,
        )
        for each in activities
    ]
    times, minutes = _totals(advocate)
    numbers = current(Balancing)
    shows = numbers.shows_money
    worth = Decimal(minutes * numbers.hourly_value) / 60
    return Exchange(
        times=times,
        minutes=minutes,
        time_worth=money(worth, advocate.tenant.currency) if shows and minutes else "",
        gave=gave,
        got=_got(advocate, most=most, shows_money=shows),
        thanks=thanks_to(advocate, most=most),
        asked=_asked(advocate, most=most),
    )


def _totals(advocate: Advocate) -> tuple[int, int]:
    rows = Participation.objects.filter(advocate=advocate, state=UnitState.COMPLETED)
    minutes = rows.aggregate(minutes=Sum("minutes"))["minutes"] or 0
    return rows.count(), minutes


def _got(advocate: Advocate, *, most: int, shows_money: bool) -> list[Got]:
    covers = GrantActivity.objects.select_related("activity__activity_type").order_by("activity_id")
    rows = (
        Grant.objects.select_related("benefit")
        .prefetch_related(Prefetch("covers", queryset=covers))
        .filter(advocate=advocate, state__in=GOT)
        .order_by("-delivered_at", "-pk")[:most]
    )
    unit = advocate.tenant.currency
    return [
        Got(
            pk=row.pk,
            title=row.benefit.name,
            category=str(row.benefit.get_category_display()),
            what_for=", ".join(
                dict.fromkeys(each.activity.activity_type.name for each in row.covers.all())
            ),
            at=row.delivered_at,
            liked=row.liked,
            worth=money(row.value, unit) if shows_money and row.value else "",
        )
        for row in rows
    ]


def _asked(advocate: Advocate, *, most: int) -> list[Line]:
    rows = (
        Ask.objects.select_related("request__activity_type")
        .filter(advocate=advocate, is_sent=True)
        .exclude(state=AskState.ACCEPTED)
        .exclude(state=AskState.SENT, expires_at__gt=clock.now())
        .order_by("-sent_at", "-id")[:most]
    )
    return [answered(ask) for ask in rows]


def as_document(advocate: Advocate) -> Mapping[str, Any]:
    """The same to keep: plain values, in full."""
    found = exchange_of(advocate, most=KEPT)

    def when(at: datetime | None) -> str | None:
        return at.isoformat() if at else None

    document: dict[str, Any] = {
        "name": advocate.name,
        "company": advocate.tenant.name,
        "made_at": when(clock.now()),
        "times": found.times,
        "minutes": found.minutes,
        "gave": [
            {
                "what": each.line.title,
                "about": each.line.detail,
                "at": when(each.line.at),
                "minutes": each.minutes,
                "offered": each.offered,
                "what_came_of_it": each.line.news,
                "url": each.url,
            }
            for each in found.gave
        ],
        "got": [
            {
                "what": each.title,
                "kind": each.category,
                "for": each.what_for,
                "at": when(each.at),
                "liked": each.liked,
                **({"worth": each.worth} if each.worth else {}),
            }
            for each in found.got
        ],
        "thanks": [
            {"who": each.who, "for": each.what, "at": when(each.at), "words": each.words}
            for each in found.thanks
        ],
        "also_asked": [
            {"what": each.title, "what_became_of_it": each.detail, "at": when(each.at)}
            for each in found.asked
        ],
    }
    return {**document, **({"time_worth": found.time_worth} if found.time_worth else {})}
