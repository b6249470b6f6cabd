"""Showing a requester who an asked advocate is (VIS-1)."""

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import NotAllowed
from requests.models import Ask
from requests.selectors.disclosure import VERB, identities
from requests.services.access import require_own
from requests.services.ending import ask_about


@transaction.atomic
def reveal_advocate(*, actor: Actor, ask: Ask) -> Ask:
    """Record that the requester was shown name and contact data; the page shows them from now on.

    Harmless when they were shown already. Raises :class:`NotAllowed` when the advocate's or the
    account's disclosure does not allow it now, or it is a colleague's request.
    """
    require_own(actor, ask.request)
    member = actor.membership
    if member is None:
        raise NotAllowed(_("Only a colleague can be shown a name."))
    identity = identities(member, [ask])[ask.pk]
    if identity.is_named:
        return ask
    if not identity.can_reveal:
        raise NotAllowed(_("This reference stays without a name for now."))
    record(
        VERB, ask, actor=actor, payload={"to": str(member.pk), "by": "button"}, about=ask_about(ask)
    )
    return ask
