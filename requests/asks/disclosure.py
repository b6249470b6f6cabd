"""What a requester may see of a reference (VIS-1).

Who may open advocates anyway sees names; for everybody else the disclosure counts (both are
decided in :mod:`advocates.people.disclosure`). Every reveal is an event: acceptance records one
by itself, before that (``named``) a button does, because a page that is only looked at writes
nothing.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from advocacy.events.models import EventSubject
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.models import Membership
from advocates.people.choices import Disclosure
from advocates.people.disclosure import disclosure_of, is_disclosed_by, sees_everybody
from requests.access import require_own
from requests.asks.choices import AskState
from requests.models import Ask

VERB = "ask.revealed"
#: The invitation names the advocate to the prospect.
TO_PROSPECT = "ask.shown_to_prospect"


@dataclass(frozen=True, slots=True)
class Identity:
    """How much of an asked advocate one member sees now."""

    is_named: bool
    #: The name is not shown yet, but a button may reveal it.
    can_reveal: bool


def revealed_to(viewer: Membership, asks: Collection[Ask]) -> set[uuid.UUID]:
    """Asks whose advocate was revealed to a member."""
    return set(
        EventSubject.objects.filter(
            subject_id__in=[ask.pk for ask in asks],
            event__verb=VERB,
            event__payload__to=str(viewer.pk),
        ).values_list("subject_id", flat=True)
    )


def identities(viewer: Membership, asks: Collection[Ask]) -> dict[uuid.UUID, Identity]:
    """What a member sees of each ask's advocate, in one query."""
    if sees_everybody(viewer):
        return {ask.pk: Identity(is_named=True, can_reveal=False) for ask in asks}
    shown = revealed_to(viewer, asks)
    found = {}
    for ask in asks:
        rule = disclosure_of(ask.advocate)
        open_now = rule == Disclosure.NAMED or (
            rule == Disclosure.AFTER_ACCEPTANCE and ask.state == AskState.ACCEPTED
        )
        named = open_now and ask.pk in shown
        found[ask.pk] = Identity(is_named=named, can_reveal=open_now and not named)
    return found


def is_named_to(viewer: Membership) -> Q:
    """:attr:`Identity.is_named` of an ask in a statement."""
    if sees_everybody(viewer):
        return Q(pk__isnull=False)
    shown = EventSubject.objects.filter(
        subject_id=OuterRef("pk"), event__verb=VERB, event__payload__to=str(viewer.pk)
    )
    return Q(
        is_disclosed_by(Disclosure.NAMED, "advocate")
        | Q(is_disclosed_by(Disclosure.AFTER_ACCEPTANCE, "advocate"), state=AskState.ACCEPTED),
        Exists(shown),
    )


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
    record(VERB, ask, actor=actor, payload={"to": str(member.pk), "by": "button"}, about=ask.about)
    return ask


def reveal_to_prospect(*, actor: Actor, ask: Ask) -> None:
    """Record, once, that the prospect's invitation names the advocate (VIS-1.e)."""
    told = EventSubject.objects.filter(subject_id=ask.pk, event__verb=TO_PROSPECT)
    if not told.exists():
        record(TO_PROSPECT, ask, actor=actor, about=ask.about)
