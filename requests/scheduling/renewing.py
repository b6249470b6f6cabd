"""Other times for a call, when those that were offered are past or suit nobody (FUL-1, ASK-1)."""

import uuid
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from activities.activities.models import Activity
from activities.slot_checks.ways import REQUESTER
from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.links import create_link, link_path
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import moment
from advocacy.web.urls import tenant_reverse
from advocates.people.disclosure import sees_everybody
from requests.access import require_answerer, require_own
from requests.asks.settings import Asking
from requests.mails import PURPOSE, language_of_ask, link_of, mail_advocate, mail_member, who_hears
from requests.models import Ask, AskSlot, Request
from requests.requests.locks import lock_request
from requests.scheduling.services import require_waiting
from requests.scheduling.slots import Slot, free_slots, slot_words, suggest_slots, zone_words

#: New times may lie after the day it was needed by, when that is near or past.
_AHEAD = timedelta(days=10)
_LONGEST_NOTE = 300


@transaction.atomic
def ask_for_times(*, actor: Actor, ask: Ask) -> Ask:
    """Ask an advocate who said yes for other times, with some to tick (FUL-1).

    Whoever runs the request writes to them. Raises :class:`Conflict` while they have not answered
    the same question yet, and when a time is booked.
    """
    require_own(actor, ask.request)
    request = lock_request(ask.request)
    ask.reload()
    require_waiting(ask)
    if ask.times_asked_at is not None:
        raise Conflict(
            _("They were asked %(when)s already and have not answered yet.")
            % {"when": moment(ask.times_asked_at)}
        )
    now = clock.now()
    Ask.objects.filter(pk=ask.pk).update(times_asked_at=now)
    ask.times_asked_at = now
    _write(request, ask, _propose(request, ask))
    record("ask.times_asked", ask, actor=actor, about=ask.about)
    return ask


def release_time(request: Request, ask: Ask) -> None:
    """The time of a locked request's call has passed without it: others are proposed, and the
    advocate's link leads to them.
    """
    AskSlot.objects.filter(ask=ask, picked=True).update(picked=False)
    Ask.objects.filter(pk=ask.pk).update(times_asked_at=None)
    _propose(request, ask)
    _link_for(ask)


def other_time_path(activity: Activity, side: str) -> str:
    """Where either side sees to another time, for ``activities.slot_checks.ways``."""
    ask = Ask.objects.filter(activity=activity).select_related("request__tenant").first()
    if ask is None:
        return ""
    if side == REQUESTER:
        return tenant_reverse(ask.request.tenant, "requests:detail", ask.request.pk)
    link = link_of(ask)
    return f"{link_path(link)}?say=times" if link else ""


def _link_for(ask: Ask) -> PersonalLink:
    """The link of the ask, or a new one where it has ended."""
    outlives = timedelta(days=current(Asking).link_outlives_days)
    return link_of(ask) or create_link(
        purpose=PURPOSE, subject_id=ask.pk, expires_at=clock.now() + outlives
    )


def _propose(request: Request, ask: Ask) -> list[Slot]:
    """Some more times, none of them ticked."""
    until = max(request.deadline, clock.now() + _AHEAD)
    found = suggest_slots(request, ask.advocate, until=until)
    AskSlot.objects.bulk_create(
        [AskSlot(ask=ask, starts_at=each.starts_at, ends_at=each.ends_at) for each in found],
        ignore_conflicts=True,
    )
    return found


def _write(request: Request, ask: Ask, slots: Collection[Slot]) -> None:
    sender = who_hears(ask, request) or ask.sender
    zone = ask.advocate.zone
    link = _link_for(ask)
    language = language_of_ask(ask)
    with translation.override(language):
        context = {
            "subject": ask.subject,
            "slots": [slot_words(slot, zone) for slot in slots],
            "zone": zone_words(zone),
            "sender": sender.name,
        }
    mail_advocate(
        ask.advocate,
        "times_asked",
        key=f"ask:{ask.pk}:times:{clock.now().isoformat()}",
        kind="times_asked",
        context=context,
        sender=sender,
        subject_id=ask.pk,
        link=link,
        language=language,
    )


@transaction.atomic
def offer_times(
    *, actor: Actor, ask: Ask, slots: Collection[uuid.UUID] = (), time_note: str = ""
) -> Ask:
    """Tick other times after the yes, or write some; requester and program hear of it.

    Raises :class:`DomainError` at ``slots`` when there is neither, :class:`Conflict` when a time is
    booked, :class:`NotAllowed` when it is somebody else's.
    """
    require_answerer(actor, ask, "accept")
    request = lock_request(ask.request)
    ask.reload()
    require_waiting(ask)
    note = time_note.strip()[:_LONGEST_NOTE]
    wanted = AskSlot.objects.filter(ask=ask, pk__in=list(slots), starts_at__gt=clock.now())
    if not wanted.update(offered=True) and not note:
        problem = _("Tick a time that suits you, or write another one.")
        raise DomainError(problem, fields={"slots": problem})
    Ask.objects.filter(pk=ask.pk).update(times_asked_at=None, time_note=note or ask.time_note)
    ask.reload()
    event = record("ask.times_offered", ask, actor=actor, about=ask.about)
    manager = who_hears(ask, request)
    for member in {each.pk: each for each in (request.requester, manager) if each}.values():
        if actor.membership is None or actor.membership.pk != member.pk:
            _tell(member, request, ask, note, str(event.pk))
    return ask


def _tell(member: Membership, request: Request, ask: Ask, note: str, key: str) -> None:
    zone = member.zone
    # Their own words may say who they are (VIS-1).
    shown = note if sees_everybody(member) else ""
    mail_member(
        member,
        "times_offered",
        request,
        key=f"{key}:{member.pk}",
        context={
            "slots": [slot_words(slot, zone) for slot in free_slots(ask)],
            "zone": zone_words(zone),
            "time_note": shown,
        },
    )
