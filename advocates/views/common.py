"""What the room's pages share: the tabs of the place, and who may change what."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.web.urls import quiet_reverse
from advocates.selectors.advocates import headcount

PLACE = "advocates"


def tabs(request: HttpRequest, active: str) -> list[dict[str, Any]]:
    """The parts of the place: people in the program, candidates, everybody, accounts, tiers."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    counts = headcount()
    parts: tuple[tuple[str, str, int | None, str], ...] = (
        ("advocates:list", _("In the program"), counts.enrolled, "advocates.view"),
        ("advocates:candidates", _("Candidates"), counts.candidates, "advocates.view"),
        ("advocates:everybody", _("Everybody"), counts.everybody, "advocates.view"),
        ("accounts:list", _("Accounts"), counts.accounts, "accounts.view"),
        ("tiers", _("Tiers"), None, "tiers.view"),
    )
    found = []
    for name, label, count, permission in parts:
        url = quiet_reverse(request, name)
        if url and membership.can(permission):
            found.append({"url": url, "label": label, "count": count, "active": name == active})
    return found


class WithTabs:
    """A list page below the tabs of the place. Declare ``tab``, its address' name."""

    tab: ClassVar[str] = ""
    template_name: ClassVar[str] = "advocates/list.html"
    request: HttpRequest

    def get_context(self) -> dict[str, Any]:
        """With the tabs."""
        return {"tabs": tabs(self.request, self.tab)}


def crumb(request: HttpRequest, name: str, label: str | Promise, *args: UUID) -> tuple[str, str]:
    """One step above a page."""
    return (quiet_reverse(request, name, *args) or "", str(label))
