"""References of which the requester has not said how they went (REQ-5).

Feedback says so (FUL-3), and closing the request does, with or without an outcome of the deal.
"""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from activities.feedback.lifecycle import FeedbackState, Side
from activities.feedback.models import Feedback
from advocacy import clock
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from requests.gates.settings import BLOCK, FeedbackOwed
from requests.models import Request
from requests.requests.choices import RequestState

#: So many are named; the oldest first.
_MOST = 3


def feedback_owed(requester: Membership) -> list[Request]:
    """The references a requester has been silent about for longer than they have."""
    given = Feedback.objects.exclude(state=FeedbackState.ASKED).filter(
        side=Side.REQUESTER, activity__asks__request=OuterRef("pk")
    )
    waiting = list(
        Request.objects.filter(
            requester=requester,
            state=RequestState.COMPLETED,
            activity_type__is_reference=True,
            completed_at__isnull=False,
        )
        .exclude(Exists(given))
        .select_related("activity_type", "requester__user")
        .order_by("completed_at", "number")[:_MOST]
    )
    if not waiting:
        return []
    calendar, days = calendar_of(requester.tenant), current(FeedbackOwed).feedback_business_days
    now = clock.now()
    return [row for row in waiting if calendar.add_days(row.completed_at, days) < now]  # type: ignore[arg-type]


def keeps_back() -> bool:
    """Whether the tenant lets nobody ask anew who owes that."""
    return current(FeedbackOwed).feedback_owed == BLOCK


def require_feedback(requester: Membership) -> None:
    """Raise ``DomainError`` where the tenant keeps the next request back and something is owed."""
    if keeps_back() and (owed := feedback_owed(requester)):
        references = ", ".join(row.reference for row in owed)
        text = _("First say how %(references)s went: open it, and say how it was or close it.")
        raise DomainError(text % {"references": references}, code="feedback_owed")
