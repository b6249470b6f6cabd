"""Who may do what to an activity (ID-2): the program, who is in charge, a CSM at own accounts.

Pages and Today ask :func:`permit_move` and :func:`permit_tell` before they offer a button; the
services ask the ``require_…`` functions, which decide by the same. Whoever acts for another reason
(an advocate on the personal link, a requester whose call is booked) is let in by the app that knows
the reason, and that calls what only does the move: ``take_yes``, ``book_time``, ``call_off``.
"""

from django.utils.translation import gettext as _

from activities.activities.lifecycle import ACTIVITY
from activities.activities.models import Activity
from activities.loops.models import LoopDuty
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.models import Membership
from advocates.access import may_change, require_change

MOVE, LOG = "activities.complete", "activities.log"


def permit_move(member: Membership, action: str, activity: Activity) -> bool:
    """Whether a member may do an action of the matrix to this activity.

    Who is in charge of it may, also when the account has gone to a colleague since.
    """
    if not member.can(action):
        return False
    mine = activity.owner_id in answers_for(member)
    return mine or may_change(member, action, activity.advocate.account)


def require_move(actor: Actor, activity: Activity, name: str) -> None:
    """Raise :class:`NotAllowed` unless :func:`permit_move`; jobs of the program's own may."""
    action = ACTIVITY[name].may
    if actor.membership is not None and permit_move(actor.membership, action, activity):
        return
    require_change(actor, action, activity.advocate.account)


def permit_tell(member: Membership, duty: LoopDuty) -> bool:
    """Whether a member may tell this advocate what came of it: whose duty it is, the account's
    owner, the program (AST-3).
    """
    if not member.can("thanks.send"):
        return False
    mine = answers_for(member) & {duty.owner_id, duty.advocate.account.owner_id}
    return bool(mine) or member.can("thanks.manage")


def require_tell(actor: Actor, duty: LoopDuty) -> None:
    """Raise :class:`NotAllowed` unless :func:`permit_tell`; jobs of the program's own may."""
    if actor.kind == "system":
        return
    if actor.membership is None or not permit_tell(actor.membership, duty):
        raise NotAllowed(_("It is somebody else's to tell this advocate."))
