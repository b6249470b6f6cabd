"""To whom an account, and who works there, may be given (ID-1.c, ID-2)."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import only_stands_in
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role


def require_here(field: str, member: Membership | None) -> None:
    """Raise ``DomainError`` at a field for a colleague who has left."""
    if member is None or (member.is_active and member.user.is_active):
        return
    problem = _("%(name)s does not work here any more.") % {"name": member.name}
    raise DomainError(problem, fields={field: problem})


def check_owner(actor: Actor, values: Mapping[str, Any], before: uuid.UUID | None = None) -> None:
    """Raise ``DomainError`` at ``owner`` for who has left, and for who gives away what they only
    have while its owner is away.
    """
    if "owner" in values:
        require_here("owner", values["owner"])
        require_to_give_away(actor, "owner", before)


def require_to_give_away(actor: Actor, field: str, owner: uuid.UUID | None) -> None:
    """Raise ``DomainError`` at a field for who only stands in for an account's owner: it comes back
    to them, and they or the program give it to somebody else.
    """
    member = actor.membership
    if member is not None and member.role == Role.CSM and only_stands_in(member, owner):
        problem = _(
            "You only stand in here: whose it is stays until the owner is back. The program can"
            " change it."
        )
        raise DomainError(problem, code="stands_in", fields={field: problem})
