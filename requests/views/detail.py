"""One request at one address: the requester sees where it stands, the program works on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from activities.services.access import MOVE, permit_move
from activities.states import ActivityState
from advocacy import clock
from advocacy.events.selectors import timeline
from advocacy.tenancy.calendar import calendar_of
from advocacy.web import formatting as words
from advocacy.web.http import is_htmx
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage, MemberView
from advocates.models import TierStanding
from advocates.selectors.disclosure import sees_everybody
from requests.matching import Match, assess, match, tally
from requests.models import Ask, AskSlot, Request
from requests.presentation import (
    ask_tone,
    facts_of,
    next_for,
    promise_of,
    story_of,
    subtitle_of,
    title_of,
)
from requests.selectors import requests as selectors
from requests.selectors.disclosure import identities
from requests.services.access import may_ask
from requests.services.asks import SPARE
from requests.services.drafting import Slot, slot_words, zone_words
from requests.services.ending import wanted
from requests.states import REQUEST_ASKABLE, AskState, RequestState
from requests.views.triage import EDITABLE

PLACE = "requests"


@dataclass(frozen=True, slots=True)
class AskRow:
    """An ask as one member sees it."""

    ask: Ask
    tone: str
    name: str
    described: str
    contact: Sequence[tuple[str, str]]
    can_reveal: bool
    slots: Sequence[tuple[AskSlot, str]]
    booked: str
    #: What the advocate wrote about the time, or that they wrote something.
    time_note: str
    is_over: bool
    may_manage: bool
    may_complete: bool
    may_pick: bool


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


class RequestPage(DetailPage):
    """State line, who was asked, who fits, what happened."""

    permission = "requests.view"
    place = PLACE
    template_name = "requests/detail.html"
    panel_template = "requests/panel.html"
    object: Request

    def get_object(self) -> Request:
        """The request, if this member may see it."""
        return selectors.get_request(self.membership, self.kwargs["pk"])

    def get_title(self) -> str:
        """What, and for whom."""
        return title_of(self.object)

    @cached_property
    def asks(self) -> list[Ask]:
        """Everybody asked so far."""
        return selectors.asks_of(self.object)

    def get_context(self) -> dict[str, Any]:
        """Everything but the ranking, which only the program sees."""
        request, viewer = self.object, self.membership
        own = request.requester_id == viewer.pk
        runs = viewer.can("requests.triage")
        shown = identities(viewer, self.asks)
        named = {ask.pk for ask in self.asks if shown[ask.pk].is_named}
        out = sum(ask.state == AskState.SENT for ask in self.asks)
        yes = sum(ask.state == AskState.ACCEPTED for ask in self.asks)
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
            "next": next_for(request, viewer, out=out, yes=yes, is_over=self._is_over()),
            "actions": self._actions(own, runs, yes),
            "facts": facts_of(request),
            "questions": [line.strip() for line in request.questions.splitlines() if line.strip()],
            "asks": [self._ask_row(ask, shown[ask.pk], own, runs) for ask in self.asks],
            "happened": story_of(timeline(request), self.asks, named),
            "yes": yes,
            "wanted": wanted(request),
        }
        if viewer.can("requests.match") and request.state in REQUEST_ASKABLE:
            context |= ranking_context(self.request, viewer, request, self.asks)
        return context

    def _is_over(self) -> bool:
        """Whether a booked time has passed without anybody having said how it went."""
        return any(
            ask.activity is not None
            and ask.activity.state == ActivityState.SCHEDULED
            and ask.activity.ends_at is not None
            and ask.activity.ends_at <= clock.now()
            for ask in self.asks
        )

    def _actions(self, own: bool, runs: bool, yes: int) -> list[dict[str, Any]]:
        """What this member may do now; the first one is the page's primary."""
        state = self.object.state
        offered: list[tuple[bool, str, str, str, str]] = [
            (own and state == RequestState.DRAFT, "submit", _("Submit"), "post", "send"),
            (
                own and state == RequestState.NEEDS_INFO,
                "give-info",
                _("Answer the question"),
                "panel",
                "message",
            ),
            (
                (own or runs) and state == RequestState.COMPLETED,
                "close",
                _("Close the request"),
                "panel",
                "archive",
            ),
            (
                (own or runs)
                and state == RequestState.OUTREACH
                and 0 < yes < self.object.needed_count,
                "accept-fewer",
                _("%(yes)d is enough") % {"yes": yes},
                "post",
                "check",
            ),
            (runs and state == RequestState.SUBMITTED, "take-up", _("Take it up"), "post", "eye"),
            (
                runs and state in (RequestState.DECLINED, RequestState.UNFILLED),
                "reopen",
                _("Try again…"),
                "panel",
                "refresh",
            ),
            (
                runs
                and state
                in (RequestState.SUBMITTED, RequestState.IN_REVIEW, RequestState.OUTREACH),
                "needs-info",
                _("Needs info…"),
                "panel",
                "",
            ),
            (
                runs
                and state
                in (
                    RequestState.SUBMITTED,
                    RequestState.IN_REVIEW,
                    RequestState.NEEDS_INFO,
                    RequestState.OUTREACH,
                ),
                "decline",
                _("Decline…"),
                "panel",
                "",
            ),
            ((own or runs) and state in EDITABLE, "edit", _("Change"), "page", "pencil"),
            (
                own
                and state
                in (
                    RequestState.DRAFT,
                    RequestState.SUBMITTED,
                    RequestState.IN_REVIEW,
                    RequestState.NEEDS_INFO,
                    RequestState.OUTREACH,
                    RequestState.CONFIRMED,
                    RequestState.SCHEDULED,
                ),
                "cancel",
                _("Cancel…"),
                "panel",
                "",
            ),
        ]
        first = ("submit", "give-info", "close", "accept-fewer", "take-up", "reopen")
        return [
            {
                "url": tenant_reverse(self.request, f"requests:{name}", self.object.pk),
                "label": label,
                "how": how,
                "icon": icon,
                "primary": name in first and not any(o[0] for o in offered[:n]),
            }
            for n, (may, name, label, how, icon) in enumerate(offered)
            if may
        ]

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
        booked = ""
        if activity is not None and activity.starts_at and activity.ends_at:
            when = Slot(activity.starts_at, activity.ends_at)
            booked = slot_words(when, zone)  # type: ignore[arg-type]
        waits = activity is not None and activity.state in (
            ActivityState.ACCEPTED,
            ActivityState.SCHEDULED,
        )
        return AskRow(
            ask=ask,
            tone=ask_tone(ask),
            name=advocate.name if identity.is_named else "",
            described=" · ".join(str(part) for part in described if part),
            contact=_contact(ask) if identity.is_named and ask.state == AskState.ACCEPTED else (),
            can_reveal=identity.can_reveal and own,
            slots=[
                (slot, slot_words(slot, zone))  # type: ignore[arg-type]
                for slot in ask.slots.all()
                if slot.offered and slot.starts_at > clock.now()
            ]
            if ask.state == AskState.ACCEPTED
            else [],
            booked=booked,
            time_note=_time_note(ask, identity.is_named),
            is_over=bool(
                activity and (not activity.starts_at or activity.starts_at <= clock.now())
            ),
            may_manage=may_ask(self.membership, advocate),
            may_complete=activity is not None and permit_move(self.membership, MOVE, activity),
            may_pick=(own or runs) and waits,
        )


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


