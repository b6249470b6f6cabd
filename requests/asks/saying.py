"""What an account's owner says before somebody there is asked, and what silence says (ASK-2)."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.holding import undoable
from advocacy.messaging.links import create_link, revoke_links
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import DomainError
from advocacy.tenant_settings.reading import current
from advocates.program.ledger.renewing import give_back_taken
from advocates.program.ledger.returns import hold_returns
from advocates.program.ledger.services import unsend_unit
from requests.access import permit_ask
from requests.asks.choices import AskState, OwnerSaid
from requests.asks.dispatch import go_out
from requests.asks.ending import hush, look_again
from requests.asks.lifecycle import ASK
from requests.asks.owners_say import Say, asked_anew, may_say
from requests.asks.settings import Asking
from requests.mails import SAY_PURPOSE, mail_member, mail_owner, who_hears
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from requests.requests.locks import lock_request, lock_request_of_ask


@transaction.atomic
@undoable("ask.go", "ask", about=lambda ask: ask.about)
def agree_to_ask(*, actor: Actor, ask: Ask) -> Ask:
    """The owner says go: it goes out now, or once the requester has answered what they were asked
    and what came to need an approval has it (ASK-2.a, REQ-3.b).

    Raises :class:`NotAllowed` for anybody else, ``Conflict`` when it has gone out or ended, or
    when something forbids it by now.
    """
    permit_ask(actor, ask, "go")
    ask, request = _locked(ask)
    ASK.require(ask, "go")
    if _stands_still(request):
        later = calendar_of(request.tenant).add_hours(clock.now(), 1)
        said = _said(actor, OwnerSaid.GO)
        ASK.move(ask, "go_later", say_until=later, expires_at=later, not_before=None, **said)
        record(ASK["go"].verb, ask, actor=actor, about=ask.about)
        return ask
    go_out(ask, request, "go", actor=actor, said=OwnerSaid.GO)
    return ask


@transaction.atomic
@undoable("ask.not_before", "ask", about=lambda ask: ask.about)
def put_ask_off(*, actor: Actor, ask: Ask, not_before: date) -> Ask:
    """The owner says not before a day: then it goes out by itself. The last word counts.

    Where that is too late for the day it is needed by, it is a no: the ask is ``not_asked`` then.
    Raises :class:`DomainError` at a day that is not ahead, else as :func:`agree_to_ask` does.
    """
    permit_ask(actor, ask, "not_before")
    ask, request = _locked(ask)
    ASK.require(ask, "not_before")
    zone = request.tenant.zone
    if not_before <= clock.today(zone):
        problem = _("Choose a day from tomorrow on.")
        raise DomainError(problem, fields={"not_before": problem})
    calendar = calendar_of(request.tenant)
    at = calendar.add_hours(datetime.combine(not_before, time(), tzinfo=zone), 0)
    said = _said(actor, OwnerSaid.NOT_BEFORE) | {"not_before": not_before}
    if at >= request.deadline:
        note = _("Their day is after the one it is needed by.")
        _keep_back(ask, request, "rather_not", actor, say_note=note, **said)
        return ask
    ASK.move(ask, "not_before", say_until=at, expires_at=at, **said)
    record(ASK["not_before"].verb, ask, actor=actor, about=ask.about)
    return ask


@transaction.atomic
@undoable("ask.rather_not", "ask", about=lambda ask: ask.about)
def ask_somebody_else(*, actor: Actor, ask: Ask, say_note: str = "") -> Ask:
    """The owner would rather have somebody else asked: the unit returns as if it had never been
    taken, the next in the ranking is proposed, and the advocate hears nothing (ASK-2.a).

    Raises as :func:`agree_to_ask` does.
    """
    permit_ask(actor, ask, "rather_not")
    ask, request = _locked(ask)
    note = say_note.strip()
    if len(note) > 500:
        problem = _("Keep it under %(most)d characters.") % {"most": 500}
        raise DomainError(problem, fields={"say_note": problem})
    ASK.require(ask, "rather_not")
    said = _said(actor, OwnerSaid.RATHER_NOT)
    _keep_back(ask, request, "rather_not", actor, say_note=note, **said)
    return ask


def say(*, actor: Actor, ask: Ask, kind: str, not_before: date | None, say_note: str) -> Ask:
    """What a form says, as one of the three; only what belongs to it counts."""
    if kind == "go":
        return agree_to_ask(actor=actor, ask=ask)
    if kind == "not_before" and not_before is not None:
        return put_ask_off(actor=actor, ask=ask, not_before=not_before)
    return ask_somebody_else(actor=actor, ask=ask, say_note=say_note)


def decide_by_silence(pk: uuid.UUID, *, actor: Actor) -> None:
    """Nobody said anything in time, or the day of a *not before* has come; for the sweep.

    It goes out, unless it takes a yes: then it lapses, as it does where something forbids it by
    now. What came to need a yes meanwhile waits for one, a company that was handed over for a word
    of its new owner, and a request whose own clock stands still makes it wait.
    """
    ask, request = _locked(Ask.objects.get(pk=pk))
    now = clock.now()
    if ask.state != AskState.PROPOSED or ask.expires_at > now:
        return
    calendar = calendar_of(request.tenant)
    if _stands_still(request) and request.deadline > now:
        later = calendar.add_hours(now, 1)
        until = {"say_until": later} if ask.say_until else {}
        Ask.objects.filter(pk=ask.pk).update(expires_at=later, **until)
        return
    if ask.say_until is None:
        _keep_back(ask, request, "lapse", actor, say_note="")
        return
    if not ask.said:
        say = asked_anew(ask, request, calendar, now)
        if say is not None and say.ends_at > now and (say.because or _is_anothers(ask)):
            _ask_anew(ask, say, actor)
            return
    try:
        go_out(
            ask,
            request,
            "go_by_silence",
            actor=actor,
            said="" if ask.said else OwnerSaid.SILENCE,
        )
    except DomainError as refusal:
        _keep_back(ask, request, "lapse", actor, say_note=refusal.message[:500])


def unsay(actor: Actor, row_id: uuid.UUID, kept: dict[str, Any]) -> tuple[()]:
    """Taking back what an owner said: locks what saying it had locked."""
    lock_request_of_ask(row_id)
    hold_returns(kept)
    give_back_taken(kept)
    return ()


# -- inside --------------------------------------------------------------------------------------


def _locked(ask: Ask) -> tuple[Ask, Request]:
    request = lock_request(Request(pk=ask.request_id))
    return _read(ask.pk), request


def _read(pk: uuid.UUID) -> Ask:
    return Ask.objects.select_related(
        "advocate__account__owner__user",
        "advocate__account__owner__tenant",
        "advocate__tenant",
        "participation",
        "request__opportunity",
        "say_of__user",
        "sender__user",
        "sender__tenant",
    ).get(pk=pk)


def _stands_still(request: Request) -> bool:
    """Whether nobody is asked at this moment: the requester owes an answer, or an approver does."""
    return request.state == RequestState.NEEDS_INFO or request.approval_since is not None


def _is_anothers(ask: Ask) -> bool:
    """Whether the silence is of somebody who has no say here any more."""
    return ask.say_of is None or not may_say(ask.say_of, ask.advocate.account)


def _ask_anew(ask: Ask, say: Say, actor: Actor) -> None:
    """Ask whose say it is now; a link that somebody else was sent speaks for nobody any more."""
    is_anothers = ask.say_of_id != say.of.pk  # type: ignore[attr-defined]
    Ask.objects.filter(pk=ask.pk).update(
        say_of=say.of,
        say_until=say.until,
        say_because=" ".join(say.because),
        expires_at=say.ends_at,
    )
    ask, link = _read(ask.pk), None
    if is_anothers:
        revoke_links(subject_id=ask.pk, purpose=SAY_PURPOSE)
        until = say.ends_at + timedelta(days=current(Asking).link_outlives_days)
        link = create_link(purpose=SAY_PURPOSE, subject_id=ask.pk, expires_at=until)
    verb = "ask.yes_needed" if say.because else "ask.say_passed_on"
    record(verb, ask, actor=actor, about=ask.about)
    mail_owner(ask, say.owner, link)


def _said(actor: Actor, what: OwnerSaid) -> dict[str, Any]:
    return {"said": what, "said_at": clock.now(), "said_by": actor.membership}


def _keep_back(ask: Ask, request: Request, name: str, actor: Actor, **said: Any) -> None:
    """Nobody is asked after all: the next has to be, and whoever runs the request hears of it."""
    ASK.move(ask, name, **said)
    unsend_unit(participation=ask.participation)
    hush(ask)
    record(ASK[name].verb, ask, actor=actor, about=ask.about)
    look_again(request)
    manager = who_hears(ask, request)
    if manager is not None and manager != actor.membership:
        mail_member(
            manager,
            "kept_back",
            request,
            key=str(ask.pk),
            context={
                "advocate": ask.advocate.name,
                "owner": ask.say_of.name if ask.say_of else "",
                "said": ask.said,
                "day": ask.not_before,
                "reason": ask.say_note,
            },
        )
