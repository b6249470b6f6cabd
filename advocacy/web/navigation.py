"""The places of the navigation. Rooms register theirs in ``AppConfig.ready()``.

    register(Place("advocates", _("Advocates"), "users", "advocates:list", "advocates.view"))

A place is shown when its address exists and the membership may go there. The order is the page
map's, not the order of registration.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from advocacy.web.urls import quiet_reverse

#: Keys in the order in which they are shown.
ORDER = ("today", "requests", "advocates", "activities", "content", "thanks", "impact", "settings")


@dataclass(frozen=True, slots=True)
class Place:
    """One entry. ``badge`` counts what waits there; ``menu`` puts it under the avatar instead."""

    key: str
    label: str | Promise
    icon: str
    url_name: str
    permission: str
    badge: Callable[[HttpRequest], int] | None = None
    menu: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as one request sees it."""

    place: Place
    url: str
    active: bool
    request: HttpRequest

    @property
    def counts(self) -> bool:
        """Whether anything is counted there."""
        return self.place.badge is not None

    @property
    def badge(self) -> int:
        """How much waits there; 0 shows nothing."""
        return self.place.badge(self.request) if self.place.badge else 0


_places: dict[str, Place] = {}


def register(place: Place) -> None:
    """Add a place; ValueError for an unknown key or one that is taken."""
    if place.key not in ORDER:
        raise ValueError(f"{place.key!r} is no place of the page map: {', '.join(ORDER)}")
    if _places.get(place.key, place) != place:
        raise ValueError(f"the place {place.key!r} is registered already")
    _places[place.key] = place


def entries(request: HttpRequest, *, menu: bool = False) -> list[Entry]:
    """The places this request's membership may go to, in order."""
    membership: Any = getattr(request, "membership", None)
    if membership is None:
        return []
    found: list[tuple[Place, str]] = []
    for key in ORDER:
        place = _places.get(key)
        if place is None or place.menu != menu or not membership.can(place.permission):
            continue
        url = quiet_reverse(request, place.url_name)
        if url:
            found.append((place, url))
    current = _current(request, found)
    return [Entry(place, url, place.key == current, request) for place, url in found]


def _current(request: HttpRequest, found: list[tuple[Place, str]]) -> str | None:
    """The view's own ``place``, else the place whose address is the longest start of this one."""
    match = request.resolver_match
    declared = getattr(getattr(match.func, "view_class", None), "place", None) if match else None
    if declared:
        return str(declared)
    under = [(len(url), place.key) for place, url in found if request.path.startswith(url)]
    return max(under)[1] if under else None
