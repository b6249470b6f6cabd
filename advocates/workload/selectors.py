"""Who is asked much, who never, and how many wait for a word of ours (CAP-6, MAT-3)."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenant_settings.reading import current
from advocates.joining.criteria import months_before
from advocates.joining.numbers import Recruiting
from advocates.models import Advocate, Participation
from advocates.people.choices import ENROLLED
from advocates.program.ledger.choices import Origin, ReleaseReason
from advocates.sponsors.filters import by_check_in
from advocates.touches.check_ins import here
from advocates.workload.numbers import Workload

#: Over so many days asks are counted.
YEAR = 365


def asks_sent(since: datetime, until: datetime | None = None) -> QuerySet[Participation]:
    """What was asked of somebody, less what was taken back before it left."""
    asked = Participation.objects.filter(origin=Origin.ASKED, taken_at__gte=since)
    if until is not None:
        asked = asked.filter(taken_at__lt=until)
    return asked.exclude(release_reason=ReleaseReason.UNSENT)


def enrolled() -> QuerySet[Advocate]:
    """Who is in the program, with nothing beside them."""
    return Advocate.objects.filter(status__in=sorted(ENROLLED))


@dataclass(frozen=True, slots=True)
class BusiestTenth:
    """The tenth of the enrolled that was asked most: who, for how many of all ``asks``."""

    people: list[uuid.UUID]
    theirs: int
    asks: int

    @property
    def share(self) -> float | None:
        """Of all asks; None where nobody was asked."""
        return self.theirs / self.asks if self.asks else None


def busiest_tenth(since: datetime, until: datetime | None = None) -> BusiestTenth:
    """Three statements; a tenth is rounded up (MAT-3.b)."""
    asks = asks_sent(since, until)
    tenth = ceil(enrolled().count() / 10)
    if not tenth or not (total := asks.count()):
        return BusiestTenth([], 0, 0)
    counted = asks.order_by().values_list("advocate_id").annotate(n=Count("pk"))
    most = list(counted.order_by("-n", "advocate_id")[:tenth])
    return BusiestTenth([who for who, _n in most], sum(n for _who, n in most), total)


def near_limit() -> Q:
    """Of listed advocates those with little or nothing left of their year (CAP-6.a)."""
    return Q(allowance__lte=F("used") + current(Workload).near_units)


def promoters() -> Q:
    """People whose last answer that still counts, their own or else the company's, is a promoter's;
    the same as ``criteria.is_promoter`` says of one.
    """
    numbers = current(Recruiting)
    oldest = months_before(clock.today(here().zone), numbers.nps_months)
    silent = Q(nps=None) | Q(nps_on=None) | Q(nps_on__lt=oldest)
    own = Q(nps__gte=numbers.nps_from, nps_on__gte=oldest)
    return own | (silent & Q(account__nps__gte=numbers.nps_from, account__nps_on__gte=oldest))


def by_asked(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Of some people the busiest tenth, or whom nobody ever asked."""
    if value == "never":
        return rows.filter(last_asked_at=None)
    since = clock.now() - timedelta(days=YEAR)
    return rows.filter(pk__in=busiest_tenth(since).people)


@dataclass(frozen=True, slots=True)
class Care:
    """How many of the enrolled wait for a word longer than their own tier wants (CAP-6.e)."""

    enrolled: int
    overdue: int
    most_percent: int

    @property
    def is_too_much(self) -> bool:
        """Whether the program should look after those it has before it wins more."""
        return self.overdue * 100 > self.enrolled * self.most_percent

    @property
    def percent(self) -> int:
        """In whole per cent, rounded down."""
        return self.overdue * 100 // self.enrolled if self.enrolled else 0


def care() -> Care:
    """How it stands now; two statements."""
    people = enrolled()
    overdue = by_check_in(people, "overdue").count()
    return Care(people.count(), overdue, current(Workload).overdue_touch_percent)


def slow_down() -> str:
    """Why nobody new should be won for a while; nothing where all is well (CAP-6.e)."""
    found = care()
    if not found.is_too_much:
        return ""
    return _(
        "%(overdue)d of your %(enrolled)d advocates (%(percent)d %%) wait for a word longer than"
        " their tier wants. Speak with them first, and win nobody new until fewer than"
        " %(most)d %% wait."
    ) % {
        "overdue": found.overdue,
        "enrolled": found.enrolled,
        "percent": found.percent,
        "most": found.most_percent,
    }
