"""What the app's pages share: the tabs of the navigation item, and who may change what."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from advocacy.events.happened import MOST, SHOWN, happened
from advocacy.events.selectors import Which
from advocacy.records.pages import RecordList
from advocacy.records.resource import registered
from advocacy.tenancy.models import Membership
from advocacy.web.counting import Count, counts
from advocacy.web.tabs import folded
from advocacy.web.urls import quiet_reverse
from advocates.people.selectors import counted_lists

NAV_ITEM = "advocates"


def tabs(request: HttpRequest, active: str) -> list[dict[str, Any]]:
    """Tabs: people in the program, candidates, everybody, accounts, tiers."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    enrolled, candidates, everybody, accounts, paused = counts(*counted_lists())
    parts: tuple[tuple[str, str, Count | None, str], ...] = (
        ("advocates:list", _("In the program"), enrolled, "advocates.view"),
        ("advocates:candidates", _("Candidates"), candidates, "advocates.view"),
        ("advocates:pipeline", _("The way in"), None, "advocates.view"),
        ("advocates:everybody", _("Everybody"), everybody, "advocates.view"),
        ("nominations:to-decide", _("Nominations"), None, "nominations.decide"),
        ("nominations:list", _("Nominations"), None, "nominations.submit"),
        ("accounts:list", _("Accounts"), accounts, "accounts.view"),
        ("tiers", _("Tiers"), None, "tiers.view"),
        *(
            (f"{r.name}:list", str(r.title), None, r.view)
            for r in registered()
            if r.nav_item == NAV_ITEM and r.tab
        ),
    )
    found: list[dict[str, Any]] = []
    for name, label, count, permission in parts:
        url = quiet_reverse(request, name)
        if any(tab["label"] == label for tab in found):
            continue  # who decides looks at what waits first, everybody else at their own
        if url and membership.can(permission):
            found.append({"url": url, "label": label, "count": count, "active": name == active})
            if name == "advocates:list":
                found[-1]["paused"] = paused
    return folded(found)


class WithTabs:
    """A list page below the tabs of the navigation item. Declare ``tab``, its address' name."""

    tab: ClassVar[str] = ""
    template_name: ClassVar[str] = "advocates/list.html"
    request: HttpRequest

    def get_context(self) -> dict[str, Any]:
        """With the tabs."""
        return {"tabs": tabs(self.request, self.tab)}


class RecordListWithTabs(WithTabs, RecordList):
    """The list of a resource made with the kit, below the tabs of the navigation item."""

    abstract: ClassVar[bool] = True

    def get_context(self) -> dict[str, Any]:
        """With the tabs, its own marked."""
        return {"tabs": tabs(self.request, f"{self.resource.name}:list")}


def story_of(record: Model, request: HttpRequest) -> dict[str, Any]:
    """What happened, as the address asks for it: ``?happened=others`` and ``?earlier=1``."""
    names: dict[Which, str] = {
        "all": _("Everything"),
        "others": _("Between us"),
        "own": _("Their record"),
    }
    asked = request.GET.get("happened", "all")
    which: Which = next((key for key in names if key == asked), "all")
    earlier = bool(request.GET.get("earlier"))
    found = happened(record, named=True, which=which, limit=MOST if earlier else SHOWN)
    segments = []
    for key, label in names.items():
        query = request.GET.copy()
        query.pop("happened", None)
        if key != "all":
            query["happened"] = key
        url = f"?{query.urlencode()}#happened"
        segments.append({"url": url, "label": label, "active": key == which})
    return {"story": found, "story_segments": segments}


def crumb(request: HttpRequest, name: str, label: str | Promise, *args: UUID) -> tuple[str, str]:
    """One step above a page."""
    return (quiet_reverse(request, name, *args) or "", str(label))
