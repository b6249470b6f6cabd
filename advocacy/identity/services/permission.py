"""Whether somebody may do a thing at all."""

from django.utils.translation import gettext as _

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.models import Membership


def require(actor: Actor, action: str) -> Membership:
    """The membership of somebody who may do this; raises :class:`NotAllowed` for anybody else."""
    if actor.membership is None or not actor.membership.can(action):
        raise NotAllowed(_("Your role does not allow this. Ask an admin of your company."))
    return actor.membership
