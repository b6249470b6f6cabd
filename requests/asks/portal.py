"""The advocate's page for one ask: phone first, no sign-in, one thumb (ASK-1, ID-3)."""

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from activities.activities.choices import OPEN, ActivityState
from advocacy import clock
from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.web import formatting as words
from advocacy.web.http import key_of
from advocacy.web.urls import quiet_reverse
from advocates.accounts.policy import needs_employer, needs_employer_by_policy
from advocates.people.choices import ENROLLED
from advocates.people.leave import given_with_yes
from advocates.program.involved import involved_url
from advocates.program.ledger.capacity import guard_status
from requests.asks.answers import AlreadyAnswered, AskAnswer, answer_ask
from requests.asks.choices import AskState
from requests.asks.presentation import letter_parts
from requests.mails import PURPOSE, first_name, language_of_ask
from requests.models import Ask
from requests.requests.whereabouts import prospect_zone
from requests.scheduling.renewing import offer_times
from requests.scheduling.slots import Slot, free_slots, slot_words, time_elsewhere, zone_words

#: The small forms behind the three quieter buttons.
SAYS = ("later", "colleague", "no")
#: Other times after a yes, whose own were not picked in time.
TIMES = "times"
_KINDS = {"yes": "accept", "later": "later", "colleague": "someone_else", "no": "decline"}


