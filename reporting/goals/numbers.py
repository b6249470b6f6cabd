"""How many advocates a program should have on each tier; the tenant's own numbers (GOAL-1.c)."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import PEOPLE, Numbers, number

_PART: dict[str, Any] = {"part": _("Headcount plan per tier"), "clause": "GOAL-1.c", "low": 1}
_PEOPLE: dict[str, Any] = {**_PART, "unit": PEOPLE, "high": 100_000}


@dataclass(frozen=True, slots=True)
class Headcount(Numbers):
    """The plan of a company of a certain size, and what of that size one's own company is."""

    store: ClassVar[str] = "headcount"

    platinum: int = number(50, _("Platinum: plan"), **_PEOPLE)
    platinum_most: int = number(100, _("Platinum: at most"), **_PEOPLE)
    gold: int = number(150, _("Gold: plan"), **_PEOPLE)
    gold_most: int = number(300, _("Gold: at most"), **_PEOPLE)
    silver: int = number(300, _("Silver: plan"), **_PEOPLE)
    silver_most: int = number(500, _("Silver: at most"), **_PEOPLE)
    community: int = number(1000, _("Community: plan"), **_PEOPLE)
    plan_employees: int = number(1000, _("The plan is for a company of"), **_PEOPLE)
    plan_deals: int = number(
        400, _("The plan is for so many qualified deals a year"), high=1_000_000, **_PART
    )
    own_employees: int = number(1000, _("Your company has"), **{**_PEOPLE, "high": 10_000_000})

    def plan_of(self, code: str) -> tuple[int, int | None] | None:
        """The plan of a tier and the most of its range; None for a tier of one's own."""
        plan = getattr(self, code, None)
        if not isinstance(plan, int):
            return None
        return plan, getattr(self, f"{code}_most", None)
