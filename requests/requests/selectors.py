"""Reading requests (REQ-2, VIS-1)."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.http import Http404

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.slot_checks.lifecycle import CheckState
from activities.slot_checks.models import SlotCheck
from activities.slot_checks.selectors import is_managers
from advocacy import clock
from advocacy.events.models import EventSubject
from advocacy.messaging.models import PersonalLink
from advocacy.search.selectors import matching
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from advocacy.web import counting
from advocates.models import Account, ActivityType, Advocate
from advocates.people.choices import Comfort
from requests.asks.choices import IN_PLAY, WAITING, AskState
from requests.mails import BOOKING_PURPOSE
from requests.models import Ask, AskSlot, Request, RequestTag
from requests.requests.choices import REQUEST_OPEN, MeetingFormat, RequestState
from requests.requests.lifecycle import REQUEST_ASKABLE

_DRAFT = RequestState.DRAFT


def seen_by(viewer: Membership, prefix: str = "") -> Q:
    """Requests a member may see: all for who may open advocates, else one's own and those of whom
    one stands in for (VIS-1, ID-1.c). A draft is nobody else's, whoever stands in.
    """
    own, handed_in = Q(**{f"{prefix}requester": viewer}), ~Q(**{f"{prefix}state": _DRAFT})
    if viewer.can("advocates.view"):
        return own | handed_in
    return own | (Q(**{f"{prefix}requester__in": answers_for(viewer)}) & handed_in)


def _written_by(viewer: Membership) -> Q:
    """Drafts a member of the program wrote in a colleague's name: who did so stands in the log."""
    written = EventSubject.objects.filter(
        subject_id=OuterRef("pk"), event__verb="request.created"
    ).values("event__actor")
    # One row looked up for each of the few drafts, not every request's ever written.
    return Q(Exact(Subquery(written[:1]), viewer.pk), state=_DRAFT)


