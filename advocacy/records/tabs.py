"""Lists of one navigation item as tabs above each of them."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.http import HttpRequest

from advocacy.records.pages import RecordList
from advocacy.records.resource import registered
from advocacy.tenancy.models import Membership
from advocacy.web.tabs import folded
from advocacy.web.urls import tenant_reverse


def tabs_of(
    request: HttpRequest,
    nav_item: str,
    active: str,
    *,
    hidden: Collection[str] = (),
    more: Collection[tuple[str, str, str]] = (),
) -> list[dict[str, Any]]:
    """The lists of an item that a member may see, as they were registered, but those ``hidden``;
    behind them ``more``: name, label and address of pages that are no lists.
    """
    membership: Membership = request.membership  # type: ignore[attr-defined]
    lists = [
        (each.name, str(each.title), f"{each.name}:list")
        for each in registered()
        if each.nav_item == nav_item
        and each.tab
        and each.name not in hidden
        and membership.can(each.view)
    ]
    return folded(
        [
            {
                "url": tenant_reverse(request, address),
                "label": label,
                "count": None,
                "active": name == active,
            }
            for name, label, address in [*lists, *more]
        ]
    )


class TabbedList(RecordList):
    """A list below the tabs of its navigation item."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "advocates/list.html"

    def get_tabs(self) -> list[dict[str, Any]]:
        return tabs_of(self.request, self.resource.nav_item, self.resource.name)

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "tabs": self.get_tabs()}
