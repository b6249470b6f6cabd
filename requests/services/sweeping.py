"""What happens to asks and requests as time passes (ASK-1, REQ-2). All of it may run twice."""

import logging
import uuid

from django.db import transaction
from django.db.models import Q

from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from requests.matching import match
from requests.models import Ask, Request
from requests.services.asks import mail_ask
from requests.services.ending import (
    ask_about,
    confirm_if_filled,
    end_ask,
    leave_unfilled,
    look_again,
    nobody_left,
    past_needed_by,
)
from requests.services.mails import link_of
from requests.services.moves import lock_request
from requests.states import AskState, RequestState

log = logging.getLogger(__name__)

ACTOR = Actor.system("requests")
#: Rows a sweep takes in one go; the next one takes the rest.
BATCH = 200
#: States that end unfilled once the day has passed.
WAITING = (
    RequestState.SUBMITTED,
    RequestState.IN_REVIEW,
    RequestState.NEEDS_INFO,
    RequestState.OUTREACH,
)


def sweep_asks(tenant_id: uuid.UUID) -> None:
    """Remind of asks and let them expire. Runs in the tenant's scope."""
    now = clock.now()
    due = (
        Ask.objects.filter(state=AskState.SENT)
        .filter(Q(expires_at__lte=now) | Q(remind_at__lte=now, reminded_at__isnull=True))
        .order_by("expires_at", "id")
        .values_list("pk", flat=True)[:BATCH]
    )
    for pk in list(due):
        try:
            with transaction.atomic():
                _remind_or_expire(pk)
        except Exception:
            # One poisoned ask must not hold up the others; the next sweep tries it again.
            log.exception("ask %s could not be swept", pk)


def _remind_or_expire(pk: uuid.UUID) -> None:
    ask = Ask.objects.select_related(
        "request",
        "participation",
        "advocate__account",
        "advocate__tenant",
        "sender__user",
    ).get(pk=pk)
    request = lock_request(ask.request)
    now = clock.now()
    if ask.expires_at <= now:
        if end_ask(ask, actor=ACTOR, to=AskState.EXPIRED):
            look_again(request)
        return
    reminded = Ask.objects.filter(
        pk=pk, state=AskState.SENT, reminded_at__isnull=True, remind_at__lte=now
    ).update(reminded_at=now)
    link = link_of(ask)
    if reminded and link is not None:
        mail_ask(ask, "ask_reminder", link)
        record("ask.reminded", ask, actor=ACTOR, about=ask_about(ask))


def sweep_requests(tenant_id: uuid.UUID) -> None:
    """End what cannot be filled any more. Runs in the tenant's scope."""
    tenant = Tenant.objects.get(pk=tenant_id)
    today, now = clock.today(tenant.zone), clock.now()
    due = (
        Request.objects.filter(state__in=WAITING)
        .filter(Q(needed_by__lt=today) | Q(check_at__lte=now))
        .order_by("needed_by", "number")
        .values_list("pk", flat=True)[:BATCH]
    )
    for pk in list(due):
        try:
            with transaction.atomic():
                _settle(Request(pk=pk), past=Q(needed_by__lt=today))
        except Exception:
            log.exception("request %s could not be swept", pk)
            Request.objects.filter(pk=pk).update(check_at=None)


def _settle(row: Request, *, past: Q) -> None:
    request = lock_request(row)
    if request.state not in WAITING:
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
        and not request.asks.filter(state=AskState.SENT).exists()
        and not match(request, limit=1).ranked
    ):
        leave_unfilled(request, reason=nobody_left())
