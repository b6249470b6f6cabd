"""How far ahead supply and demand looks, and from how much history (MAT-5)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import DAYS, Numbers, number

_PART = _("Supply and demand")


@dataclass(frozen=True, slots=True)
class Supplying(Numbers):
    """The days ahead, and the requests it takes to say what they will bring."""

    store: ClassVar[str] = "requests"

    supply_days: int = number(
        180, _("Look so far ahead"), unit=DAYS, low=7, high=365, part=_PART, clause="MAT-5.a"
    )
    supply_requests: int = number(
        10,
        _("Say what to expect from so many requests of a type in the last year on"),
        unit=_("requests"),
        low=3,
        high=500,
        part=_PART,
        clause="MAT-5.a",
    )
