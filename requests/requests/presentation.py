"""How a request reads: its title, where it stands, what is next and by when, and its timeline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.events import bus
from advocacy.events.models import Event
from advocacy.events.presentation import style_of
from advocacy.tenancy.calendar import BusinessCalendar
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocates.countries import country_name
from requests.asks.answers import Kind
from requests.asks.lifecycle import ASK
from requests.forecasts.keeping import kept_forecast
from requests.forecasts.words import said
from requests.matching.exclusions import language_name
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from requests.requests.levels import ServiceLevel, service_level
from requests.requests.lifecycle import REQUEST_ASKABLE
from requests.requests.whereabouts import whereabouts_of
from requests.scheduling.slots import zone_words

#: What there is to do about the time of a call: pick one, ask for others, wait for them, for who
#: was let choose, or find others than those they refused.
Times = Literal["pick", "ask", "asked", "given", "refused"]

_TONES = {"green": "", "amber": "warning", "red": "danger", "paused": "", "none": ""}


def title_of(request: Request) -> str:
    """ "Reference call for Isdom"."""
    if not request.prospect:
        return str(request.activity_type)
    return _("%(type)s for %(prospect)s") % {
        "type": request.activity_type,
        "prospect": request.prospect,
    }


def subtitle_of(request: Request) -> str:
    """Industry, country, size, amount, stage and who asks, in one line."""
    deal = request.opportunity
    facts = [
        request.industry,
        country_name(request.country),
        ngettext("%(count)s person", "%(count)s people", request.employees)
        % {"count": f"{request.employees:,}"}
        if request.employees
        else request.get_segment_display(),
    ]
    if deal is not None:
        if deal.amount is not None:
            facts.append(words.money(deal.amount, deal.currency, short=True))
        if deal.closes_on:
            facts.append(
                _("%(stage)s, closing %(day)s")
                % {
                    "stage": deal.crm_stage or deal.get_stage_display(),
                    "day": words.day(deal.closes_on),
                }
            )
    facts.append(request.requester.name)
    return " · ".join(str(fact) for fact in facts if fact)


@dataclass(frozen=True, slots=True)
class Promise:
    """The promise that runs, in words, with its tone."""

    words: str
    due_at: datetime | None
    tone: str

    def __str__(self) -> str:
        return self.words


def promise_of(request: Request, calendar: BusinessCalendar, now: datetime) -> Promise:
    """What is promised until when."""
    level: ServiceLevel = service_level(request, calendar, now)
    if level.tone == "paused" and request.approval_since:
        return Promise(_("the clock stands still until it is approved"), None, "")
    if level.tone == "paused":
        return Promise(_("the clock stands still"), None, "")
    text = {"answer": _("answer due"), "confirm": _("confirmation due")}.get(level.promise, "")
    return Promise(text, level.due_at, _TONES[level.tone])


def next_for(
    request: Request,
    viewer: Membership,
    *,
    out: int,
    yes: int,
    proposed: int = 0,
    is_over: bool = False,
    times: Times = "pick",
) -> str:
    """What comes next, and by when, in the viewer's words (REQ-2)."""
    own = request.requester_id in answers_for(viewer)
    state = RequestState(request.state)
    due = words.moment(request.answer_due_at) if request.answer_due_at else ""
    by = words.moment(request.confirm_due_at) if request.confirm_due_at else ""
    runs = viewer.can("requests.triage")
    if state == RequestState.DRAFT:
        return _("Not submitted yet: nobody but you sees it.")
    if request.approval_since and state in REQUEST_ASKABLE:
        return _("It waits for approval; nobody is asked before that.")
    if state == RequestState.SUBMITTED:
        if runs:
            return _("Take it up, or ask somebody right away.")
        return _("A program manager answers by %(due)s.") % {"due": due}
    if state == RequestState.IN_REVIEW:
        if runs:
            return _("Find somebody who fits and ask them.")
        return _("We look for somebody who fits and can be asked, and confirm by %(by)s.") % {
            "by": by
        }
    if state == RequestState.NEEDS_INFO:
        return (
            _("Answer the question; then the clock goes on.")
            if own
            else _("%(name)s has to answer first.") % {"name": request.requester.name}
        )
    if state == RequestState.OUTREACH:
        return _outreach(request, runs, out, proposed, yes)
    if state == RequestState.CONFIRMED and not request.people_meet:
        return (
            _("Record it on the activity as soon as it is there.")
            if runs
            else _("It is on its way; the program records it when it is there.")
        )
    if state == RequestState.CONFIRMED and times == "asked":
        return _("The advocate was asked for other times; you hear as soon as there are some.")
    if state == RequestState.CONFIRMED and times == "given":
        return (
            _("Your prospect has the link and chooses; you can still pick a time yourself.")
            if own
            else _("The prospect has the link and chooses one of the times.")
        )
    if state == RequestState.CONFIRMED and times == "refused":
        return _("None of the times suits the prospect: pick another, or ask for new ones.")
    if state == RequestState.CONFIRMED and times == "ask":
        return _("No time that was offered is left: ask for new ones.")
    if state == RequestState.CONFIRMED:
        return (
            _("Pick one of the times offered.")
            if own
            else _("%(name)s picks one of the times.") % {"name": request.requester.name}
        )
    if state == RequestState.SCHEDULED and is_over:
        if own and not runs:
            return _("Say whether it took place.")
        return _("Record how it went.") if runs else _("The program records how it went.")
    if state == RequestState.SCHEDULED:
        return _("Brief the prospect before the call.") if own else _("The call is booked.")
    if state == RequestState.COMPLETED:
        return (
            _("Tell us how the deal ends, so that the advocate hears of it.")
            if own
            else _("%(name)s says how the deal ended.") % {"name": request.requester.name}
        )
    return request.state_reason


