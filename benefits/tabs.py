"""The tabs of the navigation item: what was given, what can be, from which money, by which tier."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from advocacy.records.tabs import TabbedList, tabs_of
from advocacy.tenancy.models import Membership
from benefits.points.ledger import are_on

NAV_ITEM = "benefits"
#: Lists that are there only where the tenant wants points (BEN-7).
_OF_POINTS = frozenset({"points", "point-balances", "badges", "shop-items"})


def tabs(request: HttpRequest, active: str) -> list[dict[str, Any]]:
    """The lists of the item that a member may see, and what is promised."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    with_points = active in _OF_POINTS or are_on()
    promised = ("commitments", _("Promised"), "grants:commitments")
    return tabs_of(
        request,
        NAV_ITEM,
        active,
        hidden=() if with_points else _OF_POINTS,
        more=[promised] if membership.can("commitments.view") else (),
    )


class BenefitsList(TabbedList):
    """A list below the tabs."""

    abstract: ClassVar[bool] = True

    def get_tabs(self) -> list[dict[str, Any]]:
        return tabs(self.request, self.resource.name)
