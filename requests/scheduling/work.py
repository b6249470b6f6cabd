"""What of calls waits on Today: to pick a time, or whoever was let choose is awaited (FUL-1)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, Func, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Least, TruncDate
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocacy.web.queue import QueueRow, Work, closing_time
from requests.asks.choices import AskState
from requests.models import AskSlot, Request
from requests.requests.choices import RequestState
from requests.requests.contacts import named
from requests.requests.selectors import to_book, waiting_yes, with_prospect
from requests.requests.work import (
    closing_of,
    needed_by_text,
    open_requests,
    request_row,
    subject_of,
)


def waiting_for_time(membership: Membership) -> QuerySet[Request]:
    """Somebody said yes; a time has to be picked, by the requester or the manager, or by the
    prospect who has the link (FUL-1).
    """
    slots = AskSlot.objects.filter(
        ask__request=OuterRef("pk"), ask__state=AskState.ACCEPTED, offered=True
    )
    coming = slots.filter(starts_at__gt=clock.now()).order_by("starts_at")
    wishes = waiting_yes().exclude(time_wish="").order_by("time_wished_at")

    def day_of(name: str) -> Func:
        return closing_time(TruncDate(name, tzinfo=membership.zone), membership)

    requests = (
        open_requests(RequestState.CONFIRMED)
        .filter(to_book())
        .annotate(
            offered=Subquery(coming.values("starts_at")[:1]),
            last=Subquery(slots.order_by("-starts_at").values("starts_at")[:1]),
            noted=Exists(waiting_yes().exclude(time_note="")),
            lies_with_us=Exists(waiting_yes().filter(~with_prospect())),
            wished=Subquery(wishes.values("time_wished_at")[:1]),
            wish=Subquery(wishes.values("time_wish")[:1]),
            due=Case(
                # Until then they can choose; on the day they refused, or the last time passed, it
                # is somebody else's again.
                When(lies_with_us=False, then="last"),
                When(wished__isnull=False, then=Least(day_of("wished"), closing_of(membership))),
                When(
                    offered=None,
                    last__isnull=False,
                    then=Least(day_of("last"), closing_of(membership)),
                ),
                # By then the first of the times offered has passed.
                default=Least("offered", closing_of(membership)),
            ),
        )
    )
    if membership.can("requests.triage"):
        return requests.filter(
            Q(manager=membership) | Q(manager__isnull=True) | Q(requester=membership)
        )
    return requests.filter(requester=membership)


def to_schedule(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Pick one of the times the advocate offered, or wait for whom was let choose; find others when
    they refused them, or all of them are past.
    """
    return [
        _time_row(request, membership)
        for request in waiting_for_time(membership).filter(pk__in=pks)
    ]


def _time_row(request: Any, membership: Membership) -> QueueRow:
    who = named(request.people) or request.prospect or _("the prospect")
    if not request.lies_with_us:
        title = _("Waiting for %(who)s to pick a time for the %(activity)s with %(deal)s")
        until = words.moment(request.last.astimezone(membership.zone))
        why, label = _("they can choose until %(moment)s") % {"moment": until}, _("See the times")
    elif request.wished:
        title = _(
            "None of the times suits %(who)s: find another for the %(activity)s with %(deal)s"
        )
        why, label = _("they wrote: “%(wish)s”") % {"wish": request.wish}, _("Find a time")
    elif request.offered or request.noted:
        title = _("Pick a time for the %(activity)s with %(deal)s")
        why, label = _("the advocate said yes"), _("Pick a time")
    else:
        title = _("Ask for new times for the %(activity)s with %(deal)s")
        why, label = _("the times offered are past"), _("Ask for new times")
    kind = request.activity_type.name.lower()
    return request_row(
        "time",
        request,
        membership,
        title=title % {"who": who, "activity": kind, "deal": subject_of(request)},
        why=[why, needed_by_text(request)],
        label=label,
    )


WORK = (Work("time", "requests", waiting_for_time, to_schedule),)
