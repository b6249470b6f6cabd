"""The list of requests: what needs me, what is mine, all."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import BulkAction, BulkActionView, ListPage, PageAction
from requests.models import Request
from requests.opportunities.selectors import listed_deals
from requests.requests import selectors
from requests.requests import triage as services
from requests.requests.choices import RequestState
from requests.requests.filters import RequestFilter
from requests.requests.tables import RequestTable

NAV_ITEM = "requests"


def request_tabs(request: HttpRequest, viewer: Membership, active: str) -> list[dict[str, Any]]:
    """Requests in three parts, and the deals they are for."""
    tabs: tuple[tuple[str, str, str, QuerySet[Any]], ...] = (
        ("needing", "requests:list", _("Needs you"), selectors.needing(viewer)),
        ("mine", "requests:mine", _("Yours"), selectors.mine(viewer)),
        ("all", "requests:all", _("All"), selectors.visible_requests(viewer)),
        ("deals", "opportunities:list", _("Deals"), listed_deals(viewer)),
    )
    return [
        {
            "url": tenant_reverse(request, name),
            "label": label,
            "active": key == active,
            "count": rows.count(),
        }
        for key, name, label, rows in tabs
    ]


class RequestList(ListPage):
    """What waits for whoever looks."""

    permission = "requests.view"
    nav_item = NAV_ITEM
    title = gettext_lazy("Requests")
    table, filterset = RequestTable, RequestFilter
    template_name = "requests/list.html"
    tab: ClassVar[str] = "needing"
    bulk_actions = (
        BulkAction(gettext_lazy("Take up"), "requests:take-up-many", "requests.triage", "eye"),
    )
    empty_title: ClassVar[str | Promise] = gettext_lazy("Nothing waits for you")
    empty_text: ClassVar[str | Promise] = gettext_lazy(
        "Requests come here when it is your turn: to find somebody, to answer, to pick a time."
    )
    empty_icon = "git-pull-request"

    def get_queryset(self) -> QuerySet[Request]:
        return selectors.needing(self.membership)

    def get_header_actions(self) -> list[PageAction]:
        if not self.membership.can("requests.submit"):
            return []
        url = tenant_reverse(self.request, "requests:new")
        return [PageAction(_("New request"), url, "plus", primary=True)]

    def get_context(self) -> dict[str, Any]:
        """The tabs, with how many rows each has."""
        return {"tabs": request_tabs(self.request, self.membership, self.tab)}


class MyRequests(RequestList):
    """What this member asked for or runs."""

    tab = "mine"
    empty_title = gettext_lazy("No requests of yours yet")
    empty_text = gettext_lazy(
        "Tell us who your prospect would like to hear from. It takes a minute; a person answers."
    )

    def get_queryset(self) -> QuerySet[Request]:
        return selectors.mine(self.membership)


class AllRequests(RequestList):
    """Every request this member may see."""

    tab = "all"
    empty_title = gettext_lazy("No requests yet")
    empty_text = MyRequests.empty_text

    def get_queryset(self) -> QuerySet[Request]:
        return selectors.visible_requests(self.membership)


class TakeUpMany(BulkActionView):
    """Take up every ticked request that waits for somebody; the others stay as they are."""

    permission = "requests.triage"
    nav_item = NAV_ITEM
    list_page = AllRequests

    def perform_bulk(self, rows: QuerySet[Request]) -> int:
        """One after the other, lowest number first, all or none."""
        waiting = rows.filter(state=RequestState.SUBMITTED).order_by("number")
        requests = list(waiting)
        for request in requests:
            services.start_review(actor=self.actor, request=request)
        return len(requests)

    def get_success_url(self, result: int) -> str:
        return tenant_reverse(self.request, "requests:list")

    def get_success_message(self, result: int) -> str:
        text = ngettext("%(count)d request taken up.", "%(count)d requests taken up.", result)
        return text % {"count": result}
