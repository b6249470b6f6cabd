"""What this app adds to the pages of the advocates app: an account's deals (OPP-1)."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.models import Membership
from advocacy.web import status_styles
from advocacy.web.status_styles import StatusStyle
from advocates import panels
from advocates.models import Account
from requests.models import Opportunity

_SHOWN = 10


def deals(account: Account, membership: Membership) -> dict[str, Any] | None:
    """An account's latest deals and how many there are; nothing where there are none."""
    rows = Opportunity.objects.filter(account=account)
    count = rows.count()
    if not count:
        return None
    stages = dict(rows.order_by().values_list("stage").annotate(Count("pk")))
    return {
        "deals": list(rows.order_by("-closes_on", "name", "pk")[:_SHOWN]),
        "count": count,
        "more": max(count - _SHOWN, 0),
        "won": stages.get("won", 0),
        "lost": stages.get("lost", 0),
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
