"""How asks end without an answer: filled, withdrawn, expired, and the request that follows (ASK-3,
REQ-2).
"""

from typing import Literal

from django.db import models
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.messaging.holding import open_press
from advocacy.messaging.services import cancel_mail
from advocacy.records.undoing import note
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenancy.stuck import forget
from advocacy.tenancy.wakeups import wake
from advocates.models import Advocate
from advocates.people.choices import ENROLLED, Readiness
from advocates.program.ledger.choices import ReleaseReason
from advocates.program.ledger.services import release_unit, unsend_unit
from requests.asks.choices import IN_PLAY, WAITING, AskState
from requests.asks.lifecycle import ASK
from requests.mails import language_of_ask, link_of, mail_advocate, mail_member, who_hears
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from requests.requests.locks import lock_request, move_request
from requests.requests.log import tell

SWEEP = "requests"
#: What a sweep does about asks (``stuck``).
EXPIRY, REMINDER, SAY = "ask-expiry", "ask-reminder", "ask-say"
#: Mails about an ask that are pointless once it ended.
ASK_MAILS = ("ask", "ask_reminder", "request_owners_say")

#: The moves that end an ask nobody answered.
Ending = Literal["fill", "withdraw", "expire"]

_RELEASE: dict[Ending, ReleaseReason] = {
    "fill": ReleaseReason.FILLED,
    "withdraw": ReleaseReason.CANCELLED,
    "expire": ReleaseReason.EXPIRED,
}


def end_ask(ask: Ask, name: Ending, *, actor: Actor) -> bool:
    """End an unanswered ask and give its unit back; False when it was answered meanwhile.

    The request must be locked. Who was told of the ask is told of its end, kindly; not of its
    expiry. Of one that still waited for the account's owner nobody hears.
    """
    move = ASK[name]
    if not ASK.attempt(ask, name):
        return False
    if ask.is_sent:
        release_unit(participation=ask.participation, reason=_RELEASE[name])
    else:
        unsend_unit(participation=ask.participation)
    never_sent = not ask.is_sent or cancel_mail(subject_id=ask.pk, kinds=["ask"])
    hush(ask)
    record(move.verb, ask, actor=actor, about=ask.about)
    if name != "expire" and not never_sent:
        # The preferences are those of members alone.
        link = link_of(ask) if ask.advocate.status in ENROLLED else None
        mail_advocate(
            ask.advocate,
            f"ask_{move.to}",
            key=f"ask:{ask.pk}:{move.to}",
            kind=f"ask_{move.to}",
            context={"sender": ask.sender.name, "subject": ask.subject, "has_link": bool(link)},
            sender=ask.sender,
            subject_id=ask.pk,
            link=link,
            language=language_of_ask(ask),
        )
    return True


def hush(ask: Ask) -> None:
    """The ask has ended: nobody is reminded of it any more."""
    cancel_mail(subject_id=ask.pk, kinds=ASK_MAILS)
    forget(EXPIRY, REMINDER, SAY, row_id=ask.pk)


def unanswered(asks: models.QuerySet[Ask]) -> models.QuerySet[Ask]:
    """Those of some asks that wait, with what ending one needs, in the order of the locks."""
    return (
        asks.filter(state__in=WAITING)
        .select_related(
            "participation",
            "advocate__account",
            "advocate__tenant",
            "sender__user",
            "request__opportunity",
        )
        .order_by("advocate__account_id", "advocate_id")
    )


def release_open_asks(request: Request, name: Ending, *, actor: Actor) -> int:
    """End every unanswered ask of a locked request; returns how many."""
    return sum(end_ask(ask, name, actor=actor) for ask in unanswered(request.asks.all()))


def confirm_if_filled(request: Request, *, actor: Actor, told: Membership | None = None) -> bool:
    """Confirm a locked request once enough said yes; release the others with thanks (ASK-3).

    The requester hears of it, but not by a second mail: who is ``told`` of the yes itself, or
    pressed the button, knows.
    """
    if request.state != RequestState.OUTREACH:
        return False
    said_yes = request.asks.filter(state=AskState.ACCEPTED).count()
    if said_yes < request.number_needed:
        return False
    move_request(request, "confirm", confirmed_at=clock.now(), check_at=None)
    tell(
        "request.confirmed", request, actor, {"accepted": said_yes, "needed": request.needed_count}
    )
    release_open_asks(request, "fill", actor=actor)
    if request.requester not in (told, actor.membership):
        mail_member(
            request.requester,
            "confirmed",
            request,
            key=clock.now().isoformat(),
            context={"accepted": said_yes, "needed": request.needed_count},
            sender=request.manager,
        )
    return True


