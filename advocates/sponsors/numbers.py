"""How often somebody hears from an executive; the tenant's own numbers (SPN-1, ADV-4, SET-1.b)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import DAYS, Numbers, number

_SPONSOR = _("A word from the executive sponsor, every so many days")
_TODAY = _("On Today")
_HIGHEST = 730


@dataclass(frozen=True, slots=True)
class Care(Numbers):
    """Cadence of sponsors by tier, and how early all of it is on Today.

    A tier without a number has no cadence, and nobody misses a sponsor there; a person may have a
    number of their own. How often a CSM checks in stands with the tiers (MSG-3).
    """

    store: ClassVar[str] = "care"

    sponsor_platinum: int | None = number(
        91, _("Platinum"), unit=DAYS, low=1, high=_HIGHEST, optional=True, part=_SPONSOR,
        clause="SPN-1.a",
    )  # fmt: skip
    sponsor_gold: int | None = number(
        None, _("Gold"), unit=DAYS, low=1, high=_HIGHEST, optional=True, part=_SPONSOR,
        clause="SPN-1.a",
    )  # fmt: skip
    sponsor_silver: int | None = number(
        None, _("Silver"), unit=DAYS, low=1, high=_HIGHEST, optional=True, part=_SPONSOR,
        clause="SPN-1.a",
    )  # fmt: skip
    name_within: int = number(
        14, _("A sponsor is named within"), unit=DAYS, low=1, high=365, part=_SPONSOR,
        clause="SPN-1.b",
    )  # fmt: skip
    ahead_days: int = number(
        7, _("Check-ins and sponsors' words stand there ahead of time by"), unit=DAYS, high=60,
        part=_TODAY, clause="MSG-3.a",
    )  # fmt: skip
    renew_days: int = number(
        30, _("Whoever looks after somebody is reminded of a consent that ends, ahead by"),
        unit=DAYS, low=1, high=365, part=_TODAY, clause="ADV-4.d",
    )  # fmt: skip

    @property
    def by_tier(self) -> dict[str, int]:
        """The cadence of each tier that has one, by the tier's code."""
        named = {
            "platinum": self.sponsor_platinum,
            "gold": self.sponsor_gold,
            "silver": self.sponsor_silver,
        }
        return {code: days for code, days in named.items() if days is not None}
