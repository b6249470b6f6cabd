"""What happens to asks and requests as time passes (ASK-1, REQ-2). All of it may run twice."""

import uuid
from functools import partial

from django.db.models import Q, QuerySet

from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.stuck import Unit, not_stuck, work_through
from advocates.accounts.selectors import resting_accounts
from advocates.models import ErasureRequest
from requests.asks.choices import WAITING, AskState
from requests.asks.ending import (
    EXPIRY,
    REMINDER,
    SAY,
    confirm_if_filled,
    end_ask,
    leave_unfilled,
    look_again,
    nobody_left,
    past_needed_by,
)
from requests.asks.saying import decide_by_silence
from requests.mails import link_of, mail_ask
from requests.matching.ranking import match
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from requests.requests.locks import ENDING, lock_request

ACTOR = Actor.system("requests")
#: Rows a sweep takes in one go; the next one takes the rest.
BATCH = 200
#: States that end unfilled once the day has passed.
CLOSABLE = (
    RequestState.SUBMITTED,
    RequestState.IN_REVIEW,
    RequestState.NEEDS_INFO,
    RequestState.OUTREACH,
)


def sweep_asks(tenant_id: uuid.UUID) -> None:
    """Let asks expire, remind of the others, and send those to which no owner said anything. Runs
    in the tenant's scope.

    Three kinds of work: an ask nobody can be reminded of expires in its time all the same. Nobody
    at a held account is reminded (ACC-2).
    """
    now, today = clock.now(), clock.today(Tenant.objects.get(pk=tenant_id).zone)
    proposed = Ask.objects.filter(state=AskState.PROPOSED, expires_at__lte=now)
    work_through(SAY, _asks(SAY, proposed), partial(decide_by_silence, actor=ACTOR))
    out = Ask.objects.filter(state=AskState.SENT)
    work_through(EXPIRY, _asks(EXPIRY, out.filter(expires_at__lte=now)), _expire)
    due = (
        out.filter(expires_at__gt=now, remind_at__lte=now, reminded_at__isnull=True)
        .exclude(advocate__account__in=resting_accounts(today))
        # Whoever asked to be erased hears of nothing else.
        .exclude(advocate__in=ErasureRequest.objects.filter(state="open").values("advocate"))
    )
    work_through(REMINDER, _asks(REMINDER, due), _remind)


def _asks(work: str, due: QuerySet[Ask]) -> list[Unit[uuid.UUID]]:
    rows = not_stuck(work, due).order_by("expires_at", "id").values_list("pk", "request_id")
    return [Unit(pk, (pk,), "requests.request", request) for pk, request in rows[:BATCH]]


def _ask(pk: uuid.UUID) -> tuple[Ask, Request]:
    ask = Ask.objects.select_related(
        "request",
        "participation",
        "advocate__account",
        "advocate__tenant",
        "sender__user",
    ).get(pk=pk)
    return ask, lock_request(ask.request)


def _expire(pk: uuid.UUID) -> None:
    ask, request = _ask(pk)
    if end_ask(ask, "expire", actor=ACTOR):
        look_again(request)


def _remind(pk: uuid.UUID) -> None:
    ask, _request = _ask(pk)
    reminded = Ask.objects.filter(
        pk=pk, state=AskState.SENT, reminded_at__isnull=True, remind_at__lte=clock.now()
    ).update(reminded_at=clock.now())
    link = link_of(ask)
    if reminded and link is not None:
        mail_ask(ask, "ask_reminder", link, ask.slots.all())
        record("ask.reminded", ask, actor=ACTOR, about=ask.about)


def sweep_requests(tenant_id: uuid.UUID) -> None:
    """End what cannot be filled any more. Runs in the tenant's scope."""
    tenant = Tenant.objects.get(pk=tenant_id)
    today, now = clock.today(tenant.zone), clock.now()
    due = Request.objects.filter(state__in=CLOSABLE).filter(
        Q(needed_by__lt=today) | Q(check_at__lte=now)
    )
    rows = not_stuck(ENDING, due).order_by("needed_by", "number").values_list("pk", flat=True)
    units = [Unit(Request(pk=pk), (pk,), "requests.request", pk) for pk in rows[:BATCH]]
    work_through(ENDING, units, partial(_close, past=Q(needed_by__lt=today)))


def _close(row: Request, *, past: Q) -> None:
    request = lock_request(row)
    if request.state not in CLOSABLE:
        return
    is_past = Request.objects.filter(past, pk=request.pk).exists()
    said_yes = request.asks.filter(state=AskState.ACCEPTED).count()
    Request.objects.filter(pk=request.pk).update(check_at=None)
    if is_past and said_yes and request.state == RequestState.OUTREACH:
        # Who said yes is not sent away because a second one could not be found.
        Request.objects.filter(pk=request.pk).update(accepted_count=said_yes)
        request.accepted_count = said_yes
        confirm_if_filled(request, actor=ACTOR)
    elif is_past:
        leave_unfilled(request, reason=past_needed_by())
    elif (
        request.state == RequestState.OUTREACH
        and not said_yes
        and not request.asks.filter(state__in=WAITING).exists()
        and not match(request, limit=1).ranked
    ):
        leave_unfilled(request, reason=nobody_left())
