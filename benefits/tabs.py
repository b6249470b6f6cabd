"""The lists of the navigation item: what was given, what can be, from which money, by tier."""

from typing import ClassVar

from advocacy.records.tabs import TabbedList


class BenefitsList(TabbedList):
    """A list below the tabs."""

    abstract: ClassVar[bool] = True
