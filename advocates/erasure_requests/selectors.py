"""Reading erasure requests."""

from django.db.models import QuerySet

from advocacy.tenancy.models import Membership
from advocates.erasure_requests.lifecycle import ErasureState
from advocates.models import Advocate, ErasureRequest


def listed_requests(membership: Membership) -> QuerySet[ErasureRequest]:
    """All of them with the person, the newest first."""
    return ErasureRequest.objects.select_related(
        "advocate__account__owner__user", "decided_by__user"
    )


def open_request_of(advocate: Advocate) -> ErasureRequest | None:
    """The one that waits, if any."""
    return ErasureRequest.objects.filter(advocate=advocate, state=ErasureState.OPEN).first()


def last_request_of(advocate: Advocate) -> ErasureRequest | None:
    """What they asked last, whatever became of it."""
    return ErasureRequest.objects.filter(advocate=advocate).order_by("-created_at", "-id").first()
