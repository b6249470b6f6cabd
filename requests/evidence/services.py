"""Closing a request because content answers it (REQ-4.c)."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from activities.assets.models import Asset
from activities.assets.naming import title_of
from activities.assets.selectors import in_library, with_beside
from advocacy import clock
from advocacy.messaging.holding import undoable
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from requests.access import permit_request
from requests.asks.choices import WAITING
from requests.evidence.models import ContentAnswer
from requests.mails import mail_member
from requests.models import Request
from requests.requests.choices import RequestState
from requests.requests.lifecycle import REQUEST
from requests.requests.locks import lock_request, move_request
from requests.requests.log import about, tell


@transaction.atomic
@undoable("request.answered_by_content", "request", about=about, always=True)
def answer_by_content(*, actor: Actor, request: Request, asset: Asset | None) -> Request:
    """Close a request that a piece of the library answers, before anybody is asked (REQ-4.c).

    The asks saved are as many as people were needed. Locks the request. Raises ``DomainError`` for
    a piece that may not be used today, ``Conflict`` once somebody is asked or it is over.
    """
    permit_request(actor, request, "answered_by_content")
    locked = lock_request(request)
    REQUEST.require(locked, "answered_by_content")
    rows = with_beside(Asset.objects.filter(in_library()))
    found = rows.filter(pk=asset.pk).first() if asset else None
    if found is None:
        problem = _("Choose a piece that is in the library, so that it may be used.")
        raise DomainError(problem, fields={"asset": problem})
    if locked.asks.filter(state__in=WAITING).exists():
        raise Conflict(_("Somebody is being asked for %(r)s.") % {"r": locked.reference})
    now = clock.now()
    # Without its title: that leaves with the piece, and this stays.
    reason = _("Answered by content; nobody was asked.")
    before = move_request(
        locked, "answered_by_content", state_reason=reason, ended_at=now, check_at=None
    )
    ContentAnswer(request=locked, asset=found, saved=locked.needed_count, at=now).save(
        force_insert=True
    )
    payload = {"from": before, "asset": str(found.pk), "saved": locked.needed_count}
    tell("request.answered_by_content", locked, actor, payload)
    if before != RequestState.DRAFT:
        _write(actor, locked, found, key=now.isoformat())
    return locked


def want_somebody_after_all(actor: Actor, row_id: uuid.UUID, kept: dict[str, Any]) -> tuple[()]:
    """Taking it back: no ask was saved."""
    request = lock_request(Request(pk=row_id))
    ContentAnswer.objects.filter(request=request).delete()
    return ()


def usable_asset(member: Membership, key: str) -> Asset | None:
    """A piece of the library by its key, as a form sends it."""
    try:
        return Asset.objects.filter(in_library(), pk=uuid.UUID(key)).first()
    except ValueError:
        return None


def _write(actor: Actor, request: Request, asset: Asset, key: str) -> None:
    """Who runs it need not look any further; who asked hears it where somebody else said so."""
    members = {m.pk: m for m in (request.requester, request.manager) if m is not None}
    if actor.membership is not None:
        members.pop(actor.membership.pk, None)
    for member in members.values():
        mail_member(
            member,
            "answered_by_content",
            request,
            key=f"{member.pk}:{key}",
            context={
                "title": title_of(asset),
                "who": actor.membership.name if actor.membership else _("The advocacy team"),
            },
            sender=actor.membership,
        )
