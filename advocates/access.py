"""Who may change which account and the people at it (ID-2)."""

from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocates.models import Account


def may_change(membership: Membership, action: str, account: Account | None = None) -> bool:
    """Whether a member may do an action of the matrix to an account or somebody at it.

    A CSM changes own accounts and those without an owner, nobody else's (ID-2).
    """
    if not membership.can(action):
        return False
    if membership.role != Role.CSM or account is None:
        return True
    return account.owner_id is None or account.owner_id in answers_for(membership)


def changeable(membership: Membership, path: str = "") -> Q:
    """Rows whose account, by this path, :func:`may_change` leaves to a member; for choices.

    Without a path the rows are the accounts.
    """
    if membership.role != Role.CSM:
        return Q()
    owner = f"{path}__owner" if path else "owner"
    return Q(**{f"{owner}__in": answers_for(membership)}) | Q(**{owner: None})


def require_change(actor: Actor, action: str, account: Account | None = None) -> None:
    """Raise :class:`NotAllowed` unless :func:`may_change`.

    A token acts as its owner and is narrowed like them; jobs of the program's own may.
    """
    if actor.kind == "advocate":
        raise NotAllowed(_("Advocates cannot do this."))
    if actor.membership is None:
        return
    if not may_change(actor.membership, action, account):
        if actor.membership.can(action):
            raise NotAllowed(
                _("%(account)s belongs to a colleague; only its owner or the program changes it.")
                % {"account": account}
            )
        raise NotAllowed(_("Your role does not allow this."))
