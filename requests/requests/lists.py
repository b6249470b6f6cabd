"""The list of requests: what needs me, what is mine, all."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from advocacy.tenancy.models import Membership
from advocacy.web.counting import counts
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import BulkAction, ListPage, PageAction
from requests.models import Request
from requests.opportunities.selectors import listed_deals
from requests.replies.selectors import listed_replies
from requests.requests import selectors
from requests.requests.filters import RequestFilter
from requests.requests.tables import RequestTable

NAV_ITEM = "requests"


def request_tabs(request: HttpRequest, viewer: Membership, active: str) -> list[dict[str, Any]]:
    """Requests in three parts, the deals they are for, and what advocates wrote back."""
    tabs: list[tuple[str, str, str, QuerySet[Any]]] = [
        ("needing", "requests:list", _("Needs you"), selectors.needing(viewer)),
        ("mine", "requests:mine", _("Yours"), selectors.mine(viewer)),
        ("all", "requests:all", _("All"), selectors.visible_requests(viewer)),
        ("deals", "opportunities:list", _("Deals"), listed_deals(viewer)),
    ]
    if viewer.can("asks.answer_for"):
        tabs.append(("replies", "ask-replies:list", _("By mail"), listed_replies(viewer)))
    numbers = counts(*(rows for *_names, rows in tabs))
    return [
        {
            "url": tenant_reverse(request, name),
            "label": label,
            "active": key == active,
            "count": number,
        }
        for (key, name, label, _rows), number in zip(tabs, numbers, strict=True)
    ]


class RequestList(ListPage):
    """What waits for whoever looks."""

    permission = "requests.view"
    nav_item = NAV_ITEM
    title = gettext_lazy("Requests")
    answer = ngettext_lazy("%(count)s request needs you", "%(count)s requests need you", "n")
    table, filterset = RequestTable, RequestFilter
    template_name = "requests/list.html"
    tab: ClassVar[str] = "needing"
    bulk_actions = (
        BulkAction(gettext_lazy("Take up"), "requests:take-up-many", "requests.triage", "eye"),
        BulkAction(
            gettext_lazy("Hand over…"), "requests:assign-many", "requests.triage", "user-share"
        ),
    )
    empty_title: ClassVar[str | Promise] = gettext_lazy("Nothing waits for you")
    empty_text: ClassVar[str | Promise] = gettext_lazy(
        "Requests come here when it is your turn: to find somebody, to answer, to pick a time."
    )
    empty_icon = "git-pull-request"

    def get_queryset(self) -> QuerySet[Request]:
        return selectors.needing(self.membership)

    def get_header_actions(self) -> list[PageAction]:
        actions = []
        can = self.membership.can
        if can("supply.view"):
            url = tenant_reverse(self.request, "requests:supply")
            actions.append(PageAction(_("Supply and demand"), url, "chart-grid-dots"))
        # Who runs the program looks at names.
        if can("references.browse") and not can("requests.triage"):
            url = tenant_reverse(self.request, "requests:browse")
            actions.append(PageAction(_("Who could help"), url, "user-search"))
        if can("requests.triage"):
            url = tenant_reverse(self.request, "requests:allocation")
            actions.append(PageAction(_("Propose for all"), url, "sparkles"))
        if can("requests.submit"):
            url = tenant_reverse(self.request, "requests:new")
            actions.append(PageAction(_("New request"), url, "plus", primary=True))
        return actions

    def get_context(self) -> dict[str, Any]:
        """The tabs, with how many rows each has."""
        return {"tabs": request_tabs(self.request, self.membership, self.tab)}


class MyRequests(RequestList):
    """What this member asked for or runs."""

    tab = "mine"
    answer = ngettext_lazy("%(count)s request is yours", "%(count)s requests are yours", "n")
    empty_title = gettext_lazy("No requests of yours yet")
    empty_text = gettext_lazy(
        "Tell us who your prospect would like to hear from. It takes a minute; a person answers."
    )

    def get_queryset(self) -> QuerySet[Request]:
        return selectors.mine(self.membership)


class AllRequests(RequestList):
    """Every request this member may see."""

    tab = "all"
    answer = ngettext_lazy("%(count)s request so far", "%(count)s requests so far", "n")
    empty_title = gettext_lazy("No requests yet")
    empty_text = MyRequests.empty_text

    def get_queryset(self) -> QuerySet[Request]:
        return selectors.visible_requests(self.membership)
