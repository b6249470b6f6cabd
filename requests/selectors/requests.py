"""Reading requests and their asks."""

import uuid
from collections.abc import Iterable

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.http import Http404

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web.searching import search_words
from advocates.models import Account, Advocate
from advocates.people.choices import Comfort
from requests.models import Ask, AskSlot, Opportunity, Request
from requests.states import REQUEST_OPEN, AskState, MeetingFormat, RequestState, Stage

_ACCEPTED = Q(state=AskState.ACCEPTED)


def people_meet(path: str = "") -> Q:
    """Requests for which people meet, so that a time has to be found (``needs_slots`` of one)."""
    return ~Q(**{f"{path}meeting_format": MeetingFormat.WRITTEN}) & Q(
        **{f"{path}activity_type__needs_comfort__contains": [Comfort.PRIVATE_CALL]}
    )


def _rows() -> QuerySet[Request]:
    return Request.objects.select_related(
        "activity_type",
        "opportunity__account",
        "requester__user",
        "requester__tenant",
        "manager__user",
        "tenant",
    ).annotate(yes=_asks_in(AskState.ACCEPTED))


def _asks_in(state: AskState) -> Coalesce:
    """How many asks of a request are in a state; a subquery, since the key has two columns."""
    counted = (
        Ask.objects.filter(request=OuterRef("pk"), state=state)
        .order_by()
        .values("request")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def visible_requests(viewer: Membership) -> QuerySet[Request]:
    """Requests a member may see: all for who may open advocates, else one's own (VIS-1)."""
    rows = _rows()
    if viewer.can("advocates.view"):
        return rows.filter(~Q(state=RequestState.DRAFT) | Q(requester=viewer))
    return rows.filter(requester=viewer)


def get_request(viewer: Membership, pk: uuid.UUID) -> Request:
    """One request with what its page shows; 404 when this member may not see it."""
    found = visible_requests(viewer).prefetch_related("request_tags__tag").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def mine(viewer: Membership) -> QuerySet[Request]:
    """What a member asked for or runs."""
    return visible_requests(viewer).filter(Q(requester=viewer) | Q(manager=viewer))


def needing(viewer: Membership) -> QuerySet[Request]:
    """Requests in which something waits for this member."""
    return visible_requests(viewer).filter(_needs(viewer))


def under_way(viewer: Membership) -> QuerySet[Request]:
    """What a member asked for and is not over, the next to be needed first.

    Each says how many were asked (``out``) and said yes (``yes``).
    """
    open_ones = _rows().filter(requester=viewer, state__in=REQUEST_OPEN)
    return open_ones.annotate(out=_asks_in(AskState.SENT)).order_by("needed_by", "number")


def asked_at_accounts_of(owner: Membership) -> QuerySet[Ask]:
    """Asks to people at a member's accounts that are out, or agreed and still to come."""
    coming = Q(state=AskState.ACCEPTED, activity__state__in=["accepted", "scheduled"])
    return (
        Ask.objects.filter(Q(state=AskState.SENT) | coming, advocate__account__owner=owner)
        .select_related(
            "advocate__account", "activity", "request__activity_type", "request__opportunity"
        )
        .order_by("state", "expires_at", "pk")
    )


def count_needing(viewer: Membership) -> int:
    """How many; for the navigation."""
    return Request.objects.filter(_needs(viewer)).count()


def _needs(viewer: Membership) -> Q:
    """Whose move it is: the requester's for answers, times and outcomes; the manager's else."""
    asks = Ask.objects.filter(request=OuterRef("pk"))
    waits_for_time = Exists(asks.filter(_ACCEPTED, activity__state="accepted"))
    own = Q(requester=viewer) & (
        Q(state__in=[RequestState.DRAFT, RequestState.NEEDS_INFO, RequestState.COMPLETED])
        | (
            Q(state__in=[RequestState.OUTREACH, RequestState.CONFIRMED])
            & Q(waits_for_time)
            & people_meet()
        )
    )
    if not viewer.can("requests.triage"):
        return own
    nobody_asked = ~Exists(asks.filter(state=AskState.SENT))
    run = Q(state__in=[RequestState.SUBMITTED, RequestState.IN_REVIEW]) | (
        Q(state=RequestState.OUTREACH) & Q(nobody_asked)
    )
    run |= Q(state=RequestState.SCHEDULED) & Q(
        Exists(asks.filter(activity__state="scheduled", activity__ends_at__lte=clock.now()))
    )
    return own | (run & (Q(manager=viewer) | Q(manager__isnull=True)))


def asks_of(request: Request) -> list[Ask]:
    """A request's asks, the living first, with everything the page shows of them."""
    order = {AskState.ACCEPTED: 0, AskState.SENT: 1}
    rows = (
        request.asks.select_related(
            "advocate__account__owner__user",
            "advocate__tenant",
            "activity__activity_type",
            "sender__user",
            "answer_recorded_by__user",
        )
        .prefetch_related(
            Prefetch("slots", queryset=AskSlot.objects.order_by("starts_at")),
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


def get_slot(ask: Ask, pk: uuid.UUID) -> AskSlot:
    """One of an ask's times."""
    slot = AskSlot.objects.filter(ask=ask, pk=pk).first()
    if slot is None:
        raise Http404
    slot.ask = ask
    return slot


def find_opportunity(key: str) -> Opportunity | None:
    """A deal by ``source:id`` of the CRM, or by its own key."""
    if "\x00" in key:
        return None
    rows = Opportunity.objects.select_related("account")
    source, colon, external_id = key.partition(":")
    if colon:
        return rows.filter(source=source, external_id=external_id).first()
    try:
        return rows.filter(pk=uuid.UUID(key)).first()
    except ValueError:
        return None


def own_opportunities(viewer: Membership, *, limit: int = 6) -> list[Opportunity]:
    """The viewer's own open deals, offered before a word is typed; the next to close first."""
    return list(_open_deals(viewer).filter(owner=viewer)[:limit])


def search_opportunities(viewer: Membership, words: str, *, limit: int = 8) -> list[Opportunity]:
    """Open deals by name, prospect, company or external id.

    The viewer's own come first, then the next to close; those the CRM forgot to close come last.
    """
    rows = _open_deals(viewer)
    for word in search_words(words):
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(prospect_name__icontains=word)
            | Q(account__name__icontains=word)
            | Q(external_id__iexact=word)
        )
    return list(rows[:limit])


def _open_deals(viewer: Membership) -> QuerySet[Opportunity]:
    today = clock.today(viewer.tenant.zone)
    return (
        Opportunity.objects.select_related("account")
        .exclude(stage__in=[Stage.WON, Stage.LOST])
        .order_by(
            # An unset owner compares to nothing; it must not come before one's own.
            Case(When(owner=viewer, then=0), default=1),
            Case(When(closes_on__lt=today, then=1), default=0),
            "closes_on",
            "name",
            "pk",
        )
    )


def search_people(words: str, *, limit: int = 6) -> list[Advocate]:
    """Anybody by name, address or company, in the program or not (MAT-2)."""
    rows = Advocate.objects.select_related("account")
    for word in search_words(words):
        rows = rows.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__istartswith=word)
            | Q(account__name__icontains=word)
        )
    return list(rows.order_by("last_name", "first_name", "pk")[:limit])


def known_values() -> dict[str, list[str]]:
    """Words in use, so that a request uses the same: industries, functions, languages, zones."""

    def of(rows: Iterable[str]) -> list[str]:
        return sorted({row.strip() for row in rows if row.strip()}, key=str.casefold)

    accounts = Account.objects.order_by()
    people = Advocate.objects.order_by()
    return {
        "industry": of(accounts.values_list("industry", flat=True).distinct()),
        "persona_function": of(people.values_list("function", flat=True).distinct()),
        "language": of(
            [
                *people.values_list("language", flat=True).distinct(),
                *accounts.values_list("language", flat=True).distinct(),
            ]
        ),
        "time_zone": of(people.values_list("time_zone", flat=True).distinct()),
    }
