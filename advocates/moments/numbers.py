"""How long a moment waits; the tenant's own numbers (MOM-1, SET-1.b)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import DAYS, Numbers, number

_PART = _("Moments")


@dataclass(frozen=True, slots=True)
class MomentNumbers(Numbers):
    """By when something is made of a moment, and how long it can be."""

    store: ClassVar[str] = "moments"

    react_days: int = number(
        7, _("Something is made of it within"), unit=DAYS, high=365, part=_PART, clause="MOM-1.b"
    )
    fresh_days: int = number(
        30,
        _("It waits on its owner's Today for"),
        unit=DAYS,
        low=1,
        high=365,
        part=_PART,
        clause="MOM-1.b",
    )
