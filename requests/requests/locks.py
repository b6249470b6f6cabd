"""A request's lock, the first of all, and its moves (REQ-2)."""

import uuid
from typing import Any

from django.db.models import Q

from activities.activities.choices import OPEN
from advocacy.tenancy.stuck import forget
from requests.asks.choices import WAITING
from requests.models import Request
from requests.requests.lifecycle import REQUEST

#: What a sweep does about requests (``stuck``).
ENDING = "request-end"


def lock_request(request: Request) -> Request:
    """The request as it is now, locked until the transaction ends.

    The first lock of the global order (request → capacity → tier seats → budgets): whoever will
    touch asks or units of a request takes it before anything else.
    """
    return (
        Request.objects.select_for_update(no_key=True, of=("self",))
        .select_related("activity_type", "opportunity__account", "requester__user", "tenant")
        .get(pk=request.pk)
    )


def lock_request_of_ask(ask_id: uuid.UUID) -> None:
    """Lock the request an ask belongs to."""
    list(
        Request.objects.select_for_update(no_key=True, of=("self",))
        .filter(asks=ask_id)
        .values_list("pk", flat=True)
    )


def lock_request_of_activity(activity_id: uuid.UUID) -> None:
    """Lock the request an activity belongs to, if any; called before an activity moves."""
    list(
        Request.objects.select_for_update(no_key=True, of=("self",))
        .filter(asks__activity=activity_id)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def lock_requests_of_advocate(advocate_id: uuid.UUID) -> None:
    """Lock the requests for which somebody is asked, or soon to be, or booked;
    called before they leave.
    """
    waiting = Q(asks__state__in=WAITING) | Q(asks__activity__state__in=OPEN)
    list(
        Request.objects.select_for_update(no_key=True, of=("self",))
        .filter(waiting, asks__advocate=advocate_id)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def move_request(request: Request, name: str, **changes: Any) -> str:
    """Move a request, and let go of what a sweep could not do about it; returns the state before.

    Raises ``Conflict`` as :meth:`Lifecycle.move` does.
    """
    before = REQUEST.move(request, name, **changes)
    forget(ENDING, row_id=request.pk)
    return before
