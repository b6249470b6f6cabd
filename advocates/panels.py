"""Cards that apps above add to the pages of accounts, people, activities, moments and content.

    panels.register(Panel("account", "deals", _("Deals"), "requests/panels/deals.html", load,
                          "opportunities.view", order=20))

``load(record, membership)`` returns what the template needs, or None for no card.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

from advocacy.tenancy.models import Membership

Where = Literal["account", "advocate", "activity", "moment", "asset"]


@dataclass(frozen=True, slots=True)
class Panel:
    """One card. ``permission`` is an action of the matrix; ``order`` places it among others."""

    where: Where
    key: str
    title: str | Promise
    template: str
    load: Callable[[Any, Membership], dict[str, Any] | None]
    permission: str
    order: int = 50


@dataclass(frozen=True, slots=True)
class Loaded:
    """A card as one page shows it."""

    panel: Panel
    context: dict[str, Any]


_panels: dict[tuple[str, str], Panel] = {}


def register(panel: Panel) -> None:
    """Add a card; ValueError for a key that is taken."""
    key = (panel.where, panel.key)
    if _panels.setdefault(key, panel) != panel:
        raise ValueError(f"the panel {key} is registered already")


def panels_for(where: Where, record: Any, membership: Membership) -> list[Loaded]:
    """The cards a member sees beside a record."""
    found = []
    for panel in sorted(_panels.values(), key=lambda panel: panel.order):
        if panel.where == where and membership.can(panel.permission):
            context = panel.load(record, membership)
            if context is not None:
                found.append(Loaded(panel, context))
    return found