def ranking_context(
    http: HttpRequest, viewer: Any, request: Request, asks: Sequence[Ask]
) -> dict[str, Any]:
    """Who fits; the account of everybody who is not in the ranking is :class:`TotalsPage`."""
    ranked = match(request).ranked
    out = sum(ask.state == AskState.SENT for ask in asks)
    yes = sum(ask.state == AskState.ACCEPTED for ask in asks)
    missing = max(wanted(request) - yes, 0)
    last = max(
        (ask for ask in asks if ask_tone(ask) == "no"),
        key=lambda ask: ask.answered_at or ask.expires_at,
        default=None,
    )
    return {
        "ranking": rows_for(viewer, ranked),
        "room": max(missing + SPARE - out, 0),
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
    place = PLACE
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
    place = PLACE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A fragment below the search box."""
        wanted_request = selectors.get_request(self.membership, kwargs["pk"])
        said = request.GET.get("who", "").strip()
        people = selectors.search_people(said) if said else []
        found = assess(wanted_request, [person.pk for person in people])
        rows = rows_for(self.membership, [found[p.pk] for p in people if p.pk in found])
        return render(
            request,
            "requests/why_not.html",
            {
                "words": said,
                "rows": rows,
                "askable": wanted_request.state in REQUEST_ASKABLE,
                "draft_url": tenant_reverse(request, "requests:draft", wanted_request.pk),
                "sees": sees_everybody(self.membership),
            },
        )
