"""Lists of one navigation item as tabs above each of them."""

from typing import Any, ClassVar

from django.http import HttpRequest

from advocacy.records.pages import RecordList
from advocacy.records.resource import registered
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse


def tabs(request: HttpRequest, nav_item: str, active: str) -> list[dict[str, Any]]:
    """The lists of an item that a member may see, as they were registered."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    return [
        {
            "url": tenant_reverse(request, f"{each.name}:list"),
            "label": str(each.title),
            "count": None,
            "active": each.name == active,
        }
        for each in registered()
        if each.nav_item == nav_item and each.tab and membership.can(each.view)
    ]


class TabbedList(RecordList):
    """A list below the tabs of its navigation item."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "advocates/list.html"

    def get_context(self) -> dict[str, Any]:
        found = tabs(self.request, self.resource.nav_item, self.resource.name)
        return {**super().get_context(), "tabs": found}
