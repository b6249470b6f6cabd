"""The ranking of a request, its totals, and why somebody is not in it (MAT-1 to MAT-3)."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from advocacy.tenant_settings.reading import current
from advocacy.web.http import is_htmx, over_queue
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import DetailPage, MemberView
from advocates.people.disclosure import sees_everybody
from requests.asks.choices import WAITING, AskState
from requests.asks.presentation import ask_tone
from requests.asks.settings import Asking
from requests.matching.api import MOST_MATCHES
from requests.matching.criteria import NEUTRAL
from requests.matching.ranking import LOOKED_AT, assess, match, poor_fits, tally
from requests.matching.rows import MatchRow, grouped, rows_for
from requests.models import Ask, Request
from requests.pages import NAV_ITEM
from requests.requests import selectors
from requests.requests.lifecycle import REQUEST_ASKABLE
from requests.requests.presentation import title_of
from requests.scheduling.slots import zone_words

#: So many stand in the side panel, until all are asked for.
_IN_PANEL = 3
#: What else of everybody can be shown in place of the first ten; the address says which.
SHOW_ALL, SHOW_POOR = "all", "poor"


def ranking_context(
    http: HttpRequest, viewer: Any, request: Request, asks: Sequence[Ask]
) -> dict[str, Any]:
    """Who fits; the account of everybody who is not in the ranking is :class:`TotalsPage`."""
    show = http.GET.get("show", "")
    show = show if show in (SHOW_ALL, SHOW_POOR) else ""
    if show == SHOW_POOR:
        found = poor_fits(request, limit=MOST_MATCHES)
    else:
        found = match(request, limit=MOST_MATCHES if show else LOOKED_AT).ranked
        if show:
            found = [each for each in found if each.is_good]
    alike, rows = request.activity_type.code in NEUTRAL, rows_for(viewer, found)
    shown = rows if alike or show == SHOW_POOR else grouped(rows, first=not show)
    out = sum(ask.state in WAITING for ask in asks)
    yes = sum(ask.state == AskState.ACCEPTED for ask in asks)
    missing = max(request.number_needed - yes, 0)
    last = max(
        (ask for ask in asks if ask_tone(ask) == "no"),
        key=lambda ask: ask.answered_at or ask.expires_at,
        default=None,
    )
    page = tenant_reverse(http, "requests:detail", request.pk)
    totals = tenant_reverse(http, "requests:totals", request.pk)
    return {
        "ranking": shown,
        "show": show,
        "more": not show and len(rows) > len(shown),
        "shown_in_panel": ":" if show else f":{_IN_PANEL}",
        "is_cut": bool(show) and len(rows) >= MOST_MATCHES,
        "alike": alike,
        # While it waits for approval nobody can be asked (REQ-3.b).
        "room": 0 if request.approval_since else max(missing + current(Asking).spare_asks - out, 0),
        "fell_out": last if missing and not out else None,
        "zone": zone_words(viewer.zone),
        "page_url": page,
        "all_url": f"{page}?show={SHOW_ALL}",
        "poor_url": f"{page}?show={SHOW_POOR}",
        "draft_url": tenant_reverse(http, "requests:draft", request.pk),
        "totals_url": f"{totals}?show={show}" if show else totals,
        "why_not_url": tenant_reverse(http, "requests:why-not", request.pk),
    }


class MatchPage(DetailPage):
    """One advocate for one request: how well they fit, what speaks against it, what they gave.

    Opens beside the ranking from a name; ``TotalsPage`` and the search answer for the others.
    """

    permission = "requests.match"
    nav_item = NAV_ITEM
    template_name = "requests/match.html"
    panel_template = "requests/match_panel.html"
    object: MatchRow

    def get_object(self) -> MatchRow:
        """Anybody, whether they may be asked or not."""
        self.row = selectors.get_request(self.membership, self.kwargs["pk"])
        found = assess(self.row, [self.kwargs["advocate"]])
        if not found:
            raise Http404
        return rows_for(self.membership, list(found.values()))[0]

    def get_title(self) -> str:
        """Who it is."""
        return self.object.match.advocate.name

    def get_context(self) -> dict[str, Any]:
        page = tenant_reverse(self.request, "requests:detail", self.row.pk)
        draft = tenant_reverse(self.request, "requests:draft", self.row.pk)
        askable = self.object.may_ask and self.row.state in REQUEST_ASKABLE
        askable = askable and self.row.approval_since is None
        return {
            "row": self.object,
            "page_subtitle": self.object.role,
            "crumbs": [
                (tenant_reverse(self.request, "requests:list"), _("Requests")),
                (page, title_of(self.row)),
            ],
            "fits_for": title_of(self.row),
            "draft_url": f"{draft}?advocate={self.object.key}" if askable else "",
            "person_url": quiet_reverse(self.request, "advocates:detail", self.object.key)
            if sees_everybody(self.membership)
            else "",
            "back_url": page if over_queue(self.request) else "",
        }


class TotalsPage(DetailPage):
    """How many can be asked, must not and why, or fit poorly (MAT-2).

    A look at everybody and the whole ledger, so the page of the request fetches it when its
    ranking already stands there; without scripts it is a page of its own.
    """

    permission = "requests.match"
    nav_item = NAV_ITEM
    object: Request

    def get_object(self) -> Request:
        """The request, if this member may see it."""
        return selectors.get_request(self.membership, self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The fragment, or the page."""
        self.object = self.get_object()
        counted = tally(self.object)
        page = tenant_reverse(request, "requests:detail", self.object.pk)
        template = "requests/totals.html" if is_htmx(request) else "requests/totals_page.html"
        context = {
            "object": self.object,
            "page_title": _("Who can be asked"),
            "page_subtitle": title_of(self.object),
            "crumbs": [
                (tenant_reverse(request, "requests:list"), _("Requests")),
                (page, self.object.reference),
            ],
            "totals": counted.totals,
            "show": request.GET.get("show", ""),
            "totals_url": request.path,
            "page_url": page,
            "all_url": f"{page}?show={SHOW_ALL}",
            "poor_url": f"{page}?show={SHOW_POOR}",
            "excluded": counted.excluded_in_words,
        }
        return render(request, template, context)


class WhyNot(MemberView):
    """Anybody by name: what is in the way, and how well they would fit (MAT-2)."""

    permission = "requests.match"
    nav_item = NAV_ITEM

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A fragment below the search box."""
        wanted_request = selectors.get_request(self.membership, kwargs["pk"])
        who = request.GET.get("who", "").strip()
        people = selectors.search_people(who) if who else []
        found = assess(wanted_request, [person.pk for person in people])
        rows = rows_for(self.membership, [found[p.pk] for p in people if p.pk in found])
        return render(
            request,
            "requests/why_not.html",
            {
                "words": who,
                "rows": rows,
                "askable": wanted_request.state in REQUEST_ASKABLE,
                "object": wanted_request,
                "draft_url": tenant_reverse(request, "requests:draft", wanted_request.pk),
                "sees": sees_everybody(self.membership),
            },
        )
