"""The deal a request is for: found by words, chosen without losing what was typed (REQ-1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from advocacy.tenancy.models import Membership
from advocacy.web.http import key_of
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import MemberView
from requests.models import Opportunity
from requests.opportunities import selectors
from requests.pages import NAV_ITEM

#: In the address or the form: no deal, though a request that is changed had one.
NO_DEAL = "none"
#: The deal is typed in, since the CRM does not hold it.
TYPED_DEAL = "new"
#: A POST with this chooses a deal for the form it comes from; nothing is saved.
CHOOSE = "_deal"
#: Without scripts, the search is a POST of the form with this.
SEARCH = "_search"


def offered_deals(viewer: Membership, words: str) -> list[Opportunity]:
    """What the words find; without any, one's own."""
    if words:
        return selectors.search_opportunities(viewer, words)
    return selectors.own_opportunities(viewer)


class FindOpportunities(MemberView):
    """What the deal picker offers while somebody types."""

    permission = "requests.submit"
    nav_item = NAV_ITEM

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """A fragment with links that choose one."""
        words = request.GET.get("deal", "").strip()
        found = offered_deals(self.membership, words)
        context = {"words": words, "found": found, "base": self._base()}
        return render(request, "requests/opportunities.html", context)

    def _base(self) -> str:
        """The page a link of the list goes back to: a new request, or the one being changed."""
        new = tenant_reverse(self.request, "requests:new")
        changed = key_of(self.request.GET.get("change", ""))
        return tenant_reverse(self.request, "requests:edit", changed) if changed else new
