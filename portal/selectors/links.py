"""Whom a personal link leads to, and who has one (ID-3, PRT-1)."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import Count, Max, Q

from advocacy import clock
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.models import Membership
from advocates.access import may_change
from advocates.models import Advocate, ProgramInvitation
from advocates.people.choices import ENROLLED
from portal.purposes import PURPOSE
from requests.models import Ask


def _by_portal(subject_id: uuid.UUID) -> uuid.UUID | None:
    return subject_id


def _by_ask(subject_id: uuid.UUID) -> uuid.UUID | None:
    return Ask.objects.filter(pk=subject_id).values_list("advocate_id", flat=True).first()


#: Links that lead to a person: their own, and that of a question they were asked.
_PERSON: dict[str, Callable[[uuid.UUID], uuid.UUID | None]] = {
    PURPOSE: _by_portal,
    "ask": _by_ask,
}


def advocate_behind(link: PersonalLink) -> Advocate | None:
    """The enrolled advocate a link belongs to; ``None`` for somebody who has left."""
    pk = _PERSON[link.purpose](link.subject_id)
    if pk is None:
        return None
    return (
        Advocate.objects.select_related("account", "tenant")
        .filter(pk=pk, status__in=sorted(ENROLLED))
        .first()
    )


def invitation_behind(link: PersonalLink) -> ProgramInvitation | None:
    """The invitation a link leads to."""
    return (
        ProgramInvitation.objects.select_related(
            "advocate__account", "advocate__tenant", "sender__user", "tenant"
        )
        .filter(pk=link.subject_id)
        .first()
    )


def portal_card(advocate: Advocate, membership: Membership) -> dict[str, Any] | None:
    """The card on a person's page: when they last got a link; ``None`` outside the program, and
    for a member who may not send one.
    """
    may = may_change(membership, "advocates.edit", advocate.account)
    if advocate.status not in ENROLLED or not may:
        return None
    working = Q(revoked_at=None, expires_at__gt=clock.now())
    links = PersonalLink.objects.filter(subject_id=advocate.pk, purpose=PURPOSE).aggregate(
        sent=Max("created_at"), works=Count("pk", filter=working)
    )
    return {"advocate": advocate, **links}
