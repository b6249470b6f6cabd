"""Asking for an introduction to somebody who was found without a name (BRW-1.b).

It is a request like any other: it goes to a program manager, the owner has a say, every limit
holds. What is more about it is whom the program is to ask first, told to who may know (VIS-1).
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery, UUIDField, Value
from django.utils.translation import gettext as _

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from advocates.people.disclosure import sees_everybody
from requests.browsing.references import too_old, unseal
from requests.browsing.selectors import told_of
from requests.browsing.words import words_of
from requests.models import Introduction, Request


def described(viewer: Membership, reference: str) -> str:
    """What a member may read of whom a reference stands for. ``DomainError`` where it is none."""
    return _words(unseal(viewer, reference))


def introduce(*, actor: Actor, request: Request, reference: str) -> None:
    """Keep with a new request whom it asks for. ``DomainError`` at ``introduction`` where the
    reference is not the actor's or too old.
    """
    if actor.membership is None:
        raise DomainError(_("An introduction is asked for by a colleague."))
    advocate = unseal(actor.membership, reference)
    if not Advocate.objects.filter(pk=advocate, erased_at=None).exists():
        raise too_old()
    Introduction.objects.create(
        request=request, advocate_id=advocate, described=_words(advocate)[:300]
    )


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What a request says of whom to introduce; without the person to who may not know."""

    described: str
    advocate: Advocate | None


def asked_for(viewer: Membership, request: Request) -> AskedFor | None:
    """Whom a request asks to be introduced to, if to anybody."""
    rows = Introduction.objects.filter(request=request).select_related("advocate__account")
    found = rows.first()
    if found is None:
        return None
    return AskedFor(found.described, found.advocate if sees_everybody(viewer) else None)


def first_to_ask(viewer: Membership) -> Any:
    """:func:`asked_for` in a statement about requests: the person's id, or null."""
    if not sees_everybody(viewer):
        return Value(None, output_field=UUIDField(null=True))
    rows = Introduction.objects.filter(request=OuterRef("pk"))
    return Subquery(rows.values("advocate_id")[:1])


def _words(advocate: UUID) -> str:
    return next((words_of(told) for told in told_of([advocate]).values()), "")
