"""For each industry, size and region what is open and to be expected of a type of activity, and who
can be asked for it now (MAT-5).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Min, Sum

from advocacy import clock
from advocacy.tenant_settings.reading import current
from advocates.models import ActivityType
from advocates.people.selectors import may_join
from requests.matching.criteria import folded
from requests.matching.everybody import free_by_market
from requests.models import Request
from requests.requests.choices import RequestState
from requests.requests.selectors import open_places
from requests.supply.settings import Supplying

_YEAR = timedelta(days=365)
#: A shorter time says nothing of a year.
_LEAST_DAYS = 60


class Market(NamedTuple):
    """Where companies are alike; what is blank was not said, and so may be any."""

    industry: str
    segment: str
    region: str

    def holds(self, other: "Market") -> bool:
        """Whether the other lies within this one."""
        return all(mine in ("", theirs) for mine, theirs in zip(self, other, strict=True))


@dataclass(frozen=True, slots=True)
class Balance:
    """One market: places open now, those asked for within the year, what the days ahead are
    expected to bring (None: too little is known), who can be asked, who might join.
    """

    market: Market
    open: int
    asked: int
    expected: int | None
    available: int
    candidates: int
    #: Where the next candidates are, if any in the industry: here, in the region, anywhere.
    nearest: Market
    nearest_candidates: int

    @property
    def wanted(self) -> int:
        """Open and expected."""
        return self.open + (self.expected or 0)

    @property
    def gap(self) -> int:
        """Places for which nobody can be asked now."""
        return max(self.wanted - self.available, 0)


@dataclass(frozen=True, slots=True)
class Supply:
    """All markets in which a type is wanted, the largest gap first."""

    kind: ActivityType | None
    balances: list[Balance]
    #: Days ahead; requests of the type in the last year, over so many days, and how many it takes.
    days: int
    requests: int
    over_days: int
    needed: int

    @property
    def code(self) -> str:
        """The type's code."""
        return self.kind.code if self.kind else ""

    @property
    def foretells(self) -> bool:
        """Whether there is enough history to say what to expect."""
        return self.requests >= self.needed and self.over_days >= _LEAST_DAYS

    @property
    def gaps(self) -> list[Balance]:
        """Where somebody is missing."""
        return [each for each in self.balances if each.gap]


def supply_of(kind: ActivityType) -> Supply:
    """Supply and demand of one type; a constant number of statements."""
    numbers, now = current(Supplying), clock.now()
    spelt = _Spelling()
    open_now: Counter[Market] = Counter()
    for row in open_places(kind):
        open_now[spelt.market(row.industry, row.segment, row.region)] += row.places  # type: ignore[attr-defined]
    asked, requests = _asked_within_year(kind, now, spelt)
    over = _days_of_history(now)
    found = Supply(kind, [], numbers.supply_days, requests, over, numbers.supply_requests)
    free, joining = _free(kind, spelt), _joining(spelt)
    for market in {**open_now, **asked}:
        expected = round(asked[market] * found.days / over) if found.foretells else None
        found.balances.append(
            Balance(
                market,
                open_now[market],
                asked[market],
                expected,
                _within(market, free),
                _within(market, joining),
                *_nearest(market, joining),
            )
        )
    found.balances.sort(key=lambda each: (-each.gap, -each.wanted, each.market))
    return found


def nothing_wanted() -> Supply:
    """Where nothing can be asked for."""
    numbers = current(Supplying)
    return Supply(None, [], numbers.supply_days, 0, 1, numbers.supply_requests)


def wanted_types() -> list[ActivityType]:
    """What can be asked for, first what was asked for most within a year."""
    since = clock.now() - _YEAR
    counts = dict(
        Request.objects.filter(submitted_at__gte=since)
        .order_by()
        .values_list("activity_type")
        .annotate(n=Count("pk"))
    )
    kinds = ActivityType.objects.filter(is_on=True).order_by("-is_reference", "position")
    return sorted(kinds, key=lambda kind: -counts.get(kind.pk, 0))


class _Spelling:
    """One spelling for what differs in case and blanks only, the first that comes."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def market(self, industry: str, segment: str, region: str) -> Market:
        """A market by one spelling of its industry."""
        name = self._known.setdefault(folded(industry), industry) if industry else ""
        return Market(name, segment, region)


def _asked_within_year(
    kind: ActivityType, now: datetime, spelt: _Spelling
) -> tuple[Counter[Market], int]:
    """Places that were asked for, by market, and in how many requests. What was called off by
    whoever asked was not wanted; what could not be filled was.
    """
    rows = (
        Request.objects.filter(activity_type=kind, submitted_at__gte=now - _YEAR)
        .exclude(state__in=[RequestState.DRAFT, RequestState.CANCELLED])
        .order_by()
        .values_list("industry", "segment", "region")
        .annotate(places=Sum("needed_count"), n=Count("pk"))
    )
    places: Counter[Market] = Counter()
    requests = 0
    for industry, segment, region, count, n in rows:
        places[spelt.market(industry, segment, region)] += count
        requests += n
    return places, requests


def _days_of_history(now: datetime) -> int:
    """Over how many of the last 365 days anything could be asked for here; at least one."""
    first = Request.objects.aggregate(first=Min("submitted_at"))["first"] or now
    return max(1, min((now - first).days, _YEAR.days))


def _free(kind: ActivityType, spelt: _Spelling) -> Counter[Market]:
    return _counted(free_by_market(kind), spelt)


def _joining(spelt: _Spelling) -> Counter[Market]:
    columns = ("account__industry", "account__segment", "account__region")
    rows = may_join().order_by().values_list(*columns).annotate(n=Count("pk"))
    return _counted(rows, spelt)


def _counted(rows: Iterable[Any], spelt: _Spelling) -> Counter[Market]:
    found: Counter[Market] = Counter()
    for industry, segment, region, count in rows:
        found[spelt.market(industry, segment, region)] += count
    return found


def _nearest(market: Market, joining: Counter[Market]) -> tuple[Market, int]:
    """The narrowest market around one in which anybody might join."""
    wider = market._replace(segment=""), market._replace(segment="", region="")
    counts = [(each, _within(each, joining)) for each in (market, *wider)]
    return next((found for found in counts if found[1]), counts[0])


def _within(market: Market, counts: Counter[Market]) -> int:
    return sum(count for other, count in counts.items() if market.holds(other))
