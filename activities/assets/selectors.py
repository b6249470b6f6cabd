"""Reading content: the library, and the workshop behind it (AST-2, VIS-1)."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from activities.asset_approvals.lifecycle import StepState
from activities.asset_approvals.models import AssetApproval
from activities.assets import uses
from activities.assets.leave import covered
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset, AssetVersion
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership


def in_library() -> Q:
    """Published, and what it rests on holds: leave, and the piece it was made of (ADV-4.f)."""
    whole = Q(origin=None) | Q(origin__state=AssetState.PUBLISHED, origin__held_since=None)
    return Q(state=AssetState.PUBLISHED, held_since=None) & covered() & whole


def is_shelved(asset: Asset) -> bool:
    """Whether the library holds it now."""
    return Asset.objects.filter(in_library(), pk=asset.pk).exists()


def sees_workshop(membership: Membership) -> bool:
    """Whether a member reads what is not published, and whose it is."""
    return membership.can("advocates.view")


def with_beside(rows: QuerySet[Asset]) -> QuerySet[Asset]:
    """With what a row or a page shows."""
    return rows.select_related(
        "advocate__account__owner__user",
        "advocate__tenant",
        "activity__activity_type",
        "origin__activity__activity_type",
        "owner__user",
        "owner__tenant",
        "tenant",
    )


def listed_assets(membership: Membership) -> QuerySet[Asset]:
    """Everything to who may open advocates; the library to everybody, and to whoever decides about
    a text that one (VIS-1).
    """
    rows = with_beside(Asset.objects.all()).annotate(
        use_count=uses.use_count(), last_used_at=uses.last_use()
    )
    if sees_workshop(membership):
        return rows
    theirs = AssetApproval.objects.filter(
        asset=OuterRef("pk"), assignee__in=answers_for(membership)
    ).exclude(state__in=[StepState.PLANNED, StepState.DROPPED])
    return rows.filter(in_library() | Q(Exists(theirs)))


def derived_of(asset: Asset, membership: Membership) -> QuerySet[Asset]:
    """The pieces that were made of it, as far as a member reads them (AST-2.e)."""
    return listed_assets(membership).filter(origin=asset)


def listed_versions(membership: Membership) -> QuerySet[AssetVersion]:
    """Of the pieces a member may work on; the others read a piece as it is."""
    rows = AssetVersion.objects.select_related(
        "asset__advocate__account", "asset__owner__user", "written_by__user"
    )
    if sees_workshop(membership):
        return rows
    return rows.none()


def version_before(version: AssetVersion) -> AssetVersion | None:
    """The one it changed."""
    rows = AssetVersion.objects.filter(asset=version.asset, number__lt=version.number)
    return rows.order_by("-number").first()


def versions_of(asset: Asset, most: int = 20) -> list[AssetVersion]:
    """The newest first."""
    rows = AssetVersion.objects.filter(asset=asset).select_related("written_by__user")
    return list(rows.order_by("-number")[:most])
