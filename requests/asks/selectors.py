"""Reading asks and the times they propose (ASK-1, VIS-1)."""

import uuid

from django.db.models import (
    Prefetch,
    Q,
    QuerySet,
)
from django.http import Http404

from advocacy.tenancy.models import Membership
from requests.asks.choices import WAITING, AskState
from requests.models import Ask, AskReply, AskSlot, Request
from requests.requests.selectors import get_request, seen_by


def rest_asks(viewer: Membership) -> QuerySet[Ask]:
    """Asks of the requests a member may see; who was asked is another question (VIS-1)."""
    slots = Prefetch("slots", AskSlot.objects.order_by("starts_at"))
    return (
        Ask.objects.filter(seen_by(viewer, "request__"))
        .select_related(
            "advocate__account__owner__user",
            "advocate__tenant",
            "activity",
            "participation__activity_type",
            "request__activity_type",
            "request__manager__user",
            "request__opportunity__account",
            "request__requester__user",
            "request__tenant",
            "sender__user",
        )
        .prefetch_related(slots)
    )


def asked_at_accounts_of(owner: Membership) -> QuerySet[Ask]:
    """Asks to people at a member's accounts that are out, or agreed and still to come."""
    coming = Q(state=AskState.ACCEPTED, activity__state__in=["accepted", "scheduled"])
    return (
        Ask.objects.filter(Q(state__in=WAITING) | coming, advocate__account__owner=owner)
        .select_related(
            "advocate__account", "activity", "request__activity_type", "request__opportunity"
        )
        .order_by("state", "expires_at", "pk")
    )


def asks_of(request: Request) -> list[Ask]:
    """A request's asks, the living first, with everything the page shows of them."""
    order = {AskState.ACCEPTED: 0, AskState.SENT: 1}
    rows = (
        request.asks.select_related(
            "advocate__account__owner__user",
            "advocate__tenant",
            "activity__activity_type",
            "sender__user",
            "say_of__user",
            "answer_recorded_by__user",
        )
        .prefetch_related(
            Prefetch("slots", queryset=AskSlot.objects.order_by("starts_at")),
            Prefetch("replies", queryset=AskReply.objects.order_by("received_at")),
        )
        .order_by("sent_at", "id")
    )
    return sorted(rows, key=lambda ask: order.get(AskState(ask.state), 2))


def get_ask(viewer: Membership, pk: uuid.UUID) -> Ask:
    """One ask of a visible request; 404 else."""
    ask = (
        Ask.objects.select_related(
            "advocate__account__owner",
            "advocate__tenant",
            "activity",
            "request__requester",
            "request__opportunity__account",
            "request__activity_type",
            "request__tenant",
            "participation__activity_type",
            "sender__user",
        )
        .filter(pk=pk)
        .first()
    )
    if ask is None:
        raise Http404
    get_request(viewer, ask.request_id)
    return ask


def ask_behind(pk: uuid.UUID) -> Ask | None:
    """The ask that the link in a mail to its account's owner is about."""
    return (
        Ask.objects.select_related(
            "advocate__account__owner__user",
            "advocate__account__owner__tenant",
            "advocate__tenant",
            "request__activity_type",
            "request__opportunity__account",
            "request__tenant",
            "say_of__user",
            "say_of__tenant",
            "said_by",
            "sender__user",
        )
        .filter(pk=pk)
        .first()
    )


def get_slot(ask: Ask, pk: uuid.UUID) -> AskSlot:
    """One of an ask's times."""
    slot = AskSlot.objects.filter(ask=ask, pk=pk).first()
    if slot is None:
        raise Http404
    slot.ask = ask
    return slot
