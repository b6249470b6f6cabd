"""How asks end together: filled, withdrawn, and the request that follows (ASK-3, REQ-2)."""

from django.db import models
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.services import cancel_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenancy.stuck import forget
from advocacy.tenancy.wakeups import wake
from advocates.people.choices import ENROLLED
from advocates.program.ledger.choices import ReleaseReason
from advocates.program.ledger.services import release_unit
from requests.asks.choices import AskState
from requests.mails import link_of, mail_advocate, mail_member
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from requests.requests.moves import move_request

SWEEP = "requests"
#: What a sweep does about asks (``stuck``).
EXPIRY, REMINDER = "ask-expiry", "ask-reminder"
#: Mails about an ask that are pointless once it ended.
ASK_MAILS = ("ask", "ask_reminder")

_RELEASE = {
    AskState.FILLED: ReleaseReason.FILLED,
    AskState.CANCELLED: ReleaseReason.CANCELLED,
    AskState.EXPIRED: ReleaseReason.EXPIRED,
}


def number_needed(request: Request) -> int:
    """How many yeses make the request confirmed."""
    return request.accepted_count or request.needed_count


def end_ask(ask: Ask, *, actor: Actor, to: AskState) -> bool:
    """End an unanswered ask and give its unit back; False when it was answered meanwhile.

    The request must be locked. Who was told of the ask is told of its end, kindly; not of its
    expiry.
    """
    ended = Ask.objects.filter(pk=ask.pk, state=AskState.SENT).update(state=to)
    if not ended:
        return False
    ask.state = to
    release_unit(participation=ask.participation, reason=_RELEASE[to])
    never_sent = cancel_mail(subject_id=ask.pk, kinds=["ask"])
    hush(ask)
    record(f"ask.{to}", ask, actor=actor, about=ask_about(ask))
    if to != AskState.EXPIRED and not never_sent:
        # The preferences are those of members alone.
        link = link_of(ask) if ask.advocate.status in ENROLLED else None
        mail_advocate(
            ask.advocate,
            f"ask_{to}",
            key=f"ask:{ask.pk}:{to}",
            kind=f"ask_{to}",
            context={"sender": ask.sender.name, "subject": ask.subject, "has_link": bool(link)},
            sender=ask.sender,
            subject_id=ask.pk,
            link=link,
        )
    return True


def hush(ask: Ask) -> None:
    """The ask has ended: nobody is reminded of it any more."""
    cancel_mail(subject_id=ask.pk, kinds=ASK_MAILS)
    forget(EXPIRY, REMINDER, row_id=ask.pk)


def ask_about(ask: Ask) -> list[models.Model]:
    """The records on whose timelines an ask appears."""
    return [ask.request, ask.advocate, ask.advocate.account]


def unanswered(asks: models.QuerySet[Ask]) -> models.QuerySet[Ask]:
    """Those of some asks that wait, with what ending one needs, in the order of the locks."""
    return (
        asks.filter(state=AskState.SENT)
        .select_related(
            "participation",
            "advocate__account",
            "advocate__tenant",
            "sender__user",
            "request__opportunity",
        )
        .order_by("advocate__account_id", "advocate_id")
    )


def release_open_asks(request: Request, *, actor: Actor, to: AskState) -> int:
    """End every unanswered ask of a locked request; returns how many."""
    return sum(end_ask(ask, actor=actor, to=to) for ask in unanswered(request.asks.all()))


def confirm_if_filled(request: Request, *, actor: Actor) -> bool:
    """Confirm a locked request once enough said yes; release the others with thanks (ASK-3)."""
    if request.state != RequestState.OUTREACH:
        return False
    said_yes = request.asks.filter(state=AskState.ACCEPTED).count()
    if said_yes < number_needed(request):
        return False
    move_request(request, RequestState.CONFIRMED, confirmed_at=clock.now(), check_at=None)
    record(
        "request.confirmed",
        request,
        actor=actor,
        payload={"accepted": said_yes, "needed": request.needed_count},
    )
    release_open_asks(request, actor=actor, to=AskState.FILLED)
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
    """An ask ended without a yes: have the sweep see whether anybody is left."""
    Request.objects.filter(pk=request.pk, state=RequestState.OUTREACH).update(check_at=clock.now())
    wake(SWEEP, current_tenant_id())


def leave_unfilled(request: Request, *, reason: str) -> None:
    """Nobody could be found in time: end a locked request and say so (REQ-2)."""
    actor = Actor.system("requests")
    before = move_request(
        request,
        RequestState.UNFILLED,
        state_reason=reason,
        ended_at=clock.now(),
        check_at=None,
    )
    record("request.unfilled", request, actor=actor, payload={"from": before})
    release_open_asks(request, actor=actor, to=AskState.CANCELLED)
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
    return _("Nobody who fits can be asked at present.")