def _outreach(request: Request, runs: bool, out: int, proposed: int, yes: int) -> str:
    text = _("%(yes)d of %(needed)d said yes.") % {"yes": yes, "needed": request.number_needed}
    if out:
        waits = ngettext("%(count)d waits to be answered.", "%(count)d wait to be answered.", out)
        text = f"{text} {waits % {'count': out}}"
    if proposed:
        waits = ngettext(
            "%(count)d waits for its account's owner.",
            "%(count)d wait for their accounts' owners.",
            proposed,
        )
        text = f"{text} {waits % {'count': proposed}}"
    if out or proposed:
        return text
    return f"{text} " + (_("Ask the next.") if runs else _("We ask the next."))


@dataclass(frozen=True, slots=True)
class ProspectClock:
    """On which clock the prospect reads times, with those that one press chooses instead."""

    words: str
    choices: Sequence[tuple[str, str]] = ()


def prospect_clock(request: Request) -> ProspectClock:
    """What the seller should know before times go out (FUL-1)."""
    where = whereabouts_of(request)
    said = {"zone": zone_words(where.zone), "country": country_name(where.country)}
    if where.source == "said":
        return ProspectClock(_("The prospect reads %(zone)s.") % said)
    if where.source == "country":
        return ProspectClock(_("The prospect reads %(zone)s, as one does in %(country)s.") % said)
    if where.source == "company":
        return ProspectClock(
            _("Nobody said where the prospect is, so we assume %(zone)s, our own.") % said
        )
    choices = [(name, zone_words(ZoneInfo(name))) for name in (where.zone.key, *where.others)]
    text = _("We assume that the prospect reads %(zone)s. There are other clocks in %(country)s:")
    return ProspectClock(text % said, choices)


def facts_of(request: Request) -> list[tuple[str, Any]]:
    """What was asked for; only what was said."""
    persona = ", ".join(
        str(part)
        for part in (request.get_persona_seniority_display(), request.persona_function)
        if part
    )
    deal = request.opportunity
    tags = ", ".join(row.tag.name for row in request.request_tags.all())
    facts: list[tuple[str, Any]] = [
        (_("Needed"), _needed(request)),
        (_("Needed by"), request.needed_by),
        (_("Why the rush"), request.rush_reason),
        (_("Opportunity"), deal.name if deal else ""),
        (_("Size"), request.get_segment_display()),
        (_("Region"), request.get_region_display()),
        (_("Who wants to talk"), persona),
        (_("Who joins"), ", ".join(contact.called for contact in request.people)),
        (_("Products and use cases"), tags),
        (_("Language"), language_name(request.language) if request.language else ""),
        (_("Format"), request.get_meeting_format_display()),
        (_("Time zone"), request.time_zone),
        (_("Competitor"), request.competitor),
        (_("Intended use"), request.intended_use),
        (
            _("Confidential"),
            _("The advocate is not told who the prospect is.") if request.is_confidential else "",
        ),
        (_("Notes"), request.notes),
        (_("Program manager"), request.manager.name if request.manager else ""),
        (_("Said of a yes"), _foretold(request)),
    ]
    return [(label, value) for label, value in facts if value not in ("", None)]


def _needed(request: Request) -> str:
    text = ngettext("%(count)d advocate", "%(count)d advocates", request.needed_count)
    return f"{request.what} · {text % {'count': request.needed_count}}"


def _foretold(request: Request) -> str:
    kept = kept_forecast(request)
    return said(kept) if kept and request.state != RequestState.DRAFT else ""


#: What an advocate says in person; the rest of what follows from a yes happens by itself.
_SAID_BY_ADVOCATES = frozenset({*(ASK[name].verb for name in get_args(Kind)), "ask.times_offered"})


def timeline_of(
    events: Iterable[Event], asks: Iterable[Ask], named: set[Any]
) -> list[dict[str, Any]]:
    """Events as the timeline draws them; an advocate appears by name only to who may know it."""
    people = {ask.pk: ask.advocate.name for ask in asks if ask.pk in named}
    timeline = []
    for event in events:
        icon, tone = style_of(event.verb)
        text = bus.words(event.verb)
        if event.actor:
            who = event.actor.name
        elif event.actor_kind == "advocate" and event.verb in _SAID_BY_ADVOCATES:
            who = people.get(event.subject_id, _("The advocate"))
        elif event.payload.get("by") == "prospect":
            who = _("The prospect")
        else:
            who = ""
        detail = people.get(event.subject_id, "") if event.verb.startswith("ask.") else ""
        timeline.append(
            {
                "at": event.at,
                "text": text[:1].upper() + text[1:],
                "who": who,
                "detail": detail if detail != who else "",
                "icon": icon,
                "tone": tone,
            }
        )
    return timeline
