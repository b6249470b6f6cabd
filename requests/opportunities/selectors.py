"""Reading deals (OPP-1, VIS-1)."""

import uuid

from django.db.models import (
    Case,
    QuerySet,
    When,
)

from advocacy import clock
from advocacy.search.selectors import matching
from advocacy.tenancy.models import Membership
from advocates.external_ids import known_by
from requests.models import Opportunity, Touchpoint
from requests.opportunities.choices import Stage


def rest_opportunities() -> QuerySet[Opportunity]:
    """All deals."""
    return Opportunity.objects.all()


def listed_deals(viewer: Membership) -> QuerySet[Opportunity]:
    """All deals, with the names a list and a page show of them."""
    return Opportunity.objects.select_related("account", "owner__user")


def touchpoints_of(opportunity: Opportunity) -> QuerySet[Touchpoint]:
    """What the program did for a deal, the newest first; never who did it (VIS-1)."""
    return opportunity.touchpoints.select_related("activity__activity_type")


def opportunity_by_identifier(*, source: str, external_id: str) -> Opportunity | None:
    """The deal with an id in another system, if there is one (API-4)."""
    return known_by(Opportunity.objects.filter(source=source), external_id).first()


def find_opportunity(key: str) -> Opportunity | None:
    """A deal by ``source:id`` of the CRM, or by its own key."""
    if "\x00" in key:
        return None
    rows = Opportunity.objects.select_related("account")
    source, colon, external_id = key.partition(":")
    if colon:
        return known_by(rows.filter(source=source), external_id).first()
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
    rows = matching(_open_deals(viewer), "opportunity", words)
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
