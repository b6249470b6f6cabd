"""For which open request one person could be asked: from their own page to the draft (ASK-1)."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.web.http import is_for
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import MemberView
from advocates.models import Advocate
from advocates.people.selectors import get_advocate
from requests.access import may_ask
from requests.matching.matches import Match
from requests.matching.ranking import why_not
from requests.models import Request
from requests.requests.lifecycle import REQUEST_ASKABLE
from requests.requests.presentation import title_of
from requests.requests.selectors import visible_requests

#: Each is a closer look of its own, so only those that are needed soonest.
MOST = 6


@dataclass(frozen=True, slots=True)
class Chance:
    """One request, and how the person fits it."""

    request: Request
    title: str
    match: Match
    url: str

    @property
    def may(self) -> bool:
        """Whether they can be asked for it."""
        return self.match.can_be_asked


def askable_for(advocate: Advocate, membership: Membership) -> list[Request]:
    """Open requests for which this person was not asked yet, the soonest needed first."""
    rows = visible_requests(membership).filter(state__in=sorted(REQUEST_ASKABLE))
    return list(rows.exclude(asks__advocate=advocate).order_by("needed_by", "number")[: MOST + 1])


class AskPerson(MemberView):
    """Choose a request, then the draft opens in the same place."""

    permission: ClassVar[str] = "asks.send"
    nav_item: ClassVar[str] = "advocates"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The requests, those that fit first."""
        advocate = get_advocate(kwargs["pk"])
        if not may_ask(self.membership, advocate):
            raise Http404
        found = askable_for(advocate, self.membership)
        chances = sorted(
            (self._chance(each, advocate) for each in found[:MOST]),
            key=lambda each: (not each.may, -each.match.score, each.request.needed_by),
        )
        context = {
            "page_title": _("Ask %(name)s for what?") % {"name": advocate.name},
            "page_subtitle": _("Open requests, the best fit first. Nothing is sent yet."),
            "crumbs": [
                (tenant_reverse(request, "advocates:list"), _("Advocates")),
                (tenant_reverse(request, "advocates:detail", advocate.pk), advocate.name),
            ],
            "chances": chances,
            "more": len(found) > MOST,
            "all_url": tenant_reverse(request, "requests:all"),
            "new_url": tenant_reverse(request, "requests:new")
            if self.membership.can("requests.submit")
            else "",
        }
        panel = is_for(request, "panel-body")
        template = "requests/ask_person_panel.html" if panel else "requests/ask_person.html"
        return render(request, template, context)

    def _chance(self, request: Request, advocate: Advocate) -> Chance:
        draft = tenant_reverse(self.request, "requests:draft", request.pk)
        return Chance(
            request,
            title_of(request),
            why_not(request, advocate),
            f"{draft}?advocate={advocate.pk}",
        )
