"""What a manager and a requester say to each other about a request, and how it ends (REQ-2).

A function per move that people make; which those are, and from where, says ``lifecycle``.
"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from activities.activities.choices import OPEN as OPEN_ACTIVITIES
from activities.activities.services import call_off, require_still_free
from advocacy import clock
from advocacy.messaging.holding import undoable
from advocacy.records.undoing import note
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.text import has_words
from advocates.program.ledger.returns import hold_returns
from requests.access import permit_request
from requests.asks.choices import IN_PLAY, AskState
from requests.asks.ending import confirm_if_filled, release_open_asks
from requests.mails import info_link, mail_member
from requests.models import Ask, Request
from requests.opportunities.outcomes import Outcome, end_deal
from requests.requests.choices import RequestState
from requests.requests.levels import shifted, stood_until
from requests.requests.lifecycle import REQUEST
from requests.requests.locks import lock_request, move_request
from requests.requests.log import about, tell


@transaction.atomic
def start_review(*, actor: Actor, request: Request, needed_by: date | None = None) -> Request:
    """A manager takes it up; the first human answer, if there was none (REQ-2).

    Also takes up again what was declined, or what nobody could be found for; ``needed_by`` is
    then a new day. Raises :class:`DomainError` at it when the day is past.
    """
    permit_request(actor, request, "review")
    request = lock_request(request)
    if request.state == RequestState.NEEDS_INFO:
        return _resume(actor, request)
    name = "reopen" if request.state in REQUEST["reopen"].source else "review"
    REQUEST.require(request, name)
    if _asks_are_out(request):
        raise Conflict(_("Somebody is being asked for %(r)s.") % {"r": request.reference})
    day = needed_by or request.needed_by
    if day < clock.today(request.tenant.zone):
        raise DomainError(
            _("The day it was needed by is past."), fields={"needed_by": _("Choose a later day.")}
        )
    manager = request.manager or actor.membership
    before = move_request(
        request,
        name,
        manager=manager,
        needed_by=day,
        state_reason="",
        ended_at=None,
        **_answered(request),
    )
    tell("request.review_started", request, actor, {"from": before})
    return request


@transaction.atomic
@undoable("request.ask_for_info", "request", about=about)
def ask_for_info(*, actor: Actor, request: Request, question: str) -> Request:
    """Ask the requester something; the clock stands still until they answer (REQ-2)."""
    permit_request(actor, request, "ask_for_info")
    text = _reason(question, "question")
    request = lock_request(request)
    now = clock.now()
    before = move_request(
        request, "ask_for_info", state_reason=text, paused_at=now, **_answered(request)
    )
    tell("request.info_asked", request, actor, {"from": before})
    mail_member(
        request.requester,
        "needs_info",
        request,
        key=now.isoformat(),
        context={"question": text, "manager": _who(actor)},
        sender=actor.membership,
        link=info_link(request),
    )
    return request


@transaction.atomic
@undoable("request.give_info", "request", about=about)
def give_info(*, actor: Actor, request: Request, answer: str) -> Request:
    """The requester answers: the answer joins the notes and the clock goes on (REQ-2)."""
    permit_request(actor, request, "give_info")
    text = _reason(answer, "answer", most=2000)
    request = lock_request(request)
    REQUEST.require(request, "give_info")
    notes = f"{request.notes}\n\n{request.state_reason}\n→ {text}".strip()
    note(request, {"notes": notes})
    Request.objects.filter(pk=request.pk).update(notes=notes)
    request.notes = notes
    request = _resume(actor, request)
    if request.manager is not None:
        mail_member(
            request.manager,
            "info_given",
            request,
            key=clock.now().isoformat(),
            context={"answer": text, "requester": request.requester.name},
            sender=actor.membership,
        )
    return request


@transaction.atomic
@undoable("request.decline", "request", about=about)
def decline_request(*, actor: Actor, request: Request, reason: str) -> Request:
    """Say no, with a reason the requester reads (REQ-2). Open asks are taken back kindly."""
    permit_request(actor, request, "decline")
    text = _reason(reason, "reason")
    request = lock_request(request)
    before = move_request(
        request,
        "decline",
        state_reason=text,
        ended_at=clock.now(),
        check_at=None,
        **_answered(request),
    )
    tell("request.declined", request, actor, {"from": before})
    release_open_asks(request, "withdraw", actor=actor)
    mail_member(
        request.requester,
        "declined",
        request,
        key=clock.now().isoformat(),
        context={"reason": text, "manager": _who(actor)},
        sender=actor.membership,
    )
    return request


@transaction.atomic
@undoable("request.cancel", "request", about=about, always=True)
def cancel_request(*, actor: Actor, request: Request, reason: str) -> Request:
    """The requester, or the program, does not need it any more (REQ-2).

    Open asks are taken back, booked calls cancelled; every unit goes back.
    """
    permit_request(actor, request, "cancel")
    text = _reason(reason, "reason")
    request = lock_request(request)
    before = move_request(request, "cancel", state_reason=text, ended_at=clock.now(), check_at=None)
    tell("request.cancelled", request, actor, {"from": before})
    release_open_asks(request, "withdraw", actor=actor)
    for ask in _with_activity(request):
        call_off(actor=actor, activity=ask.activity, reason=text[:300])  # type: ignore[arg-type]
    return request


def want_it_after_all(actor: Actor, row_id: UUID, kept: dict[str, Any]) -> tuple[()]:
    """Taking back what ended a request, or asks of it: locks what that had locked."""
    lock_request(Request(pk=row_id))
    hold_returns(kept)
    require_still_free(actor, kept)
    return ()


@transaction.atomic
def accept_fewer(*, actor: Actor, request: Request) -> Request:
    """The requester is content with those who said yes so far; the others are released (REQ-2)."""
    permit_request(actor, request, "accept_fewer")
    request = lock_request(request)
    REQUEST.require(request, "accept_fewer")
    said_yes = request.asks.filter(state=AskState.ACCEPTED).count()
    if not said_yes:
        raise Conflict(_("Nobody has said yes yet."))
    Request.objects.filter(pk=request.pk).update(accepted_count=said_yes)
    request.accepted_count = said_yes
    tell("request.fewer_accepted", request, actor, {"count": said_yes})
    confirm_if_filled(request, actor=actor)
    return request


@transaction.atomic
def close_request(
    *,
    actor: Actor,
    request: Request,
    outcome: Outcome = "",
    amount: Decimal | None = None,
    closed_on: date | None = None,
) -> Request:
    """Close a completed request, with what came of the deal if it is known (FUL-3).

    A deal won or lost is something to tell the advocates within business days. Raises
    :class:`DomainError` for an outcome without a deal or a day in the future.
    """
    permit_request(actor, request, "close")
    request = lock_request(request)
    before = move_request(request, "close", ended_at=clock.now())
    tell("request.closed", request, actor, {"from": before, "outcome": outcome})
    if outcome:
        _record_outcome(actor, request, outcome, amount, closed_on)
    return request


def _record_outcome(
    actor: Actor,
    request: Request,
    outcome: Outcome,
    amount: Decimal | None,
    closed_on: date | None,
) -> None:
    if request.opportunity is None:
        raise DomainError(
            _("There is no opportunity to win or lose."),
            fields={"outcome": _("Leave this empty: the request belongs to no opportunity.")},
        )
    end_deal(
        actor=actor,
        deal=request.opportunity,
        outcome=outcome,
        amount=amount,
        closed_on=closed_on,
        about=[request],
    )


def _resume(actor: Actor, request: Request) -> Request:
    """Let the clock go on from where it stood."""
    now, calendar = clock.now(), calendar_of(request.tenant)
    since = request.paused_at or now
    until = stood_until(since, request.approval_since, now)
    asks_out = _asks_are_out(request)
    before = move_request(
        request,
        "give_info",
        paused_at=None,
        state_reason="",
        answer_due_at=shifted(calendar, request.answer_due_at, since, until),
        confirm_due_at=shifted(calendar, request.confirm_due_at, since, until),
    )
    tell("request.info_given", request, actor, {"from": before})
    if asks_out:
        move_request(request, "start_outreach")
        confirm_if_filled(request, actor=actor)
    return request


def _asks_are_out(request: Request) -> bool:
    return request.asks.filter(state__in=IN_PLAY).exists()


def _answered(request: Request) -> dict[str, object]:
    return {} if request.answered_at else {"answered_at": clock.now()}


def _who(actor: Actor) -> str:
    return actor.membership.name if actor.membership else _("The advocacy team")


def _with_activity(request: Request) -> list[Ask]:
    """Accepted asks whose activity still lies ahead, in the order of the locks."""
    return list(
        request.asks.filter(state=AskState.ACCEPTED, activity__state__in=OPEN_ACTIVITIES)
        .select_related("activity", "advocate__account")
        .order_by("advocate__account_id", "advocate_id")
    )


def _reason(text: str, field: str, *, most: int = 500) -> str:
    tidied = text.strip()
    if not has_words(tidied):
        raise DomainError(_("Say it in a few words."), fields={field: _("Write a sentence.")})
    if len(tidied) > most:
        raise DomainError(
            _("That is too long."),
            fields={field: _("Keep it under %(most)d characters.") % {"most": most}},
        )
    return tidied
