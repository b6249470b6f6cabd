"""What was said of a yes against what happened (TIMER-1.c)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import (
    Avg,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    IntegerField,
    Min,
    Q,
    Value,
)
from django.db.models.functions import Cast, Least

from advocacy.tenant_settings.reading import current
from requests.forecasts.history import DECIDED, TOOK, YES, told
from requests.forecasts.settings import Forecasting
from requests.models import Ask, Request
from requests.requests.choices import RequestState

#: Forecasts are held against what happened in so many groups of the same width.
BANDS = 5
#: So many requests are shown one by one.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Band:
    """Asks of which a similar share of yeses was foreseen, in per cent from ``low`` to ``high``.

    ``actual`` is left out where too few were answered to tell.
    """

    low: int
    high: int
    asks: int
    predicted: int | None
    actual: int | None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of all of them; ``in_time`` of ``timed`` yeses came within the time that half of them should
    have.
    """

    bands: Sequence[Band]
    needed: int
    asks: int
    timed: int
    in_time: int

    @property
    def in_time_percent(self) -> int | None:
        """The share of them, where they are enough to tell; near 50 is honest."""
        return round(100 * self.in_time / self.timed) if self.timed >= self.needed else None


def accuracy() -> Accuracy:
    """What was foreseen of every ask that was decided, and what came of it, in one statement."""
    numbers = current(Forecasting)
    yes, asks = F("request__forecast_yes"), F("request__forecast_asks")
    share = 100.0 * Cast(yes, FloatField()) / asks
    promised = ExpressionWrapper(
        F("request__forecast_minutes") * Value(timedelta(minutes=1), DurationField()),
        DurationField(),
    )
    rows = (
        told(numbers.forecast_months)
        .filter(request__forecast_yes__isnull=False)
        .annotate(
            band=ExpressionWrapper(Least(yes * BANDS / asks, BANDS - 1), IntegerField()),
            promised=promised,
        )
        .values("band")
        .annotate(
            asks=Count("pk"),
            yes=Count("pk", filter=YES),
            share=Avg(share),
            timed=Count("pk", filter=YES & Q(promised__isnull=False)),
            in_time=Count("pk", filter=YES & Q(answered_at__lte=F("sent_at") + F("promised"))),
        )
    )
    found = {row["band"]: row for row in rows}
    return Accuracy(
        [_band(place, found.get(place), numbers.forecast_asks) for place in range(BANDS)],
        numbers.forecast_asks,
        *(sum(row[name] for row in found.values()) for name in ("asks", "timed", "in_time")),
    )


def _band(place: int, row: dict[str, Any] | None, needed: int) -> Band:
    width = 100 // BANDS
    low, high = place * width, (place + 1) * width
    if row is None:
        return Band(low, high, 0, None, None)
    actual = round(100 * row["yes"] / row["asks"]) if row["asks"] >= needed else None
    return Band(low, high, row["asks"], round(row["share"]), actual)


@dataclass(frozen=True, slots=True)
class Foretold:
    """One request: what was said, and how many of how many asks were a yes, the first after
    ``first``.
    """

    request: Request
    asks: int
    yes: int
    first: timedelta | None


def latest_foretold() -> list[Foretold]:
    """The newest submitted requests that have a forecast, in two statements."""
    rows = list(
        Request.objects.filter(forecast_asks__isnull=False)
        .exclude(state=RequestState.DRAFT)
        .select_related("activity_type")
        .order_by("-number")[:SHOWN]
    )
    became = {
        row["request"]: row
        for row in Ask.objects.filter(DECIDED, is_merged=False, request__in=rows)
        .order_by()
        .values("request")
        .annotate(asks=Count("pk"), yes=Count("pk", filter=YES), first=Min(TOOK, filter=YES))
    }
    return [
        Foretold(row, found["asks"], found["yes"], found["first"])
        if (found := became.get(row.pk))
        else Foretold(row, 0, 0, None)
        for row in rows
    ]