class AskPage(LinkPage):
    """Read the ask and answer it. Looking at it changes nothing; mail scanners follow links."""

    purposes = (PURPOSE,)

    ask: Ask

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        found = (
            Ask.objects.select_related(
                "advocate__account",
                "advocate__tenant",
                "sender__user",
                "participation__activity_type",
                "request__activity_type",
                "request__tenant",
                "request__requester__user",
                "activity",
            )
            .filter(pk=link.subject_id)
            .first()
        )
        if found is None:
            raise LinkGone("unknown")
        self.ask = found
        return language_of_ask(found), None

    @property
    def sign_in_url(self) -> str:
        """Where an advocate gets the link to their own page."""
        return quiet_reverse(None, "portal-sign-in", self.tenant.slug) or ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The ask, or what became of it."""
        return self._show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record the answer, then show what follows from it."""
        say = request.POST.get("say", "")
        if say == TIMES:
            return self._offer()
        if say not in _KINDS:
            return self._show(status=422, problem=_("Choose one of the answers."))
        try:
            answer_ask(
                actor=Actor.advocate(self.ask.advocate_id),
                ask=self.ask,
                answer=self._answer(say),
            )
        except AlreadyAnswered as over:
            self.ask.state = over.state
            return self._show(status=409)
        except DomainError as error:
            return self._show(status=error.status, problem=error.message, say=say)
        return HttpResponseRedirect(request.path)

    def _offer(self) -> HttpResponse:
        """Other times after the yes."""
        try:
            offer_times(
                actor=Actor.advocate(self.ask.advocate_id),
                ask=self.ask,
                slots=self._ticked(),
                time_note=self.request.POST.get("time_note", ""),
            )
        except DomainError as error:
            self.ask.refresh_from_db()
            return self._show(status=error.status, problem=error.message, say=TIMES)
        return HttpResponseRedirect(self.request.path)

    def _ticked(self) -> list[UUID]:
        return [pk for key in self.request.POST.getlist("slots") if (pk := key_of(key))]

    def _answer(self, say: str) -> AskAnswer:
        post = self.request.POST
        try:
            later = parse_date(post.get("later_on", ""))
        except ValueError:
            later = None
        return AskAnswer(
            kind=_KINDS[say],  # type: ignore[arg-type]
            slots=self._ticked(),
            time_note=post.get("time_note", ""),
            reason=post.get("reason", ""),
            later_on=later,
            name=post.get("name", ""),
            email=post.get("email", ""),
        )

    def _show(self, *, status: int = 200, problem: str = "", say: str = "") -> HttpResponse:
        ask, post = self.ask, self.request.POST
        advocate, now = ask.advocate, clock.now()
        state = _shown_state(ask)
        chosen = say or self.request.GET.get("say", "")
        template = "ask" if state == AskState.SENT else "over"
        zone = advocate.zone
        picked = ask.slots.filter(picked=True).first()
        free = free_slots(ask)
        waits = ask.activity is not None and ask.activity.state == ActivityState.ACCEPTED
        lead, rest = letter_parts(ask.message)
        context: dict[str, Any] = {
            "brand": self.tenant.name,
            "ask": ask,
            "lead": lead,
            "rest": rest,
            "letter_language": ask.language
            if ask.language and ask.language != language_of_ask(ask)
            else "",
            "state": state,
            "first_name": first_name(advocate),
            "say": chosen if chosen in SAYS else "",
            "problem": problem,
            "meets": ask.request.people_meet,
            "zone": zone_words(zone),
            "slots": [
                {
                    "key": str(slot.pk),
                    "words": slot_words(slot, zone),  # type: ignore[arg-type]
                    "elsewhere": time_elsewhere(slot, zone, self._prospect_zone()),  # type: ignore[arg-type]
                    # Kept as ticked after an error; never ticked by us.
                    "ticked": str(slot.pk) in post.getlist("slots"),
                }
                for slot in ask.slots.all()
                if slot.starts_at > now and not (waits and slot in free)
            ],
            "wants_times": waits
            and ask.request.people_meet
            and (ask.times_asked_at is not None or not (free or ask.time_note) or chosen == TIMES),
            "typed": {
                name: post.get(name, "")
                for name in ("time_note", "reason", "later_on", "name", "email")
            },
            "earliest": clock.today(zone) + timedelta(days=1),
            "answer_by": words.letter_moment(ask.expires_at.astimezone(zone)),
            "booked": slot_words(Slot(picked.starts_at, picked.ends_at), zone) if picked else "",
            "booked_is_over": picked is not None and picked.ends_at <= now,
            "offered": [slot_words(slot, zone) for slot in free],  # type: ignore[arg-type]
            "place": ask.activity.location if ask.activity else "",
            "this_year": self._this_year(),
            # The same link opens the preferences, as long as the person is in the program.
            "preferences_url": quiet_reverse(None, "portal-preferences", self.kwargs["secret"])
            if advocate.status in ENROLLED
            else None,
            "own_page_url": quiet_reverse(None, "portal-own-page", self.kwargs["secret"]),
            "involved_url": self._involved_url(),
            "gives": given_with_yes(advocate, ask.request.activity_type)
            if state == AskState.SENT
            else None,
        }
        return render(self.request, f"requests/portal/{template}.html", context, status=status)

    def _involved_url(self) -> str:
        """What to hand to an employer who may have to approve (ADV-4)."""
        kind = self.ask.request.activity_type
        asked = kind.is_on and (needs_employer(kind) or needs_employer_by_policy(kind))
        return involved_url(self.tenant, kind) if asked else ""

    def _prospect_zone(self) -> ZoneInfo | None:
        """Where the other side is, unless nothing may be told of it."""
        row = self.ask.request
        return None if row.is_confidential else prospect_zone(row)

    def _this_year(self) -> int:
        """Which one this would be in a year; this ask's own unit is counted already."""
        found = guard_status(
            activity_type=self.ask.request.activity_type, advocate_ids=[self.ask.advocate_id]
        ).get(self.ask.advocate_id)
        return found.used if found else 0


def _shown_state(ask: Ask) -> str:
    """The state of an ask as its page tells it: also what became of the yes.

    ``done`` once it happened, ``called_off`` when it does not take place after a yes.
    """
    if ask.state == AskState.SENT and ask.expires_at <= clock.now():
        return AskState.EXPIRED
    if ask.activity is not None:
        if ask.activity.state == ActivityState.COMPLETED:
            return "done"
        if ask.activity.state not in OPEN:
            return "called_off"
    return ask.state
