"""Reading what is planned around a piece (DIST-1)."""

from typing import Any

from django.db.models import F, QuerySet

from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from activities.distribution.lifecycle import PlacementState
from activities.distribution.models import Placement, Repurposing
from advocacy.tenancy.models import Membership

_BESIDE = (
    "asset__advocate__account__owner__user",
    "asset__advocate__tenant",
    "asset__activity__activity_type",
    "asset__origin",
    "asset__owner__user",
    "asset__tenant",
    "owner__user",
    "owner__tenant",
    "tenant",
)


def listed_placements(membership: Membership) -> QuerySet[Placement]:
    """Every placement: the list is for who may open advocates (VIS-1)."""
    return Placement.objects.select_related(*_BESIDE, "done_by__user")


def listed_repurposings(membership: Membership) -> QuerySet[Repurposing]:
    """Every planned derived piece, for the same."""
    return Repurposing.objects.select_related(*_BESIDE, "derived")


def placed() -> QuerySet[Placement]:
    """Every placement that is there: a use of its piece (AST-2.c)."""
    return Placement.objects.filter(state=PlacementState.DONE).annotate(used_at=F("done_at"))


def placements_of(asset: Asset) -> list[Placement]:
    """Those of a piece, the open ones first, without what was left out."""
    rows = Placement.objects.filter(asset=asset).exclude(state=PlacementState.DROPPED)
    found = list(rows.select_related("owner__user").order_by("due_on", "id"))
    return _of(asset, sorted(found, key=lambda row: row.state != PlacementState.OPEN))


def repurposings_of(asset: Asset) -> list[Repurposing]:
    """What is made of a recording, without what was left out."""
    rows = Repurposing.objects.filter(asset=asset).exclude(state="dropped")
    found = list(rows.select_related("owner__user", "derived").order_by("due_on", "id"))
    return _of(asset, found)


def ready(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of open ones those whose piece is published and may be shown; the others wait for that."""
    return rows.filter(state="open", asset__state=AssetState.PUBLISHED, asset__held_since=None)


def _of(asset: Asset, rows: list[Any]) -> list[Any]:
    for row in rows:
        row.asset = asset
    return rows
