"""The items of the navigation. Apps register theirs in ``AppConfig.ready()``.

    register(NavItem("advocates", _("Advocates"), "users", "advocates:list", "advocates.view"))

An item is shown when its address exists and the membership may go there. The order is the page
map's, not the order of registration.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.functional import Promise

from advocacy.web.counting import Count
from advocacy.web.urls import quiet_reverse

#: Keys in the order in which they are shown.
ORDER = (
    *("today", "requests", "advocates", "activities", "content", "evidence", "thanks", "benefits"),
    *("impact", "setup", "settings", "news"),
)
#: The column, below it by the avatar, or the bar above the page, as an icon that opens a panel.
Where = Literal["column", "menu", "bar"]

#: So many stand in the bar of a phone, the others behind "More" (shell/phonebar.html).
ON_PHONES = 4


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry. ``badge`` counts what waits there, ``where`` says in which part of the shell."""

    key: str
    label: str | Promise
    icon: str
    url_name: str
    permission: str
    badge: Callable[[HttpRequest], int | Count] | None = None
    where: Where = "column"


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as one request sees it."""

    item: NavItem
    url: str
    active: bool
    request: HttpRequest

    @property
    def counts(self) -> bool:
        """Whether anything is counted there."""
        return self.item.badge is not None

    @property
    def badge(self) -> int | Count:
        """How much waits there; 0 shows nothing."""
        return self.item.badge(self.request) if self.item.badge else 0


_items: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Add an item; ValueError for an unknown key or one that is taken."""
    if item.key not in ORDER:
        raise ValueError(f"{item.key!r} is no item of the page map: {', '.join(ORDER)}")
    if _items.get(item.key, item) != item:
        raise ValueError(f"the item {item.key!r} is registered already")
    _items[item.key] = item


def entries(request: HttpRequest, where: Where = "column") -> list[Entry]:
    """The items this request's membership may go to, in order."""
    membership: Any = getattr(request, "membership", None)
    if membership is None:
        return []
    found: list[tuple[NavItem, str]] = []
    for key in ORDER:
        item = _items.get(key)
        if item is None or item.where != where or not membership.can(item.permission):
            continue
        url = quiet_reverse(request, item.url_name)
        if url:
            found.append((item, url))
    current = _current(request, found)
    return [Entry(item, url, item.key == current, request) for item, url in found]


def _current(request: HttpRequest, found: list[tuple[NavItem, str]]) -> str | None:
    """The view's own ``nav_item``, else the item whose address is the longest start of this one."""
    match = request.resolver_match
    declared = getattr(getattr(match.func, "view_class", None), "nav_item", None) if match else None
    if declared:
        return str(declared)
    under = [(len(url), item.key) for item, url in found if request.path.startswith(url)]
    return max(under)[1] if under else None
