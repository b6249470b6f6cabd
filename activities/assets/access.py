"""Who may do what to a piece (ID-2): the program and marketing, a CSM at own accounts, whoever sees
to it. The advocate acts on a personal link, in services of its own.
"""

from activities.assets.lifecycle import ASSET
from activities.assets.models import Asset
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from advocates.access import may_change, require_change

EDIT = "assets.edit"


def may_edit(member: Membership, asset: Asset) -> bool:
    """Whether a member may work on a piece."""
    mine = member.can(EDIT) and asset.owner_id in answers_for(member)  # type: ignore[attr-defined]
    return mine or may_change(member, EDIT, asset.advocate.account)


def permit_asset(actor: Actor, asset: Asset, name: str) -> None:
    """Raise :class:`NotAllowed` unless :func:`may_edit`; jobs of the program's own may."""
    ASSET.permit(actor, name)
    permit_edit(actor, asset)


def permit_edit(actor: Actor, asset: Asset) -> None:
    """The same for changing its words."""
    if actor.membership is None or not may_edit(actor.membership, asset):
        require_change(actor, EDIT, asset.advocate.account)
