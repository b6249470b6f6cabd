"""How likely a yes is and how soon it comes, from the tenant's own like asks (TIMER-1)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q

from advocacy import clock
from advocacy.aggregates import Median
from advocacy.tenant_settings.reading import current
from advocates.models import ActivityType
from requests.asks.choices import AskState
from requests.forecasts.choices import Likeness
from requests.forecasts.settings import Forecasting
from requests.models import Ask

#: A yes that came to nothing later, since a call was cancelled, was a yes.
YES = Q(state=AskState.ACCEPTED) | Q(state=AskState.CANCELLED, activity__isnull=False)
#: What was withdrawn or no longer needed before anybody answered says nothing about answers.
DECIDED = YES | Q(
    state__in=(AskState.DECLINED, AskState.LATER, AskState.SOMEONE_ELSE, AskState.EXPIRED)
)
TOOK = ExpressionWrapper(F("answered_at") - F("sent_at"), output_field=DurationField())
_DAYS_A_MONTH = 365 / 12


@dataclass(frozen=True, slots=True)
class Forecast:
    """What became of like asks. Nothing is known of a yes where they are fewer than ``needed``:
    then ``yes`` and ``minutes`` are left out, and ``asks`` are all there ever were.
    """

    likeness: Likeness
    asks: int
    needed: int
    yes: int | None = None
    #: Half of the yeses came within so many minutes, nights and weekends included.
    minutes: int | None = None

    @property
    def percent(self) -> int | None:
        """The share of yeses."""
        return None if self.yes is None else round(100 * self.yes / self.asks)


def told(months: int) -> Any:
    """The asks that say something: answered or let pass, sent within so many months."""
    since = clock.now() - timedelta(days=months * _DAYS_A_MONTH)
    return Ask.objects.filter(DECIDED, is_merged=False, sent_at__gt=since).order_by()


def forecast(kind: ActivityType, *, industry: str = "", region: str = "") -> Forecast:
    """What became of the narrowest group of like asks that is large enough (TIMER-1.a–b).

    One statement. An industry or region that is not said narrows nothing.
    """
    numbers = current(Forecasting)
    groups = _groups(kind, industry.strip(), region)
    wanted: dict[str, Any] = {}
    for likeness, group in groups.items():
        yes = group & YES
        wanted |= {
            f"{likeness}_asks": Count("pk", filter=group),
            f"{likeness}_yes": Count("pk", filter=yes),
            f"{likeness}_took": Median(TOOK, filter=yes, output_field=DurationField()),
        }
    found = told(numbers.forecast_months).aggregate(**wanted)
    for likeness in groups:
        asks, took = found[f"{likeness}_asks"], found[f"{likeness}_took"]
        if asks >= numbers.forecast_asks:
            minutes = None if took is None else max(1, round(took.total_seconds() / 60))
            return Forecast(
                likeness, asks, numbers.forecast_asks, found[f"{likeness}_yes"], minutes
            )
    return Forecast(Likeness.ALL, found[f"{Likeness.ALL}_asks"], numbers.forecast_asks)


def _groups(kind: ActivityType, industry: str, region: str) -> dict[Likeness, Q]:
    """From the narrowest to the widest."""
    same = Q(request__activity_type=kind)
    groups = {}
    if industry:
        trade = same & Q(request__industry__iexact=industry)
        if region:
            groups[Likeness.MARKET] = trade & Q(request__region=region)
        groups[Likeness.INDUSTRY] = trade
    groups[Likeness.TYPE] = same
    groups[Likeness.EFFORT] = Q(request__activity_type__effort=kind.effort)
    groups[Likeness.ALL] = Q(pk__isnull=False)
    return groups
