"""The numbers of the page of all tiers (SET-1.a, TIER-8)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.settings import DAYS, PEOPLE, Numbers, number

_PAGE = gettext_lazy("The page of all tiers")


@dataclass(frozen=True, slots=True)
class TierNumbers(Numbers):
    """What the page of all tiers looks at."""

    store: ClassVar[str] = "tiers"

    judged_from: int = number(
        100,
        gettext_lazy("Shares are judged from"),
        unit=PEOPLE,
        low=1,
        part=_PAGE,
        clause="TIER-8.b",
    )
    drift_days: int = number(
        90,
        gettext_lazy("Who drifts out within the next"),
        unit=DAYS,
        low=1,
        high=365,
        part=_PAGE,
        clause="TIER-8.c",
    )
