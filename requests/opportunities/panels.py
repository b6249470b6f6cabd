"""What this app adds to an account's page: its deals, and what was requested for them (OPP-1)."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.models import Membership
from advocacy.web import status_styles
from advocacy.web.status_styles import StatusStyle
from advocates import panels
from advocates.models import Account
from requests.models import Opportunity
from requests.requests.presentation import title_of
from requests.requests.selectors import visible_requests

_SHOWN, _REQUESTS = 5, 5


def deals(account: Account, membership: Membership) -> dict[str, Any] | None:
    """An account's latest deals and how many there are; nothing where there are none."""
    rows = Opportunity.objects.filter(account=account)
    count = rows.count()
    if not count:
        return None
    stages = dict(rows.order_by().values_list("stage").annotate(Count("pk")))
    return {
        "account": account,
        "deals": list(rows.order_by("-closes_on", "name", "pk")[:_SHOWN]),
        "may_request": membership.can("requests.submit"),
        "count": count,
        "more": max(count - _SHOWN, 0),
        "won": stages.get("won", 0),
        "lost": stages.get("lost", 0),
    }


def requests(account: Account, membership: Membership) -> dict[str, Any] | None:
    """The latest requests for this company as a prospect; nothing where there are none."""
    rows = visible_requests(membership).filter(opportunity__account=account)
    found = list(rows.order_by("-number")[: _REQUESTS + 1])
    if not found:
        return None
    return {
        "account": account,
        "requests": [(row, title_of(row)) for row in found[:_REQUESTS]],
        "more": len(found) > _REQUESTS,
    }


def register() -> None:
    """Add the cards, and how a deal's stages look."""
    status_styles.register(
        {"won": StatusStyle("success", "trophy"), "lost": StatusStyle("neutral", "circle-x")}
    )
    panels.register(
        panels.Panel(
            "account",
            "deals",
            _("Deals"),
            "requests/panels/deals.html",
            deals,
            "opportunities.view",
            order=20,
        )
    )
    panels.register(
        panels.Panel(
            "account",
            "requests",
            _("Requests for them"),
            "requests/panels/requests.html",
            requests,
            "requests.view",
            order=25,
        )
    )