def rest_requests(viewer: Membership) -> QuerySet[Request]:
    """Requests a member may see, with what is shown and what the services read; of drafts also
    those that the program wrote for somebody and has to hand in.
    """
    tags = Prefetch("request_tags", RequestTag.objects.select_related("tag"))
    seen = seen_by(viewer)
    if viewer.can("requests.triage"):
        seen |= _written_by(viewer)
    return (
        Request.objects.filter(seen)
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


def people_meet(path: str = "") -> Q:
    """Requests for which people meet, so that a time has to be found (``needs_slots`` of one)."""
    return ~Q(**{f"{path}meeting_format": MeetingFormat.WRITTEN}) & Q(
        **{f"{path}activity_type__needs_comfort__contains": [Comfort.PRIVATE_CALL]}
    )


def waiting_yes() -> QuerySet[Ask]:
    """Of the request around it: who said yes and has no time yet, nor is awaited with others."""
    return Ask.objects.filter(
        request=OuterRef("pk"),
        state=AskState.ACCEPTED,
        activity__state=ActivityState.ACCEPTED,
        times_asked_at=None,
    )


def with_prospect() -> Q:
    """Asks whose times lie with the prospect: they have a link that works, times on it that are to
    come, and did not refuse them (FUL-1).
    """
    now = clock.now()
    link = PersonalLink.objects.filter(
        subject_id=OuterRef("pk"), purpose=BOOKING_PURPOSE, revoked_at=None, expires_at__gt=now
    )
    slots = AskSlot.objects.filter(ask=OuterRef("pk"), offered=True, starts_at__gt=now)
    return Q(Exists(link)) & Q(Exists(slots)) & Q(time_wish="")


def to_book() -> Q:
    """Confirmed requests for which somebody has to pick a time (FUL-1)."""
    return Q(state=RequestState.CONFIRMED) & people_meet() & Q(Exists(waiting_yes()))


def with_yes(rows: QuerySet[Request]) -> QuerySet[Any]:
    """Requests with how many said yes (``yes``)."""
    return rows.annotate(yes=_asks_in(AskState.ACCEPTED))


def _rows() -> QuerySet[Request]:
    found: QuerySet[Request] = with_yes(
        Request.objects.select_related(
            "activity_type",
            "opportunity__account",
            "requester__user",
            "requester__tenant",
            "manager__user",
            "tenant",
        )
    )
    return found


def _asks_in(*states: str) -> Coalesce:
    """How many asks of a request are in some states; a subquery, since the key has two columns."""
    counted = (
        Ask.objects.filter(request=OuterRef("pk"), state__in=states)
        .order_by()
        .values("request")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def visible_requests(viewer: Membership) -> QuerySet[Request]:
    """Requests a member may see, as :func:`seen_by` says."""
    return _rows().filter(seen_by(viewer))


def get_request(viewer: Membership, pk: uuid.UUID) -> Request:
    """One request with what its page shows; 404 when this member may not see it."""
    found = visible_requests(viewer).prefetch_related("request_tags__tag").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def request_behind(pk: uuid.UUID) -> Request | None:
    """The request a link in a mail to its requester is about, as long as they are here."""
    rows = Request.objects.select_related("activity_type", "requester__user", "tenant")
    return rows.filter(pk=pk, requester__is_active=True).first()


def mine(viewer: Membership) -> QuerySet[Request]:
    """What a member asked for or runs."""
    whose = answers_for(viewer)
    return visible_requests(viewer).filter(Q(requester__in=whose) | Q(manager__in=whose))


def needing(viewer: Membership) -> QuerySet[Request]:
    """Requests in which something waits for this member."""
    return visible_requests(viewer).filter(_needs(viewer))


def under_way(viewer: Membership) -> QuerySet[Request]:
    """What a member asked for and is not over, the next to be needed first.

    Each says how many were asked (``out``) and said yes (``yes``).
    """
    open_ones = _rows().filter(requester=viewer, state__in=REQUEST_OPEN)
    return open_ones.annotate(out=_asks_in(*WAITING)).order_by("needed_by", "number")


def to_allocate() -> QuerySet[Request]:
    """Requests for which somebody can be asked, whoever runs them (MAT-4); each says how many were
    asked (``out``) and said yes (``yes``), and has its tags read.
    """
    rows = _rows().filter(state__in=sorted(REQUEST_ASKABLE), approval_since=None)
    rows = rows.annotate(out=_asks_in(*WAITING))
    return rows.prefetch_related("request_tags__tag").order_by("submitted_at", "number")


def waiting_for_approval() -> QuerySet[Request]:
    """Requests for which nobody can be asked before somebody approves them (REQ-3.b)."""
    rows = _rows().filter(state__in=sorted(REQUEST_ASKABLE), approval_since__isnull=False)
    return rows.order_by("approval_since", "number")


def open_places(kind: ActivityType) -> list[Request]:
    """Open requests of a type with ``places``: for so many nobody said yes or is being asked."""
    rows = Request.objects.filter(
        activity_type=kind, state__in=[*sorted(REQUEST_ASKABLE), RequestState.NEEDS_INFO]
    ).annotate(yes=_asks_in(AskState.ACCEPTED), out=_asks_in(*WAITING))
    found: list[Request] = []
    for row in rows.order_by("pk"):
        row.places = max(row.number_needed - row.yes - row.out, 0)  # type: ignore[attr-defined]
        found += [row] * bool(row.places)  # type: ignore[attr-defined]
    return found


def count_needing(viewer: Membership) -> counting.Count:
    """How many; for the navigation."""
    return counting.counted(Request.objects.filter(_needs(viewer)))


def _needs(viewer: Membership) -> Q:
    """Whose move it is: the requester's for answers, times and outcomes; the manager's else.

    The same requests wait on Today (``work.py`` here and of the asks), so the numbers agree.
    """
    asks = Ask.objects.filter(request=OuterRef("pk"))
    booking = to_book()
    whose = answers_for(viewer)
    unsaid = SlotCheck.objects.exclude(state=CheckState.SETTLED).filter(
        requester_says="", activity__asks__request=OuterRef("pk")
    )
    own = Q(requester__in=whose) & (
        Q(state__in=[RequestState.NEEDS_INFO, RequestState.COMPLETED])
        | booking
        | Q(state=RequestState.SCHEDULED) & Q(Exists(unsaid))
    )
    if not viewer.can("requests.triage"):
        return own
    playing = Subquery(
        asks.filter(state__in=IN_PLAY)
        .order_by()
        .values("request")
        .annotate(n=Count("pk"))
        .values("n"),
        output_field=IntegerField(),
    )
    asking = Q(state__in=[RequestState.SUBMITTED, RequestState.IN_REVIEW])
    asking |= Q(state=RequestState.OUTREACH) & Q(needed_count__gt=Coalesce(playing, 0))
    run = (asking & Q(approval_since=None)) | booking
    over = Activity.objects.filter(
        is_managers(),
        asks__request=OuterRef("pk"),
        state=ActivityState.SCHEDULED,
        ends_at__lte=clock.now(),
    )
    run |= Q(state=RequestState.SCHEDULED) & Q(Exists(over))
    return own | (run & (Q(manager__in=whose) | Q(manager__isnull=True)))


def search_people(words: str, *, limit: int = 6) -> list[Advocate]:
    """Anybody by name, address or company, in the program or not (MAT-2)."""
    rows = matching(Advocate.objects.select_related("account"), "advocate", words)
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
