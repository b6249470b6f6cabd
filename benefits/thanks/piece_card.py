"""On a piece of content: its advocate has not heard yet that it is out (AST-3.d)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from activities.access import permit_tell
from activities.assets.models import Asset
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocates import panels
from benefits.thanks.selectors import visible_duties


def untold(asset: Asset, membership: Membership) -> dict[str, Any] | None:
    """The duty that waits, its own or its activity's; no card where there is none."""
    waiting = visible_duties(membership)
    duty = waiting.filter(asset=asset).first()
    if duty is None and asset.activity_id:  # type: ignore[attr-defined]
        duty = waiting.filter(activity=asset.activity, came_out="published").first()
    if duty is None:
        return None
    url = tenant_reverse(membership.tenant, "thanks:tell", duty.pk)
    return {"loop": duty, "tell_url": url if permit_tell(membership, duty) else ""}


def register() -> None:
    """Called once, when the application is ready."""
    panels.register(
        panels.Panel(
            "asset",
            "untold",
            _("Its advocate has not heard yet"),
            "benefits/untold_card.html",
            untold,
            "thanks.view",
            order=20,
        )
    )
