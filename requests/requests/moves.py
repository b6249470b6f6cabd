"""Moving a request from state to state: compare-and-set along ``REQUEST_MOVES`` (REQ-2)."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.stuck import forget
from requests.asks.choices import AskState
from requests.models import Request
from requests.requests.choices import REQUEST_MOVES, RequestState

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


def lock_request_of_activity(activity_id: uuid.UUID) -> None:
    """Lock the request an activity belongs to, if any; called before an activity moves."""
    list(
        Request.objects.select_for_update(no_key=True, of=("self",))
        .filter(asks__activity=activity_id)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def lock_requests_of_advocate(advocate_id: uuid.UUID) -> None:
    """Lock the requests in which somebody's answer is awaited; called before they leave."""
    list(
        Request.objects.select_for_update(no_key=True, of=("self",))
        .filter(asks__advocate=advocate_id, asks__state=AskState.SENT)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def require_move(request: Request, to: str) -> None:
    """Raise :class:`Conflict`, naming the legal moves, unless the request may go to ``to``."""
    allowed = REQUEST_MOVES[request.state]
    if to in allowed:
        return
    now = RequestState(request.state).label
    if allowed:
        names = ", ".join(str(RequestState(s).label) for s in RequestState.values if s in allowed)
        raise Conflict(
            _("%(request)s is now “%(now)s”; from there it can only become: %(allowed)s.")
            % {"request": request.reference, "now": now, "allowed": names},
            code="illegal_move",
        )
    raise Conflict(
        _("%(request)s is “%(now)s” for good.") % {"request": request.reference, "now": now},
        code="illegal_move",
    )


def move_request(request: Request, to: str, **changes: Any) -> str:
    """Move it if nobody did so meanwhile; returns the state it came from.

    Raises :class:`Conflict` for an illegal move and for a lost race.
    """
    require_move(request, to)
    before = request.state
    moved = Request.objects.filter(pk=request.pk, state=before).update(state=to, **changes)
    if not moved:
        raise Conflict(
            _("Somebody else changed %(request)s a moment ago. Load the page again.")
            % {"request": request.reference}
        )
    forget(ENDING, row_id=request.pk)
    request.state = to
    for name, value in changes.items():
        setattr(request, name, value)
    return before