def look_again(request: Request) -> None:
    """An ask ended without a yes: have the sweep see whether anybody is left, as soon as the press
    that ended it cannot be taken back any more.
    """
    press = open_press()
    at = press.until if press is not None else clock.now()
    looks = Request.objects.filter(pk=request.pk, state=RequestState.OUTREACH)
    if press is not None and looks.exists():
        request.refresh_from_db(fields=["check_at"])
        note(request, {"check_at": at})
    looks.update(check_at=at)
    if press is None:
        wake(SWEEP, current_tenant_id())


def leave_unfilled(request: Request, *, reason: str) -> None:
    """Nobody could be found in time: end a locked request and say so (REQ-2)."""
    actor = Actor.system("requests")
    before = move_request(
        request,
        "leave_unfilled",
        state_reason=reason,
        ended_at=clock.now(),
        check_at=None,
    )
    tell("request.unfilled", request, actor, {"from": before})
    release_open_asks(request, "withdraw", actor=actor)
    people = {request.requester.pk: request.requester}
    if request.manager is not None:
        people[request.manager.pk] = request.manager
    for member in people.values():
        mail_member(
            member,
            "unfilled",
            request,
            key=f"{member.pk}:{clock.now().isoformat()}",
            context={"reason": reason},
        )


def past_needed_by() -> str:
    """Why a request ended unfilled on its day."""
    return _("The day it was needed by passed before anybody could be found.")


def nobody_left() -> str:
    """Why a request ended unfilled before its day."""
    return _("Nobody can be asked at present.")


# -- somebody is not asked any more (CAP-1) -------------------------------------------------------


def on_left(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: somebody paused or left the program.

    Their open asks are withdrawn with a kind mail, the units return, and whoever runs the request
    hears that the next has to be asked.
    """
    if isinstance(subject, Advocate):
        _withdraw_open_asks(subject, actor)


def on_changed(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: a person's record was changed; who is never to be asked is not asked now."""
    changed = event.payload.get("changes", {}).get("readiness", [None, None])
    if isinstance(subject, Advocate) and changed[1] == Readiness.NOT_A_FIT:
        _withdraw_open_asks(subject, actor)


def _withdraw_open_asks(advocate: Advocate, actor: Actor) -> None:
    # In the order in which their requests were locked before.
    for ask in unanswered(Ask.objects.filter(advocate=advocate)).order_by("request_id"):
        request = lock_request(ask.request)
        if not end_ask(ask, "withdraw", actor=actor):
            continue
        look_again(request)
        manager = who_hears(ask, request)
        if manager is not None and getattr(actor.membership, "pk", None) != manager.pk:
            mail_member(
                manager,
                "left",
                request,
                key=str(ask.pk),
                context={"advocate": ask.advocate.name},
            )


# -- two records of one person became one (ADV-1) -------------------------------------------------


def on_merged(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: both records were asked for the same request. One question is enough: where the
    other waits or was answered with a yes, the second ends in silence, and its unit returns. One
    that waits for the account's owner ends before one that was sent.
    """
    asked = Ask.objects.filter(
        request=models.OuterRef("request"),
        advocate=subject.pk,
        is_merged=True,
        state__in=[AskState.SENT, AskState.ACCEPTED],
    )
    unsent = Ask.objects.filter(
        models.Exists(asked), advocate=subject.pk, is_merged=False, state=AskState.PROPOSED
    )
    _end_in_silence(unsent, actor)
    first = Ask.objects.filter(
        request=models.OuterRef("request"),
        advocate=subject.pk,
        is_merged=False,
        state__in=IN_PLAY,
    )
    second = Ask.objects.filter(models.Exists(first), advocate=subject.pk, is_merged=True)
    _end_in_silence(second, actor)


def _end_in_silence(asks: models.QuerySet[Ask], actor: Actor) -> None:
    for ask in unanswered(asks):
        if not ASK.attempt(ask, "withdraw"):
            continue
        if ask.is_sent:
            release_unit(participation=ask.participation, reason=ReleaseReason.CANCELLED)
        else:
            unsend_unit(participation=ask.participation)
        cancel_mail(subject_id=ask.pk, kinds=["ask"])
        hush(ask)
        record(ASK["withdraw"].verb, ask, actor=actor, about=ask.about)
