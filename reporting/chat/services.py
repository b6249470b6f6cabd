"""Connecting Today with Slack or Teams, and parting again (MSG-5.c)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenant_settings.reading import current
from reporting.chat import messages
from reporting.chat.addresses import checked, keep
from reporting.chat.lifecycle import CHAT, ChatState
from reporting.chat.models import ChatConnection, ChatKind
from reporting.chat.posting import NotTaken, post
from reporting.chat.sending import EVERY, mark_told, new_items
from reporting.chat.settings import ChatNumbers


@transaction.atomic
def connect_chat(*, actor: Actor, address: str = "", **values: Any) -> ChatConnection:
    """Post the actor's Today to the webhook ``address`` as well, or mail it: ``kind``, ``name``.

    A first message goes out at once, so that a wrong address is refused here; what waits already
    is not posted one by one. Raises ``DomainError`` at a field, ``Conflict`` where one of the kind
    is connected, ``NotAllowed`` where the tenant wants no chats.
    """
    member = actor.membership
    if member is None or not member.can("profile.edit"):
        raise NotAllowed(_("Only colleagues have a Today."))
    connection = ChatConnection(member=member)
    for name, value in writes.clean(connection, values).items():
        setattr(connection, name, value)
    by_mail = connection.kind == ChatKind.MAIL
    if not by_mail and not current(ChatNumbers).chats_allowed:
        raise NotAllowed(_("Your company keeps Today out of chats (Settings → Today in chats)."))
    address = "" if by_mail else checked(connection.kind, address)
    standing = ChatConnection.objects.filter(member=member, kind=connection.kind)
    if standing.exclude(state=ChatState.OFF).exists():
        raise Conflict(_("It is connected already; disconnect it first."))
    if by_mail:
        # What waits already comes with the first mail: each has its link.
        connection.save(force_insert=True)
        record("chat.connected", connection, actor=actor, payload={"kind": connection.kind})
        return connection
    items = new_items(connection)
    try:
        post(address, messages.hello(connection.kind, member, len(items)))
    except NotTaken as refusal:
        problem = _("Nothing could be posted there: %(why)s.") % {"why": refusal}
        raise DomainError(problem, code="not_taken", fields={"address": problem}) from None
    keep(connection, address)
    connection.look_at = clock.now() + EVERY
    connection.save(force_insert=True)
    mark_told(connection, items)
    record("chat.connected", connection, actor=actor, payload={"kind": connection.kind})
    return connection


def permit_chat(actor: Actor, connection: ChatConnection, name: str) -> None:
    """Raise ``NotAllowed`` unless it is the actor's own, or an admin's to see to."""
    CHAT.permit(actor, name)
    member = actor.membership
    is_own = member is not None and connection.member_id == member.pk
    if not is_own and not (member is not None and member.can("settings.people")):
        raise NotAllowed(_("This is a colleague's; only they or an admin change it."))


@transaction.atomic
def disconnect_chat(*, actor: Actor, connection: ChatConnection) -> ChatConnection:
    """Nothing is posted any more, and the address is forgotten. Raises ``Conflict`` when off."""
    permit_chat(actor, connection, "disconnect")
    CHAT.move(connection, "disconnect", sealed="", problem="")
    record(CHAT["disconnect"].verb, connection, actor=actor)
    return connection


@transaction.atomic
def try_chat_again(*, actor: Actor, connection: ChatConnection) -> ChatConnection:
    """Post again to one that was given up. Raises ``Conflict`` unless it was."""
    permit_chat(actor, connection, "try_again")
    CHAT.move(connection, "try_again", attempts=0, problem="", look_at=clock.now())
    record(CHAT["try_again"].verb, connection, actor=actor)
    return connection
