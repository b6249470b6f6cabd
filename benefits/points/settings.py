"""The tenant's numbers of points; off until it wants them (BEN-7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.families import Family, Problems, Stored
from advocacy.tenant_settings.settings import (
    POINTS,
    Numbers,
    choice,
    flag,
    line,
    number,
    several,
)
from advocates.program.catalogue.reviews import speaks_of_review
from advocates.program.catalogue.seeds import CATALOGUE
from benefits.catalogue.choices import TIER_CODES
from benefits.points.choices import BoardBy

NOBODY = "nobody"
#: Types that may earn; a review never does (BEN-4.a).
TYPES = tuple((seed.code, seed.name) for seed in CATALOGUE if not speaks_of_review(seed.code))
TRUSTED = ((NOBODY, gettext_lazy("Nobody: somebody always approves")), *TIER_CODES)
_EARN = gettext_lazy("What earns points")
_LEVELS = gettext_lazy("Levels")
_SHOP = gettext_lazy("Reward shop")
_BOARD = gettext_lazy("Leaderboard")


def _points(default: int, label: Any, *, part: Any = _EARN, low: int = 0, **rest: Any) -> Any:
    clause = "BEN-7.a"
    return number(
        default, label, unit=POINTS, low=low, high=30_000, part=part, clause=clause, **rest
    )


def _name(label: Any) -> Any:
    hint = gettext_lazy("Empty: the usual word.")
    return line(label, longest=40, part=_LEVELS, help=hint, clause="BEN-7.a")


@dataclass(frozen=True, slots=True)
class PointNumbers(Numbers):
    """Whether there are points at all, how many for what, and who is trusted."""

    store: ClassVar[str] = "points"

    is_on: bool = flag(
        False,
        gettext_lazy("Advocates earn points"),
        help=gettext_lazy(
            "Off: nothing is earned and nothing of it is shown, here or on advocates' own pages."
            " What was earned before is kept."
        ),
        part=_EARN,
        clause="BEN-7.a",
    )
    low_points: int = _points(10, gettext_lazy("After low effort"))
    moderate_points: int = _points(30, gettext_lazy("After moderate effort"))
    high_points: int = _points(100, gettext_lazy("After high effort"))
    double_types: tuple[str, ...] = several(
        (), gettext_lazy("Earn twice as many"), TYPES, part=_EARN, clause="BEN-7.a"
    )
    hand_most: int = _points(500, gettext_lazy("By hand, at most"), low=1)
    level_1_name: str = _name(gettext_lazy("Name of the first level"))
    level_2_from: int = _points(100, gettext_lazy("Second level from"), part=_LEVELS, low=1)
    level_2_name: str = _name(gettext_lazy("Name of the second level"))
    level_3_from: int = _points(300, gettext_lazy("Third level from"), part=_LEVELS, low=1)
    level_3_name: str = _name(gettext_lazy("Name of the third level"))
    level_4_from: int = _points(800, gettext_lazy("Fourth level from"), part=_LEVELS, low=1)
    level_4_name: str = _name(gettext_lazy("Name of the fourth level"))
    trusted_tier: str = choice(
        "gold",
        gettext_lazy("Without an approval from this tier up"),
        TRUSTED,
        part=_SHOP,
        help=gettext_lazy("Company gift policy, budget and stock decide all the same."),
        clause="BEN-7.c",
    )
    board_by: str = choice(
        BoardBy.PROGRAM,
        gettext_lazy("Who stands on it together"),
        BoardBy.choices,
        part=_BOARD,
        help=gettext_lazy("Only who chose to be on it; nobody's points are shown."),
        clause="BEN-7.b",
    )
    board_size: int = number(
        10, gettext_lazy("Places shown"), low=3, high=50, part=_BOARD, clause="BEN-7.b"
    )


def _check(values: Mapping[str, Any]) -> Problems:
    found: Problems = {}
    for level in (3, 4):
        before = values[f"level_{level - 1}_from"]
        if values[f"level_{level}_from"] <= before:
            found[f"level_{level}_from"] = _("More than the %(before)d of the level before.") % {
                "before": before
            }
    return found


POINT_SETTINGS = Family(
    key="points",
    title=gettext_lazy("Points and rewards"),
    text=gettext_lazy("Points, badges, levels, a leaderboard and a reward shop, if you want them."),
    icon="coin",
    sources=(Stored(PointNumbers),),
    check=_check,
)
