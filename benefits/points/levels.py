"""Levels: what somebody earned in all, in words (BEN-7.a)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.reading import current
from benefits.points.settings import PointNumbers

_USUAL = (_("Friend"), _("Supporter"), _("Champion"), _("Legend"))


@dataclass(frozen=True, slots=True)
class Level:
    """One level, and how many points are missing to the next; None on the last."""

    number: int
    name: str
    next_name: str = ""
    missing: int | None = None


def names() -> list[tuple[int, str]]:
    """From how many points each begins, and what it is called here."""
    numbers = current(PointNumbers)
    begins = (0, numbers.level_2_from, numbers.level_3_from, numbers.level_4_from)
    return [
        (start, getattr(numbers, f"level_{place}_name") or str(usual))
        for place, (start, usual) in enumerate(zip(begins, _USUAL, strict=True), start=1)
    ]


def level_of(lifetime: int) -> Level:
    """Where somebody with so many points stands."""
    known = names()
    reached = sum(start <= lifetime for start, _name in known)
    name = known[reached - 1][1]
    if reached == len(known):
        return Level(reached, name)
    start, following = known[reached]
    return Level(reached, name, following, start - lifetime)
