"""The numbers of honest answer times (TIMER-1)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.settings import MONTHS, Numbers, number

_PART = gettext_lazy("How likely a yes is")


@dataclass(frozen=True, slots=True)
class Forecasting(Numbers):
    """From how many asks, and how far back."""

    store: ClassVar[str] = "requests"

    forecast_asks: int = number(
        20,
        gettext_lazy("Say how likely a yes is from so many like asks on"),
        unit=gettext_lazy("asks"),
        low=5,
        high=500,
        part=_PART,
        clause="TIMER-1.b",
    )
    forecast_months: int = number(
        24,
        gettext_lazy("Look so far back"),
        unit=MONTHS,
        low=3,
        high=120,
        part=_PART,
        clause="TIMER-1.a",
    )
