"""Lists of one navigation item as tabs above each of them."""

from collections.abc import Collection
from typing import Any, ClassVar

from advocacy.records.pages import RecordList
from advocacy.records.resource import registered
from advocacy.web.tabs import folded
from advocacy.web.urls import tenant_reverse


class TabbedList(RecordList):
    """A list below the tabs of its navigation item: the lists that a member may see, as they were
    registered.
    """

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "advocates/list.html"

    def left_out(self) -> Collection[str]:
        """Names of lists that have no tab now."""
        return ()

    def get_context(self) -> dict[str, Any]:
        own, hidden = self.resource, self.left_out()
        found = [
            {
                "url": tenant_reverse(self.request, f"{each.name}:list"),
                "label": str(each.title),
                "count": None,
                "active": each.name == own.name,
            }
            for each in registered()
            if each.nav_item == own.nav_item
            and each.tab
            and each.name not in hidden
            and self.membership.can(each.view)
        ]
        return {**super().get_context(), "tabs": folded(found)}
