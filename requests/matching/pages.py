"""The ranking of a request, its totals, and why somebody is not in it (MAT-1 to MAT-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from advocacy.tenant_settings.reading import current
from advocacy.web import formatting as words
from advocacy.web.http import is_htmx
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage, MemberView
from advocates.models import TierStanding
from advocates.people.disclosure import sees_everybody
from requests.access import may_ask
from requests.asks.choices import AskState
from requests.asks.presentation import ask_tone
from requests.asks.settings import Asking
from requests.matching.criteria import NEUTRAL
from requests.matching.matches import Match
from requests.matching.ranking import assess, match, tally
from requests.models import Ask, Request
from requests.pages import NAV_ITEM
from requests.requests import selectors
from requests.requests.lifecycle import REQUEST_ASKABLE
from requests.requests.presentation import (
    title_of,
)
from requests.scheduling.slots import zone_words


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A match as the ranking shows it."""

    match: Match
    tier: tuple[str, str] | None
    may_ask: bool
    given: str
    rested: str
    left: str

    @property
    def key(self) -> str:
        """The advocate's id, for an address."""
        return str(self.match.advocate.pk)

    @property
    def role(self) -> str:
        """What they do, and where."""
        advocate, account = self.match.advocate, self.match.account
        return " · ".join(filter(None, (advocate.job_title, account.name)))


def ranking_context(
    http: HttpRequest, viewer: Any, request: Request, asks: Sequence[Ask]
) -> dict[str, Any]:
    """Who fits; the account of everybody who is not in the ranking is :class:`TotalsPage`."""
    ranked = match(request).ranked
    out = sum(ask.state == AskState.SENT for ask in asks)
    yes = sum(ask.state == AskState.ACCEPTED for ask in asks)
    missing = max(request.number_needed - yes, 0)
    last = max(
        (ask for ask in asks if ask_tone(ask) == "no"),
        key=lambda ask: ask.answered_at or ask.expires_at,
        default=None,
    )
    return {
        "ranking": rows_for(viewer, ranked),
        "alike": request.activity_type.code in NEUTRAL,
        "room": max(missing + current(Asking).spare_asks - out, 0),
        "fell_out": last if missing and not out else None,
        "zone": zone_words(viewer.zone),
        "draft_url": tenant_reverse(http, "requests:draft", request.pk),
        "totals_url": tenant_reverse(http, "requests:totals", request.pk),
        "why_not_url": tenant_reverse(http, "requests:why-not", request.pk),
    }


def rows_for(viewer: Any, found: Sequence[Match]) -> list[MatchRow]:
    """Matches with the tier and the words of the ranking."""
    standings = {
        standing.advocate_id: standing.tier
        for standing in TierStanding.objects.filter(
            advocate__in=[each.advocate.pk for each in found], tier__isnull=False
        ).select_related("tier")
    }
    rows = []
    for each in found:
        tier, guard = standings.get(each.advocate.pk), each.guard
        asked = each.advocate.last_asked_at
        rows.append(
            MatchRow(
                match=each,
                tier=(tier.code, tier.name) if tier else None,
                may_ask=each.can_be_asked and may_ask(viewer, each.advocate),
                given=", ".join(str(outcome) for outcome in each.outcomes),
                left=_("%(left)d left of %(all)d") % {"left": guard.left, "all": guard.allowance}
                if guard
                else "",
                rested=words.since(asked) if asked else _("never asked"),
            )
        )
    return rows


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
        template = "requests/totals.html" if is_htmx(request) else "requests/totals_page.html"
        context = {
            "object": self.object,
            "page_title": _("Who can be asked"),
            "page_subtitle": title_of(self.object),
            "crumbs": [
                (tenant_reverse(request, "requests:list"), _("Requests")),
                (tenant_reverse(request, "requests:detail", self.object.pk), self.object.reference),
            ],
            "totals": counted.totals,
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
                "draft_url": tenant_reverse(request, "requests:draft", wanted_request.pk),
                "sees": sees_everybody(self.membership),
            },
        )
