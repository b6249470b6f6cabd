"""What the REST interface shows of deals, requests and asks, with what it reads (API-1, VIS-1)."""

from django.db.models import Prefetch, Q, QuerySet

from advocacy.tenancy.models import Membership
from requests.models import Ask, AskSlot, Opportunity, Request, RequestTag
from requests.states import RequestState


def _visible(viewer: Membership, prefix: str = "") -> Q:
    """Requests a member may see: the program all, since it also writes drafts for colleagues;
    all but drafts for who may open advocates; else one's own.
    """
    if viewer.can("requests.triage"):
        return Q()
    own = Q(**{f"{prefix}requester": viewer})
    if not viewer.can("advocates.view"):
        return own
    return own | ~Q(**{f"{prefix}state": RequestState.DRAFT})


def shown_opportunities() -> QuerySet[Opportunity]:
    """All deals."""
    return Opportunity.objects.all()


def opportunity_by_identifier(*, source: str, external_id: str) -> Opportunity | None:
    """The deal with an id in another system, if there is one (API-4)."""
    return Opportunity.objects.filter(source=source, external_id=external_id).first()


def shown_requests(viewer: Membership) -> QuerySet[Request]:
    """Requests a member may see, with what is shown and what the services read."""
    tags = Prefetch("request_tags", RequestTag.objects.select_related("tag"))
    return (
        Request.objects.filter(_visible(viewer))
        .select_related(
            "activity_type",
            "opportunity__account",
            "requester__user",
            "requester__tenant",
            "manager__user",
            "tenant",
        )
        .prefetch_related(tags)
    )


def shown_asks(viewer: Membership) -> QuerySet[Ask]:
    """Asks of the requests a member may see; who was asked is another question (VIS-1)."""
    slots = Prefetch("slots", AskSlot.objects.order_by("starts_at"))
    return (
        Ask.objects.filter(_visible(viewer, "request__"))
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
