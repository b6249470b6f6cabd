"""Asks that are taken back: within seconds, before they left, or while they wait (CAP-1)."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.activities.services import drop_plan
from advocacy.messaging.holding import undoable
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocates.program.ledger.returns import hold_returns
from advocates.program.ledger.services import unsend_unit
from requests.access import permit_ask
from requests.asks.choices import IN_PLAY
from requests.asks.ending import end_ask, hush, look_again, unanswered
from requests.asks.lifecycle import ASK
from requests.models import Ask, AskSlot, Briefing, Request
from requests.requests.locks import lock_request, lock_request_of_ask


def unsend_asks(actor: Actor, row_id: uuid.UUID, kept: dict[str, Any]) -> list[uuid.UUID]:
    """Taking asks back before they left: nobody was asked, so they are gone, and so is their unit.

    The request stays where it is when a colleague has asked somebody since. ``Conflict`` when one
    was answered for them meanwhile, or ended.
    """
    request = lock_request(Request(pk=row_id))
    asks = list(unanswered(request.asks.filter(pk__in=kept["asks"])))
    # What an owner has said meanwhile is not taken from them.
    said = any(ask.said for ask in asks)
    if said or len(asks) < len(kept["asks"]):
        raise Conflict(_("It was answered or ended meanwhile, so it stands."), code="gone_on")
    for ask in asks:
        participation = ask.participation
        hush(ask)
        ask.delete()
        unsend_unit(participation=participation)
    others = request.asks.filter(state__in=IN_PLAY).exists()
    if stands := others or not kept["begins"]:
        look_again(request)
    return [request.pk] if stands else []


def ask_again(actor: Actor, row_id: uuid.UUID, kept: dict[str, Any]) -> tuple[()]:
    """Taking a withdrawal back: locks what sending the ask had locked."""
    lock_request_of_ask(row_id)
    hold_returns(kept)
    return ()


def unanswer(actor: Actor, row_id: uuid.UUID, kept: dict[str, Any]) -> list[uuid.UUID]:
    """Taking back what was recorded for somebody: the ask waits again, and what a yes had planned
    is gone. ``Conflict`` once a time was booked, or anything else came of it.
    """
    lock_request_of_ask(row_id)
    hold_returns(kept)
    if "activity" not in kept:
        return []
    activity = Activity.objects.select_for_update().filter(pk=kept["activity"]).first()
    if activity is None or activity.state != ActivityState.ACCEPTED:
        raise Conflict(_("Something has come of the yes meanwhile, so it stands."), code="gone_on")
    AskSlot.objects.filter(ask=row_id, pk__in=kept["ticked"]).update(offered=False)
    Ask.objects.filter(pk=row_id).update(activity=None)
    Briefing.objects.filter(ask=row_id).delete()
    planned = activity.pk
    drop_plan(activity)
    return [planned]


@transaction.atomic
@undoable("ask.withdraw", "ask", about=lambda ask: ask.about, always=True)
def withdraw_ask(*, actor: Actor, ask: Ask) -> Ask:
    """Take an unanswered ask back; the unit returns, the advocate is told kindly (CAP-1).

    Raises :class:`Conflict` when it was answered meanwhile.
    """
    permit_ask(actor, ask, "withdraw")
    request = lock_request(ask.request)
    ask.reload()
    if not end_ask(ask, "withdraw", actor=actor):
        raise ASK.refusal(ask, ASK["withdraw"])
    look_again(request)
    return ask
