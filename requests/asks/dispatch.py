"""A proposed ask goes out: judged once more, as of now (ASK-2, CAP-7)."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.links import create_link
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import Conflict
from advocacy.tenant_settings.reading import current
from advocates.program.ledger.renewing import take_now
from requests.asks.choices import OwnerSaid
from requests.asks.lifecycle import ASK
from requests.asks.settings import Asking
from requests.mails import PURPOSE, mail_ask
from requests.matching.ranking import judge
from requests.models import Ask, AskSlot, Request
from requests.requests.levels import answer_times
from requests.scheduling.slots import suggest_slots


def go_out(ask: Ask, request: Request, name: str, *, actor: Actor, said: str = "") -> None:
    """Send a proposed ask of a locked request by a move of this name.

    What forbids it now forbids it: ``Conflict`` for what has come between since, what
    ``take_unit`` raises where the guard refuses. The answer's time counts from here.
    """
    now = clock.now()
    _require_still_free(ask, request, now)
    unit = take_now(
        participation=ask.participation,
        advocate=ask.advocate,
        activity_type=request.activity_type,
    )
    remind_at, expires_at = answer_times(request, ask.advocate, calendar_of(request.tenant), now)
    changes: dict[str, Any] = {"participation": unit}
    changes |= {"said": said, "said_at": now, "said_by": actor.membership} if said else {}
    ASK.move(
        ask, name, is_sent=True, sent_at=now, remind_at=remind_at, expires_at=expires_at, **changes
    )
    outlives = timedelta(days=current(Asking).link_outlives_days)
    link = create_link(purpose=PURPOSE, subject_id=ask.pk, expires_at=expires_at + outlives)
    mail_ask(ask, "ask", link, _slots(ask, request, now))
    if said == OwnerSaid.GO:
        record(ASK[name].verb, ask, actor=actor, about=ask.about)
    record(
        "ask.sent",
        ask,
        actor=actor,
        payload={
            "request": str(request.pk),
            "advocate": str(ask.advocate_id),
            "said": ask.said,
            "expires_at": expires_at.isoformat(),
        },
        about=ask.about,
    )


def _require_still_free(ask: Ask, request: Request, now: datetime) -> None:
    """What capacity says is the guard's; that they were asked means this very ask."""
    if request.deadline <= now:
        raise Conflict(_("The day it was needed by is past; choose a later one first."))
    found = judge(request, [ask.advocate], {})[ask.advocate_id]
    blocks = [reason for reason in found.blocks if reason.code != "asked"]
    if blocks:
        raise Conflict(f"{ask.advocate.name}: {blocks[0].text}", code=blocks[0].code)


def _slots(ask: Ask, request: Request, now: datetime) -> list[AskSlot]:
    """The times that have not passed while it waited; new ones where all of them have."""
    offered = ask.slots.exists()
    ask.slots.filter(starts_at__lte=now).delete()
    left = list(ask.slots.all())
    if left or not offered:
        return left
    times = suggest_slots(request, ask.advocate)
    return AskSlot.objects.bulk_create(
        AskSlot(ask=ask, starts_at=each.starts_at, ends_at=each.ends_at) for each in times
    )
