"""One request at one address: the requester sees where it stands, the program works on it."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from activities.activities.choices import ActivityState
from activities.duties.selectors import for_viewer
from advocacy import clock
from advocacy.events.selectors import timeline
from advocacy.records.lifecycle import Move
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.delegation import answers_for
from advocacy.web.http import is_for
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage
from requests.access import permit_request
from requests.approvals.lifecycle import UNDECIDED
from requests.approvals.services import waiting_words
from requests.asks import selectors as asks_selectors
from requests.asks.choices import AskState
from requests.asks.disclosure import identities
from requests.briefings.card import briefing_lines
from requests.browsing.panels import introduction_context
from requests.evidence.panels import answers_for_request
from requests.matching.pages import ranking_context
from requests.matching.possible import possible_references
from requests.models import Approval, Ask, AskSlot, Request
from requests.pages import NAV_ITEM
from requests.requests import selectors
from requests.requests.afterwards import afterwards
from requests.requests.ask_rows import AskRows, led
from requests.requests.choices import REQUEST_EDITABLE, RequestState
from requests.requests.duty_lines import duty_lines
from requests.requests.lifecycle import REQUEST, REQUEST_ASKABLE
from requests.requests.presentation import (
    Times,
    facts_of,
    next_for,
    promise_of,
    prospect_clock,
    subtitle_of,
    timeline_of,
    title_of,
)
from requests.scheduling.choosing import booking_link
from requests.scheduling.slots import free_slots_of

#: What is the requester's to say. The program may on their behalf; it is not offered it.
_OWN = frozenset({"submit", "give_info", "cancel"})
#: Stands beside the content that would answer it.
_ELSEWHERE = "answered_by_content"


class RequestPage(DetailPage):
    """State line, who was asked, who fits, what happened."""

    permission = "requests.view"
    nav_item = NAV_ITEM
    template_name = "requests/detail.html"
    panel_template = "requests/panel.html"
    object: Request

    def get_object(self) -> Request:
        """The request, if this member may see it."""
        return selectors.get_request(self.membership, self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, the panel, or the ranking alone: all of it, or who fits poorly."""
        if not is_for(request, "ranking"):
            return super().get(request, *args, **kwargs)
        self.object = self.get_object()
        if not self._shows_ranking:
            raise Http404
        context = ranking_context(request, self.membership, self.object, self.asks)
        return render(request, "requests/ranking.html", {"object": self.object, **context})

    @property
    def _shows_ranking(self) -> bool:
        return self.membership.can("requests.match") and self.object.state in REQUEST_ASKABLE

    def get_title(self) -> str:
        """What, and for whom."""
        return title_of(self.object)

    @cached_property
    def asks(self) -> list[Ask]:
        """Everybody asked so far."""
        return asks_selectors.asks_of(self.object)

    def get_context(self) -> dict[str, Any]:
        """Everything but the ranking, which only the program sees."""
        request, viewer = self.object, self.membership
        own = request.requester_id in answers_for(viewer)
        runs = viewer.can("requests.triage")
        shown = identities(viewer, self.asks)
        named = {ask.pk for ask in self.asks if shown[ask.pk].is_named}
        out = sum(ask.state == AskState.SENT for ask in self.asks)
        proposed = sum(ask.state == AskState.PROPOSED for ask in self.asks)
        yes = sum(ask.state == AskState.ACCEPTED for ask in self.asks)
        is_editable = request.state in REQUEST_EDITABLE
        rows = AskRows(request, viewer, self.free, own=own, runs=runs)
        after = afterwards(viewer, self.asks, named)
        drawn = [
            replace(rows.row(ask, shown[ask.pk]), after=after.get(ask.pk)) for ask in self.asks
        ]
        asks = led(drawn, self._acts)
        moves = self._moves(own, yes, led=any(row.leads for row in asks))
        context: dict[str, Any] = {
            "crumbs": [(tenant_reverse(self.request, "requests:list"), _("Requests"))],
            "eyebrow": request.reference,
            "page_subtitle": subtitle_of(request),
            "own": own,
            "runs": runs,
            "promise": promise_of(request, calendar_of(self.tenant), clock.now()),
            "waits_since": request.submitted_at
            if request.state in (RequestState.SUBMITTED, RequestState.IN_REVIEW)
            else None,
            "next": next_for(
                request,
                viewer,
                out=out,
                proposed=proposed,
                yes=yes,
                is_over=self._is_over(),
                times=self._times(),
            ),
            "waits_for": waiting_words(request)
            if request.approval_since and request.state in UNDECIDED
            else "",
            "approvals": self._approvals(),
            "moves": moves,
            "panel_moves": [(move, url) for move, url in moves if move.fields],
            "edit_url": self._url("edit") if (own or runs) and is_editable else "",
            **introduction_context(self.request, viewer, request, self.asks),
            "facts": facts_of(request),
            "duties": for_viewer(duty_lines(request, viewer, self.asks), viewer),
            "questions": [line.strip() for line in request.questions.splitlines() if line.strip()],
            "asks": asks,
            "led": any(row.leads for row in asks),
            "happened": timeline_of(timeline(request), self.asks, named),
            "clock": prospect_clock(request) if self._waits_for_time and (own or runs) else None,
            "yes": yes,
            "wanted": request.number_needed,
            "answers": answers_for_request(self.request, viewer, request),
            "briefings": briefing_lines(self.request, viewer, self.asks, own=own),
        }
        if self._shows_ranking:
            context |= ranking_context(self.request, viewer, request, self.asks)
        elif request.state in REQUEST_ASKABLE:
            context["possible"] = possible_references(request)
        return context

    @cached_property
    def free(self) -> dict[Any, list[AskSlot]]:
        """The times that may still be picked, by ask."""
        return free_slots_of([ask for ask in self.asks if ask.state == AskState.ACCEPTED])

    @cached_property
    def _waits_for_time(self) -> list[Ask]:
        """Who said yes to meeting somebody and has no time yet."""
        return [
            ask
            for ask in self.asks
            if ask.state == AskState.ACCEPTED
            and ask.activity is not None
            and ask.activity.state == ActivityState.ACCEPTED
            and self.object.people_meet
        ]

    def _times(self) -> Times:
        """What there is to do about it."""
        waiting = self._waits_for_time
        if any(ask.time_wish for ask in waiting if not ask.times_asked_at):
            return "refused"
        if any(self.free[ask.pk] or (ask.time_note and not ask.times_asked_at) for ask in waiting):
            return "given" if any(booking_link(ask) for ask in waiting) else "pick"
        return "asked" if waiting and all(ask.times_asked_at for ask in waiting) else "ask"

    def _approvals(self) -> list[tuple[Approval, str]]:
        """Who decided whether anybody may be asked, each with its page where it may be opened."""
        rows = Approval.objects.filter(request=self.object).select_related("approver__user")
        mine = answers_for(self.membership)
        everything = self.membership.can("requests.triage")
        return [
            (
                row,
                tenant_reverse(self.request, "approvals:detail", row.pk)
                if everything or row.approver_id in mine  # type: ignore[attr-defined]
                else "",
            )
            for row in rows.order_by("opened_at", "id")
        ]

    def _is_over(self) -> bool:
        """Whether a booked time has passed without anybody having said how it went."""
        return any(
            ask.activity is not None
            and ask.activity.state == ActivityState.SCHEDULED
            and ask.activity.ends_at is not None
            and ask.activity.ends_at <= clock.now()
            for ask in self.asks
        )

    @property
    def _acts(self) -> bool:
        """Whether a time is this reader's to pick: it is the requester's, or on their way."""
        own = self.object.requester_id in answers_for(self.membership)
        return own or is_for(self.request, "panel-body")

    def _moves(self, own: bool, yes: int, *, led: bool) -> list[tuple[Move, str]]:
        """What this member may do now, with its address; none primary where something else is."""
        found = []
        for move in REQUEST.offered(self.object, self.membership, permit_request):
            if move.name == _ELSEWHERE or (move.name in _OWN and not own):
                continue
            if move.name == "review" and self.object.state != RequestState.SUBMITTED:
                continue  # who is being asked is withdrawn first
            if led or (self._shows_ranking and self.object.approval_since is None):
                move = replace(move, primary=False)  # noqa: PLW2901 - to draft an ask is
            if move.name == "accept_fewer":
                if not 0 < yes < self.object.needed_count:
                    continue
                move = replace(move, label=_("%(yes)d is enough") % {"yes": yes})  # noqa: PLW2901
            found.append((move, self._url(move.name.replace("_", "-"))))
        return found

    def _url(self, name: str) -> str:
        return tenant_reverse(self.request, f"requests:{name}", self.object.pk)
