"""Who may do what to a request (ID-2): its requester, the program, a CSM for own accounts."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from requests.asks.lifecycle import ASK, SAYS
from requests.asks.owners_say import may_say
from requests.models import Ask, Request
from requests.requests.lifecycle import REQUEST


def is_program(actor: Actor) -> bool:
    """Whether somebody runs the program, so that all requests are theirs.

    A token acts as its owner and has their rights; the program's own jobs have all.
    """
    if actor.kind == "system":
        return True
    return actor.membership is not None and actor.membership.can("requests.triage")


def is_own(actor: Actor, request: Request) -> bool:
    """Whether the actor is the request's requester, or stands in for them (ID-1.c)."""
    member = actor.membership
    return member is not None and request.requester_id in answers_for(member)


def require_program(actor: Actor) -> None:
    """Raise :class:`NotAllowed` unless :func:`is_program`."""
    if not is_program(actor):
        raise NotAllowed(_("Only the program's managers do this."))


def require_own(actor: Actor, request: Request) -> None:
    """Raise :class:`NotAllowed` unless it is the actor's request, or the actor runs the program."""
    if not is_own(actor, request) and not is_program(actor):
        raise NotAllowed(_("This is a colleague's request."))


def permit_request(actor: Actor, request: Request, name: str) -> None:
    """Raise :class:`NotAllowed` unless the actor's role makes this move, and with this request."""
    REQUEST.permit(actor, name)
    require_own(actor, request)


def may_ask(membership: Membership, advocate: Advocate) -> bool:
    """Whether a member may contact this advocate with an ask."""
    if not membership.can("asks.send"):
        return False
    if membership.can("requests.triage"):
        return True
    return advocate.account.owner_id in answers_for(membership)


def require_asker(actor: Actor, advocates: Iterable[Advocate]) -> None:
    """Raise :class:`NotAllowed` unless the actor may contact every one of these advocates.

    Sales never contacts an advocate around the program; a CSM only those of own accounts.
    """
    if is_program(actor):
        return
    if actor.membership is None or not actor.membership.can("asks.send"):
        raise NotAllowed(
            _("Only the program's managers, and CSMs for their own accounts, contact advocates.")
        )
    for advocate in advocates:
        if not may_ask(actor.membership, advocate):
            raise NotAllowed(
                _("%(account)s belongs to a colleague; ask its owner or the program.")
                % {"account": advocate.account}
            )


def permit_ask(actor: Actor, ask: Ask, name: str) -> None:
    """Raise :class:`NotAllowed` unless the actor's role makes this move, and with this ask.

    What an owner says, the owner says, or who has their things now: not who sends the ask (ASK-2).
    """
    ASK.permit(actor, name)
    if name not in SAYS:
        require_asker(actor, [ask.advocate])
    elif actor.membership is None or not may_say(actor.membership, ask.advocate.account):
        raise NotAllowed(
            _("Whoever looks after %(account)s says that.") % {"account": ask.advocate.account}
        )


def require_answerer(actor: Actor, ask: Ask, name: str) -> None:
    """Raise :class:`NotAllowed` unless the actor gives this answer: in person on a personal link,
    or as staff on the advocate's behalf.
    """
    if actor.kind != "advocate":
        permit_ask(actor, ask, name)
    elif actor.id != ask.advocate_id:
        raise NotAllowed(_("This ask is for somebody else."))
