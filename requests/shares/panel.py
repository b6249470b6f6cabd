"""What deals add to a piece's page: where it was used, and sharing it at one press (AST-2.b)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from activities.assets import uses
from activities.assets.models import Asset
from activities.assets.selectors import is_shelved
from advocacy.tenancy.models import Membership
from advocates import panels
from requests.shares.selectors import deals_for, shares_of_asset, standing_of
from requests.shares.selectors import uses as uses_in_deals


def load(asset: Asset, membership: Membership) -> dict[str, Any] | None:
    """The card; none for a piece that was never shared and cannot be now."""
    may = membership.can("shares.edit") and is_shelved(asset)
    rows = [(share, *standing_of(share)) for share in shares_of_asset(membership, asset)]
    if not may and not rows:
        return None
    return {
        "asset": asset,
        "shares": rows,
        "may_share": may,
        "deals": deals_for(membership) if may else [],
        "count": uses_in_deals().filter(asset=asset).count(),
    }


def register() -> None:
    """Add the card, and let the library know what was used."""
    uses.register("deals", uses_in_deals)
    panels.register(
        panels.Panel(
            "asset", "shares", _("In deals"), "requests/shares/asset_card.html", load, "shares.view"
        )
    )
