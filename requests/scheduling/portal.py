"""The prospect's page: which of the times, without signing in (FUL-1.b, VIS-1)."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from activities.activities.choices import ActivityState
from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.errors import DomainError
from advocacy.web.http import key_of
from requests.asks.choices import AskState
from requests.asks.drafting import minutes_words
from requests.mails import BOOKING_PURPOSE
from requests.models import Ask, AskSlot
from requests.requests.whereabouts import Whereabouts, whereabouts_of
from requests.scheduling.choosing import choose_slot, language_of_prospect, wish_time
from requests.scheduling.readers import may_name
from requests.scheduling.slots import (
    Slot,
    free_slots,
    slot_words,
    time_elsewhere,
    zone_words,
)


class BookingPage(LinkPage):
    """The times that are left, and one press. Looking at it changes nothing."""

    purposes = (BOOKING_PURPOSE,)

    ask: Ask

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        found = (
            Ask.objects.select_related(
                "advocate__account",
                "advocate__tenant",
                "activity",
                "request__activity_type",
                "request__opportunity__account",
                "request__requester__user",
                "request__tenant",
            )
            .prefetch_related("slots")
            .filter(pk=link.subject_id)
            .first()
        )
        if found is None:
            raise LinkGone("unknown")
        self.ask = found
        return language_of_prospect(found.request), None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The times, or what was booked."""
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Book one, or pass on that none suits; what is wrong is said, what was typed kept."""
        try:
            if request.POST.get("say") == "other":
                wish_time(ask=self.ask, note=request.POST.get("note", ""))
                return self.show(told=True)
            choose_slot(ask=self.ask, slot=self._slot(), zone=request.POST.get("zone", ""))
        except DomainError as error:
            self.find(self.link)
            # Somebody else of theirs was faster: the page says what is booked.
            text = error.message if error.code != "already_booked" else ""
            return self.show(problem=text, status=error.status)
        return HttpResponseRedirect(request.path)

    def _slot(self) -> AskSlot:
        wanted = key_of(self.request.POST.get("slot", ""))
        for slot in self.ask.slots.all():
            if slot.pk == wanted:
                slot.ask = self.ask
                return slot
        problem = _("Choose one of the times.")
        raise DomainError(problem, fields={"slot": problem})

    @property
    def state(self) -> str:
        """``choose``, ``none`` where no time is left, ``booked``, ``done`` or ``over``."""
        activity = self.ask.activity
        if self.ask.state != AskState.ACCEPTED or activity is None:
            return "over"
        if activity.state == ActivityState.SCHEDULED:
            return "booked"
        if activity.state != ActivityState.ACCEPTED:
            return "done" if activity.state == ActivityState.COMPLETED else "over"
        return "choose" if free_slots(self.ask) else "none"

    def show(self, *, problem: str = "", told: bool = False, status: int = 200) -> HttpResponse:
        """The page."""
        ask, state = self.ask, self.state
        row = ask.request
        context = {
            "brand": self.tenant.name,
            "row": row,
            "state": state,
            "requester": row.requester,
            "problem": problem,
            "told": told,
            "note": "" if told else self.request.POST.get("note", ""),
            "minutes": minutes_words(row.activity_type),
            "who": self._who(state),
            "questions": [line.strip("-•* ") for line in row.questions.splitlines() if line],
            "zone": zone_words(self.zone),
            "unsure": self.where.is_assumed,
            "slots": [self._time(slot) for slot in free_slots(ask)] if state == "choose" else [],
            "booked": self._booked(),
            "place": ask.activity.location if ask.activity else "",
            "invited": ", ".join(contact.called for contact in row.people),
        }
        return render(self.request, "requests/portal/booking.html", context, status=status)

    @cached_property
    def where(self) -> Whereabouts:
        return whereabouts_of(self.ask.request)

    @property
    def zone(self) -> ZoneInfo:
        """Theirs as far as we know; the page's script puts the browser's in its place."""
        return self.where.zone

    def _who(self, state: str) -> str:
        """Before a time is booked no more than sales may see of a possible reference (VIS-1.a)."""
        advocate = self.ask.advocate
        company = advocate.account
        if state in ("booked", "done") and may_name(self.ask):
            facts = [advocate.name, advocate.job_title, company.name]
        else:
            facts = [
                advocate.job_title,
                company.industry,
                company.get_segment_display(),
                company.get_region_display(),
            ]
        return ", ".join(str(fact) for fact in facts if fact)

    def _time(self, slot: AskSlot) -> dict[str, Any]:
        times = Slot(slot.starts_at, slot.ends_at)
        return {
            "key": str(slot.pk),
            "starts_at": slot.starts_at,
            "ends_at": slot.ends_at,
            "words": slot_words(times, self.zone),
            "elsewhere": time_elsewhere(times, self.zone, self.ask.advocate.zone),
        }

    def _booked(self) -> dict[str, Any] | None:
        activity = self.ask.activity
        if activity is None or activity.starts_at is None or activity.ends_at is None:
            return None
        words = slot_words(Slot(activity.starts_at, activity.ends_at), self.zone)
        return {"starts_at": activity.starts_at, "ends_at": activity.ends_at, "words": words}
