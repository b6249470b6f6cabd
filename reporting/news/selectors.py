"""Reading news: one's own, of what one's role may still see (VIS-1)."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from advocacy.tenancy.models import Membership
from advocacy.web.counting import Count, counted
from reporting.news.models import News
from requests.asks.selectors import rest_asks
from requests.requests.selectors import visible_requests

REQUEST, ASK, ACTIVITY = "requests.request", "requests.ask", "activities.activity"
ADVOCATE, NOMINATION = "advocates.advocate", "advocates.nomination"
INVITATION, TIER = "advocates.programinvitation", "advocates.tierchange"
ACCOUNT = "advocates.account"
#: Which action of the matrix opens what is about people at customers.
_OPENED_BY = {
    ACTIVITY: "activities.view",
    ADVOCATE: "advocates.view",
    NOMINATION: "advocates.view",
    INVITATION: "advocates.view",
    TIER: "tiers.view",
    ACCOUNT: "accounts.view",
}


def news_of(member: Membership) -> QuerySet[News]:
    """A member's news, newest first. Roles change: what one may not open any more is not told."""
    open_types = [kind for kind, action in _OPENED_BY.items() if member.can(action)]
    seen = Q(subject_type__in=open_types)
    if member.can("requests.view"):
        same = {"pk": OuterRef("subject_id")}
        seen |= Q(Exists(visible_requests(member).filter(**same)), subject_type=REQUEST)
        # An ask is read on its request's page.
        asks = rest_asks(member).filter(**same)
        seen |= Q(Exists(asks), subject_type=ASK)
    return News.objects.filter(seen, member=member).order_by("-at", "-id")


def unread_count(member: Membership) -> Count:
    """The number at the bell, in one statement."""
    return counted(news_of(member).filter(read_at=None))


def get_news(member: Membership, pk: UUID) -> News:
    """One of a member's news; 404 for anything else."""
    found = news_of(member).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
