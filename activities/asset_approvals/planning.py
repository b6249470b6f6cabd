"""Which steps a piece usually takes, and who takes them (APR-1.a)."""

from activities.asset_approvals.lifecycle import StepKind, StepState
from activities.asset_approvals.models import AssetApproval
from activities.assets.choices import AssetKind
from activities.assets.models import Asset
from advocacy.tenancy.delegation import acting
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocates.responsibilities.selectors import accountable_owner, there

#: Kind → steps with their place in the order: after the catalogue's default approvals. The advocate
#: has confirmed it before.
USUAL = {
    AssetKind.CASE_STUDY: ((StepKind.LEGAL, 1), (StepKind.CUSTOMER, 2)),
    AssetKind.QUOTE: ((StepKind.CUSTOMER, 1),),
    AssetKind.VIDEO: ((StepKind.CUSTOMER, 1),),
}


def usual_steps(asset: Asset) -> list[AssetApproval]:
    """The steps a new piece begins with, not stored."""
    return [
        AssetApproval(asset=asset, step=step, position=position, assignee=decider(asset, step))
        for step, position in USUAL.get(AssetKind(asset.kind), ())
    ]


def decider(asset: Asset, step: str) -> Membership | None:
    """Who decides where nobody was named: an approver for legal and PR, the account's owner for
    theirs, and whoever sees to the piece asks outside.
    """
    own = there(asset.owner) or accountable_owner()
    if step in (StepKind.LEGAL, StepKind.PR):
        return _approver() or own
    if step == StepKind.ACCOUNT_OWNER:
        return there(asset.advocate.account.owner) or own
    return own


def _approver() -> Membership | None:
    """Of the approvers who has the fewest to decide, who is here before who is away."""
    people = list(
        Membership.objects.filter(
            role=Role.APPROVER, is_active=True, user__is_active=True
        ).select_related("user", "tenant")
    )
    if not people:
        return None
    absent = acting(people[0])
    waiting = AssetApproval.objects.filter(state__in=[StepState.WAITING, StepState.PLANNED])
    load: dict[object, int] = {}
    for pk in waiting.values_list("assignee_id", flat=True):
        load[pk] = load.get(pk, 0) + 1
    return min(people, key=lambda m: (m.pk in absent, load.get(m.pk, 0), m.created_at, m.pk))
