"""The tabs of the navigation item: what was given, what can be, from which money, by which tier."""

from collections.abc import Collection
from typing import ClassVar

from advocacy.records.tabs import TabbedList
from benefits.points.ledger import are_on

NAV_ITEM = "benefits"
#: Lists that are there only where the tenant wants points (BEN-7).
_OF_POINTS = frozenset({"points", "point-balances", "badges", "shop-items"})


class BenefitsList(TabbedList):
    """A list below the tabs."""

    abstract: ClassVar[bool] = True

    def left_out(self) -> Collection[str]:
        with_points = self.resource.name in _OF_POINTS or are_on()
        return () if with_points else _OF_POINTS
