"""Reading approvals of content (APR-1)."""

import uuid

from django.db.models import F, Q, QuerySet

from activities.asset_approvals.lifecycle import StepKind, StepState
from activities.asset_approvals.models import AssetApproval
from activities.assets.models import Asset, AssetVersion
from activities.assets.words import Words, text_of
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership


def with_beside(rows: QuerySet[AssetApproval]) -> QuerySet[AssetApproval]:
    """With what a row or a page shows."""
    return rows.select_related(
        "asset__advocate__account__owner__user",
        "asset__advocate__tenant",
        "asset__activity__activity_type",
        "asset__origin__activity__activity_type",
        "asset__owner__user",
        "asset__owner__tenant",
        "asset__tenant",
        "assignee__user",
        "assignee__tenant",
        "decided_by__user",
        "tenant",
    )


def nobodys() -> Q:
    """Steps that belong to nobody who works here, nor to somebody who is asked by mail."""
    left = Q(assignee__is_active=False) | Q(assignee__user__is_active=False)
    return left | Q(assignee=None, contact_email="") & ~Q(step=StepKind.ADVOCATE)


def listed_approvals(membership: Membership) -> QuerySet[AssetApproval]:
    """All to who works on content; to the others what they, or who they stand in for, decide."""
    rows = with_beside(AssetApproval.objects.all())
    if membership.can("assets.edit"):
        return rows
    decides = Q(assignee__in=answers_for(membership)) & ~Q(state=StepState.PLANNED)
    return rows.filter(decides)


def may_open(membership: Membership, approval: AssetApproval) -> bool:
    """Whether :func:`listed_approvals` has it."""
    if membership.can("assets.edit"):
        return True
    mine = approval.assignee_id in answers_for(membership)  # type: ignore[attr-defined]
    return mine and approval.state != StepState.PLANNED


def steps_of(asset: Asset) -> list[AssetApproval]:
    """Those of a piece, in their order, with what was decided before."""
    rows = AssetApproval.objects.filter(asset=asset).select_related(
        "assignee__user", "decided_by__user"
    )
    found = list(rows.order_by(F("number").asc(nulls_last=True), "position", "created_at", "id"))
    for row in found:
        row.asset = asset
    return found


def approval_behind(pk: uuid.UUID) -> AssetApproval | None:
    """The approval a link in a mail is about."""
    return with_beside(AssetApproval.objects.filter(pk=pk)).first()


def text_before(approval: AssetApproval) -> str:
    """The text they looked at last; nothing where it is their first look."""
    return text_of_version(approval.asset, approval.seen_number)


def words_decided(approval: AssetApproval) -> Words:
    """The text that it is about: once decided, the one that was decided, whatever became of it."""
    asset: Asset = approval.asset
    if approval.number in (None, asset.number):
        return asset
    version = AssetVersion.objects.filter(asset=asset, number=approval.number).first()
    return version or asset


def text_of_version(asset: Asset, number: int | None) -> str:
    """What stood in a version; nothing where there is none."""
    if number is None:
        return ""
    version = AssetVersion.objects.filter(asset=asset, number=number).first()
    return text_of(version) if version else ""
