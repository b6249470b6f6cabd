"""Reading activities."""

import uuid

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy.tenancy.models import Membership
from advocacy.web.searching import search_words
from advocates.access import changeable
from advocates.models import Advocate

#: People a search box offers at most.
OFFERED = 8


def activities() -> QuerySet[Activity]:
    """Every activity of the tenant with what a list shows.

    ``at`` is when it happened, else when it is booked, else when it was planned.
    """
    return Activity.objects.select_related(
        "advocate__account", "activity_type", "owner__user"
    ).annotate(at=Coalesce("happened_at", "starts_at", "planned_at"))


def get_activity(pk: uuid.UUID) -> Activity:
    """One activity with everything its page shows; ``Http404`` when there is none."""
    found = activities().select_related("participation").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def happened_count() -> int:
    """How many activities have been completed so far."""
    return Activity.objects.filter(state=ActivityState.COMPLETED).count()


def find_advocates(membership: Membership, text: str) -> list[Advocate]:
    """People whose name, address or company holds every word of a search, by name; only those
    for whom this member may log something.

    Finds nobody for an empty search.
    """
    words = search_words(text)
    if not words:
        return []
    found = Advocate.objects.select_related("account").filter(changeable(membership, "account"))
    for word in words:
        found = found.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
            | Q(account__name__icontains=word)
        )
    return list(found.order_by("last_name", "first_name", "id")[:OFFERED])


def get_advocate(pk: uuid.UUID) -> Advocate | None:
    """One person, for a form that was prefilled or sent back."""
    return Advocate.objects.select_related("account").filter(pk=pk).first()
