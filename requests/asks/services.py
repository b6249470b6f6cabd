"""Sending asks: re-checked, within capacity, all of a batch or none (ASK-1, ASK-3, CAP-1)."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.holding import keep, tell_also, undoable
from advocacy.messaging.links import new_link
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import BusinessCalendar, calendar_of
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.inserting import insert_together
from advocacy.tenancy.text import has_words
from advocacy.tenant_settings.reading import current
from advocates.models import Advocate
from advocates.program.ledger.capacity import GuardReason, guard_status, refusal_text
from advocates.program.ledger.services import (
    ask_guard,
    hold_takes,
    lock_order,
    take_unit,
)
from requests.access import require_asker
from requests.approvals.services import require_approved
from requests.asks.choices import WAITING, AskState
from requests.asks.drafting import AskDraft, as_typed
from requests.asks.owners_say import Say, says_before
from requests.asks.settings import Asking
from requests.mails import PURPOSE, SAY_PURPOSE, language_of, mail_ask, mail_owner
from requests.matching.exclusions import Reason
from requests.matching.matches import Verdict
from requests.matching.ranking import judge
from requests.models import Ask, AskSlot, Request
from requests.requests.choices import RequestState
from requests.requests.levels import answer_times
from requests.requests.lifecycle import REQUEST, REQUEST_ASKABLE
from requests.requests.locks import lock_request, move_request
from requests.requests.log import tell
from requests.scheduling.slots import slot_words

_MOST_SLOTS = 6


@transaction.atomic
@undoable("ask.send", "request")
def send_asks(*, actor: Actor, request: Request, drafts: Sequence[AskDraft]) -> list[Ask]:
    """Send personal asks; either all of them go out or none.

    Each takes its unit of the ledger in the order of the locks, gets its link, its mail and its
    event in this one transaction. Where the account's owner has a say first, link and mail are
    theirs, and the unit is reserved until they have had it (ASK-2).

    Raises :class:`NotAllowed` for sales and for a CSM's colleague's account, :class:`Conflict` when
    the request is not being filled or too many would be out, :class:`DomainError` when somebody
    must not be asked or a warning has no written reason, and ``CapacityRefused`` when the ledger's
    guard refuses, whoever was faster.
    """
    people = [draft.advocate for draft in drafts]
    require_asker(actor, people)
    if actor.membership is None:
        raise DomainError(_("An ask comes from a person: say from whom."))
    _check_drafts(drafts)
    request = lock_request(request)
    if request.state not in REQUEST_ASKABLE:
        REQUEST.require(request, "start_outreach")
    require_approved(request)
    asks = list(request.asks.values_list("state", "advocate_id"))
    _require_unasked(people, {advocate for _state, advocate in asks})
    # Whoever is refused for their capacity, which is what fails under load, costs nothing more.
    guard = ask_guard(advocates=people, activity_type=request.activity_type, detail=request.detail)
    _require_room(request, [state for state, _advocate in asks], len(drafts))
    found = judge(request, people, guard)
    calendar, now = calendar_of(request.tenant), clock.now()
    if request.deadline <= now:
        raise Conflict(_("The day it was needed by is past; choose a later one first."))
    drafts = sorted(drafts, key=lambda draft: lock_order(draft.advocate))
    for draft in drafts:
        _require_free(draft, found[draft.advocate.pk].blocks, found[draft.advocate.pk].warnings)
        _check_slots(request, draft, now)
    # Others took meanwhile. From here on nobody does, so what warns now wants its reason as well;
    # what refuses now is the guard's to say.
    hold_takes(people)
    held = guard_status(
        activity_type=request.activity_type,
        advocate_ids=[advocate.pk for advocate in people],
        detail=request.detail,
    )
    warned = {pk for pk, status in held.items() if status.warnings}
    for draft in drafts:
        if draft.advocate.pk in warned:
            _require_free(draft, (), held[draft.advocate.pk].warnings)
    says = says_before(actor.membership, request, people, calendar, now)
    sent = [
        _send(
            request,
            draft,
            found[draft.advocate.pk],
            draft.advocate.pk in warned,
            says.get(draft.advocate.pk),
            actor,
            calendar,
            now,
        )
        for draft in drafts
    ]
    begins = request.state != RequestState.OUTREACH
    keep(asks=[str(ask.pk) for ask in sent], begins=begins, letters=[as_typed(it) for it in drafts])
    tell_also(*(row for ask in sent for row in ask.about))
    if begins:
        answered = {} if request.answered_at else {"answered_at": now}
        before = move_request(request, "start_outreach", check_at=None, **answered)
        tell("request.outreach_started", request, actor, {"from": before})
    else:
        Request.objects.filter(pk=request.pk).update(check_at=None)
    return sent


# -- inside --------------------------------------------------------------------------------------


def _check_drafts(drafts: Sequence[AskDraft]) -> None:
    if not drafts:
        raise DomainError(_("Choose whom to ask."), code="nobody_chosen")
    if len({draft.advocate.pk for draft in drafts}) < len(drafts):
        raise DomainError(_("Nobody is asked twice for the same request."), code="asked_twice")
    for draft in drafts:
        problems = {}
        if not draft.subject.strip() or "\n" in draft.subject.strip():
            problems["subject"] = _("Write one line.")
        elif len(draft.subject) > 200:
            problems["subject"] = _("Keep it under 200 characters.")
        if not draft.message.strip():
            problems["message"] = _("Write what you would like to ask.")
        elif len(draft.message) > 10_000:
            problems["message"] = _("Keep it under 10,000 characters.")
        if len(draft.override_reason) > 300:
            problems["override_reason"] = _("Keep it under 300 characters.")
        if draft.language and draft.language not in dict(settings.LANGUAGES):
            problems["language"] = _("Choose one of: %(known)s.") % {
                "known": ", ".join(code for code, _name in settings.LANGUAGES)
            }
        if not draft.advocate.email:
            problems["advocate"] = _("%(name)s has no e-mail address.") % {
                "name": draft.advocate.name
            }
        if problems:
            raise DomainError(" ".join(problems.values()), fields=problems)


def _check_slots(request: Request, draft: AskDraft, now: datetime) -> None:
    zone, problem = draft.advocate.zone, ""
    if len(draft.slots) > _MOST_SLOTS:
        problem = _("Propose at most %(most)d times.") % {"most": _MOST_SLOTS}
    if len({slot.starts_at for slot in draft.slots}) < len(draft.slots):
        problem = _("Two of the times are the same.")
    for slot in draft.slots:
        if slot.starts_at <= now:
            problem = _("%(time)s is past.") % {"time": slot_words(slot, zone)}
        elif slot.ends_at <= slot.starts_at:
            problem = _("%(time)s ends before it begins.") % {"time": slot_words(slot, zone)}
    if draft.slots and not request.people_meet:
        problem = _("Nobody meets for this; leave the times out.")
    if problem:
        raise DomainError(problem, fields={"slots": problem})


def _require_unasked(people: Collection[Advocate], asked: Collection[uuid.UUID]) -> None:
    for advocate in people:
        if advocate.pk in asked:
            text = _("Has been asked for this request or this deal already.")
            raise DomainError(f"{advocate.name}: {text}", code="asked", fields={"advocate": text})


def _require_room(request: Request, states: Sequence[str], more: int) -> None:
    spare = current(Asking).spare_asks
    still_needed = max(request.number_needed - states.count(AskState.ACCEPTED), 0)
    room = still_needed + spare - sum(state in WAITING for state in states)
    if more > room:
        raise Conflict(
            ngettext(
                "Only %(room)d more ask may be out: %(spare)d beyond those still needed.",
                "Only %(room)d more asks may be out: %(spare)d beyond those still needed.",
                room,
            )
            % {"room": max(room, 0), "spare": spare},
            code="too_many_asks",
        )


def _require_free(
    draft: AskDraft, blocks: Sequence[Reason], warnings: Sequence[Reason | GuardReason]
) -> None:
    """Ask again, at the moment of sending, whether anything is in the way (MAT-2, CAP-5)."""
    own = [reason for reason in blocks if not reason.code.startswith("capacity_")]
    if own:
        raise DomainError(
            f"{draft.advocate.name}: {own[0].text}",
            code=own[0].code,
            fields={"advocate": own[0].text},
        )
    if warnings and not has_words(draft.override_reason):
        text = " ".join(
            each.text if isinstance(each, Reason) else refusal_text(each, draft.advocate.name)
            for each in warnings
        )
        raise DomainError(
            _("%(name)s: %(warnings)s Say why you ask all the same.")
            % {"name": draft.advocate.name, "warnings": text},
            code="needs_reason",
            fields={"override_reason": _("Say why you ask all the same.")},
        )


def _send(
    request: Request,
    draft: AskDraft,
    found: Verdict,
    is_warned: bool,
    say: Say | None,
    actor: Actor,
    calendar: BusinessCalendar,
    now: datetime,
) -> Ask:
    advocate = draft.advocate
    reason = draft.override_reason.strip() if found.warnings or is_warned else ""
    participation = take_unit(
        advocate=advocate,
        activity_type=request.activity_type,
        detail=request.detail,
        override_reason=reason,
    )
    remind_at, expires_at = answer_times(request, advocate, calendar, now)
    if say is not None:
        remind_at, expires_at = None, say.ends_at
    ask = Ask(
        request=request,
        advocate=advocate,
        participation=participation,
        sender=actor.membership,
        score=found.score,
        override_reason=reason,
        subject=draft.subject.strip(),
        message=draft.message.strip(),
        language=draft.language or language_of(advocate),
        sent_at=now,
        remind_at=remind_at,
        expires_at=expires_at,
        **_proposed(say, now),
    )
    slots = [
        AskSlot(ask=ask, starts_at=slot.starts_at, ends_at=slot.ends_at)
        for slot in sorted(draft.slots, key=attrgetter("starts_at"))
    ]
    # The link goes on to say what became of the ask.
    outlives = timedelta(days=current(Asking).link_outlives_days)
    purpose = PURPOSE if say is None else SAY_PURPOSE
    link = new_link(purpose=purpose, subject_id=ask.pk, expires_at=expires_at + outlives)
    insert_together([ask], slots, [link])
    if say is None:
        mail_ask(ask, "ask", link, slots)
    else:
        mail_owner(ask, say.owner, link)
    record(
        "ask.sent" if say is None else "ask.proposed",
        ask,
        actor=actor,
        payload={
            "request": str(request.pk),
            "advocate": str(advocate.pk),
            "score": found.score,
            "overridden": [reason.code for reason in found.warnings],
            "expires_at": expires_at.isoformat(),
        },
        about=ask.about,
    )
    return ask


def _proposed(say: Say | None, now: datetime) -> dict[str, Any]:
    """The columns of an ask that waits for the account's owner."""
    if say is None:
        return {}
    return {
        "state": AskState.PROPOSED,
        "is_sent": False,
        "proposed_at": now,
        "say_of": say.of,
        "say_until": say.until,
        "say_because": " ".join(say.because),
    }
