"""What somebody says of what they got (BEN-9.b)."""

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, NotAllowed
from benefits.grants.lifecycle import GOT
from benefits.grants.models import Grant


@transaction.atomic
def rate_grant(*, actor: Actor, grant: Grant, liked: bool | None) -> Grant:
    """Say whether they liked it, or take that back with None; as often as they want.

    Raises ``NotAllowed`` for anybody but who got it, ``Conflict`` for what is not with them.
    """
    if (actor.kind, actor.id) != ("advocate", grant.advocate_id):  # type: ignore[attr-defined]
        raise NotAllowed(_("Whoever got it says how it was."))
    at = None if liked is None else clock.now()
    rows = Grant.objects.filter(pk=grant.pk, state__in=GOT)
    if not rows.update(liked=liked, rated_at=at):
        raise Conflict(_("This is not with you any more, so there is nothing to say of it."))
    # What they said is about a person: it stays out of the log.
    record("grant.rated", grant, actor=actor, about=[grant.advocate, grant.advocate.account])
    return grant.reload()
