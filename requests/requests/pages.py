"""One request at one address: the requester sees where it stands, the program works on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from activities.access import MOVE, permit_move
from activities.activities.choices import ActivityState
from activities.duties.selectors import DutyLine, lines_of
from advocacy import clock
from advocacy.events.selectors import timeline
from advocacy.records.lifecycle import Move
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.delegation import answers_for
from advocacy.web.http import is_for
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage
from advocates.responsibilities.selectors import person_for, role_for
from advocates.responsibilities.steps import Step
from requests.access import may_ask, permit_ask, permit_request
from requests.asks import selectors as asks_selectors
from requests.asks.choices import AskState
from requests.asks.disclosure import identities
from requests.asks.lifecycle import ASK
from requests.asks.presentation import ask_tone
from requests.matching.pages import ranking_context
from requests.matching.possible import possible_references
from requests.models import Ask, AskSlot, Request
from requests.pages import NAV_ITEM
from requests.requests import selectors
from requests.requests.choices import REQUEST_EDITABLE, MeetingFormat, RequestState
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
from requests.requests.whereabouts import prospect_zone
from requests.scheduling.choosing import booking_link
from requests.scheduling.services import usual_place
from requests.scheduling.slots import Slot, free_slots_of, slot_words, time_elsewhere


@dataclass(frozen=True, slots=True)
class AskRow:
    """An ask as one member sees it."""

    ask: Ask
    tone: str
    name: str
    described: str
    contact: Sequence[tuple[str, str]]
    can_reveal: bool
    #: The times that may be picked: in one's own words, and on the others' clocks.
    slots: Sequence[tuple[AskSlot, str, str]]
    booked: str
    booked_elsewhere: str
    #: What the advocate wrote about the time, or that they wrote something.
    time_note: str
    is_over: bool
    may_manage: bool
    may_answer: bool
    withdraw: Move | None
    may_complete: bool
    may_pick: bool
    #: A press books: where it takes place is known. Else the form asks.
    has_place: bool


#: What is the requester's to say. The program may on their behalf; it is not offered it.
_OWN = frozenset({"submit", "give_info", "cancel"})


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
        yes = sum(ask.state == AskState.ACCEPTED for ask in self.asks)
        moves, is_editable = self._moves(own, yes), request.state in REQUEST_EDITABLE
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
                request, viewer, out=out, yes=yes, is_over=self._is_over(), times=self._times()
            ),
            "moves": moves,
            "panel_moves": [(move, url) for move, url in moves if move.fields],
            "edit_url": self._url("edit") if (own or runs) and is_editable else "",
            "facts": facts_of(request),
            "duties": self._duties(),
            "questions": [line.strip() for line in request.questions.splitlines() if line.strip()],
            "asks": [self._ask_row(ask, shown[ask.pk], own, runs) for ask in self.asks],
            "happened": timeline_of(timeline(request), self.asks, named),
            "clock": prospect_clock(request) if self._waits_for_time and (own or runs) else None,
            "yes": yes,
            "wanted": request.number_needed,
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

    def _duties(self) -> list[DutyLine]:
        """Who matches and asks, and who does what about each activity that comes of it (RSP-1)."""
        request = self.object
        if request.submitted_at is None:
            return []
        asked = min((ask.sent_at for ask in self.asks), default=None)
        role = role_for(request.activity_type, Step.ASK)
        owner = person_for(role, requester=request.requester, manager=request.manager)
        first = DutyLine(
            Step.ASK,
            Step.ASK.label,
            owner.name if owner else "",
            request.confirm_due_at or request.answer_due_at,
            asked,
        )
        activities = [ask.activity for ask in self.asks if ask.activity is not None]
        found = lines_of(activities)
        several = len(activities) > 1
        shown = identities(self.membership, self.asks) if several else {}
        rest = []
        for ask in self.asks:
            if ask.activity is None:
                continue
            about = ask.advocate.name if several and shown[ask.pk].is_named else ""
            rest += [replace(line, about=about) for line in found.get(ask.activity.pk, ())]
        return [first, *rest]

    def _is_over(self) -> bool:
        """Whether a booked time has passed without anybody having said how it went."""
        return any(
            ask.activity is not None
            and ask.activity.state == ActivityState.SCHEDULED
            and ask.activity.ends_at is not None
            and ask.activity.ends_at <= clock.now()
            for ask in self.asks
        )

    def _moves(self, own: bool, yes: int) -> list[tuple[Move, str]]:
        """What this member may do now, with its address."""
        found = []
        for move in REQUEST.offered(self.object, self.membership, permit_request):
            if move.name in _OWN and not own:
                continue
            if move.name == "review" and self.object.state != RequestState.SUBMITTED:
                continue  # who is being asked is withdrawn first
            if move.name == "review" and self._shows_ranking:
                move = replace(move, primary=False)  # noqa: PLW2901 - to draft an ask is
            if move.name == "accept_fewer":
                if not 0 < yes < self.object.needed_count:
                    continue
                move = replace(move, label=_("%(yes)d is enough") % {"yes": yes})  # noqa: PLW2901
            found.append((move, self._url(move.name.replace("_", "-"))))
        return found

    def _url(self, name: str) -> str:
        return tenant_reverse(self.request, f"requests:{name}", self.object.pk)

    def _ask_row(self, ask: Ask, identity: Any, own: bool, runs: bool) -> AskRow:
        advocate, company = ask.advocate, ask.advocate.account
        zone = timezone.get_current_timezone()
        described = [
            advocate.job_title,
            company.name if identity.is_named else company.industry,
            company.get_segment_display() if not identity.is_named else "",
            company.get_region_display() if not identity.is_named else "",
        ]
        activity = ask.activity
        booked = booked_elsewhere = ""
        if activity is not None and activity.starts_at and activity.ends_at:
            when = Slot(activity.starts_at, activity.ends_at)
            booked, booked_elsewhere = slot_words(when, zone), self._elsewhere(when, ask)
        waits = activity is not None and activity.state in (
            ActivityState.ACCEPTED,
            ActivityState.SCHEDULED,
        )
        moves = {move.name: move for move in ASK.offered(ask, self.membership, permit_ask)}
        return AskRow(
            ask=ask,
            tone=ask_tone(ask),
            name=advocate.name if identity.is_named else "",
            described=" · ".join(str(part) for part in described if part),
            contact=_contact(ask) if identity.is_named and ask.state == AskState.ACCEPTED else (),
            can_reveal=identity.can_reveal and own,
            slots=[
                (slot, slot_words(slot, zone), self._elsewhere(slot, ask))  # type: ignore[arg-type]
                for slot in self.free.get(ask.pk, ())
            ],
            booked=booked,
            booked_elsewhere=booked_elsewhere,
            time_note=_time_note(ask, identity.is_named),
            is_over=bool(
                activity and (not activity.starts_at or activity.starts_at <= clock.now())
            ),
            may_manage=may_ask(self.membership, advocate),
            may_answer="accept" in moves,
            withdraw=moves.get("withdraw"),
            may_complete=activity is not None and permit_move(self.membership, MOVE, activity),
            may_pick=(own or runs) and waits and self.object.people_meet,
            has_place=self._has_place,
        )

    def _elsewhere(self, times: Any, ask: Ask) -> str:
        """The same moment on the clocks of advocate and prospect, where they differ from one's
        own.
        """
        zone = timezone.get_current_timezone()
        clocks = (
            (_("%(time)s for the advocate"), ask.advocate.zone),
            (_("%(time)s for the prospect"), self._prospect_zone),
        )
        found = [(text, time_elsewhere(times, zone, other)) for text, other in clocks]
        return " · ".join(text % {"time": there} for text, there in found if there)

    @cached_property
    def _prospect_zone(self) -> ZoneInfo | None:
        return prospect_zone(self.object)

    @cached_property
    def _has_place(self) -> bool:
        video = self.object.meeting_format == MeetingFormat.VIDEO
        return not video or bool(usual_place(self.object))


def _time_note(ask: Ask, is_named: bool) -> str:
    """The advocate's own words may say who they are, so they are for whom that is known (VIS-1)."""
    if not ask.time_note:
        return ""
    if is_named:
        return _("about the time: “%(note)s”") % {"note": ask.time_note}
    return _("They wrote about the time; whoever runs the request passes it on.")


def _contact(ask: Ask) -> list[tuple[str, str]]:
    found = [(_("E-mail"), ask.advocate.email), (_("Phone"), ask.advocate.phone)]
    return [(label, value) for label, value in found if value]
