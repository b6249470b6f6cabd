"""The tabs of the navigation item: what was given, what can be, from which money, by which tier."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from advocacy.records.pages import RecordList
from advocacy.records.resource import registered
from advocacy.tenancy.models import Membership
from advocacy.web.tabs import folded
from advocacy.web.urls import tenant_reverse
from benefits.points.ledger import are_on

NAV_ITEM = "benefits"
#: Lists that are there only where the tenant wants points (BEN-7).
_OF_POINTS = frozenset({"points", "point-balances", "badges", "shop-items"})


def tabs(request: HttpRequest, active: str) -> list[dict[str, Any]]:
    """The lists of the item that a member may see."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    with_points = active in _OF_POINTS or are_on()
    found = [
        (each.name, str(each.title), f"{each.name}:list")
        for each in registered()
        if each.nav_item == NAV_ITEM
        and each.tab
        and membership.can(each.view)
        and (with_points or each.name not in _OF_POINTS)
    ]
    if membership.can("commitments.view"):
        found.append(("commitments", _("Promised"), "grants:commitments"))
    return folded(
        [
            {
                "url": tenant_reverse(request, address),
                "label": label,
                "count": None,
                "active": name == active,
            }
            for name, label, address in found
        ]
    )


class BenefitsList(RecordList):
    """A list below the tabs."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "advocates/list.html"

    def get_context(self) -> dict[str, Any]:
        return {"tabs": tabs(self.request, self.resource.name)}
