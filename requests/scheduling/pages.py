"""What requester and program do about the time of a call (FUL-1)."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.models import Activity
from advocacy import clock
from advocacy.messaging.links import UnreadableLink, link_url
from advocacy.messaging.models import PersonalLink
from advocacy.web.http import Undo, go_on, safe_next
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import AboutForm, AboutPress
from requests.access import require_own
from requests.asks import selectors
from requests.models import AskSlot, Request
from requests.pages import AskMixin, RequestFormPage
from requests.requests.services import say_time_zone
from requests.scheduling import choosing, renewing, services, undo
from requests.scheduling.forms import ChooseForm, TimeForm, ZoneForm
from requests.scheduling.invitations import undo_for
from requests.scheduling.slots import Slot, duration_of, free_slots, time_elsewhere


class _Booking(AskMixin):
    """What says *Undo* after it, as long as nobody has heard of it."""

    def done(self, result: Any, message: str = "") -> HttpResponse:
        url = safe_next(self.request, self.get_success_url(result))
        text = message or _("Booked. Everybody gets an invitation in a moment.")
        undo_url = tenant_reverse(self.request, "requests:undo-booking", self.ask.pk)
        return go_on(
            self.request, url, text, undo=Undo(undo_url, [], clock.now() + undo_for(), url)
        )


class PickSlot(_Booking, AboutPress):
    """Book one of the times the advocate offered."""

    permission = "requests.view"

    def perform(self) -> Activity:
        return services.pick_slot(
            actor=self.actor,
            request=self.row,
            slot=selectors.get_slot(self.ask, self.kwargs["slot"]),
        )


class Schedule(_Booking, AboutForm):
    """Book a time agreed otherwise, or change time, place and guests."""

    permission = "requests.view"
    form_class = TimeForm
    edits = True
    submit_label = gettext_lazy("Book it")

    def get_title(self) -> str:
        return _("Change the booking") if self._booked() else _("Book a time")

    @cached_property
    def offered(self) -> AskSlot | None:
        """The time to begin with: the one in the address, else the first that is free."""
        free = free_slots(self.ask)
        wanted = self.request.GET.get("slot", "")
        return next((slot for slot in free if str(slot.pk) == wanted), free[0] if free else None)

    def get_form_kwargs(self) -> dict[str, Any]:
        shown = {"zone": self.membership.zone, "elsewhere": self._elsewhere()}
        return {**super().get_form_kwargs(), **shown}

    def _elsewhere(self) -> str:
        """What the advocate's clock shows, beside one's own."""
        zone, activity = self.ask.advocate.zone, self.ask.activity
        begins = activity.starts_at if activity is not None else None
        begins = begins or (self.offered.starts_at if self.offered else clock.now())
        there = time_elsewhere(Slot(begins, begins), self.membership.zone, zone)
        if not there:
            return _("The advocate's clock shows the same.")
        if activity is not None and not activity.starts_at and not self.offered:
            return _("It is %(time)s for the advocate now.") % {"time": there}
        return _("For the advocate that is %(time)s.") % {"time": there}

    def get_initial(self) -> dict[str, Any]:
        """What is booked, else the time offered at the usual place."""
        booked = self._booked()
        if booked:
            return booked
        lasting = duration_of(self.row.activity_type)
        return {
            "minutes": int(lasting.total_seconds() // 60),
            "starts_at": self.offered.starts_at if self.offered else None,
            "location": services.usual_place(self.row),
            "contacts": self.row.contacts,
        }

    def get_saved(self, form: Any) -> dict[str, Any]:
        """What is booked; an offer is not."""
        kept = {"contacts": self.row.contacts}
        return {**dict.fromkeys(form.fields), **self._booked(), **kept}

    def _booked(self) -> dict[str, Any]:
        activity = self.ask.activity
        if activity is None or not activity.starts_at or not activity.ends_at:
            return {}
        minutes = int((activity.ends_at - activity.starts_at).total_seconds() // 60)
        return {
            "starts_at": activity.starts_at,
            "minutes": minutes,
            "location": activity.location,
            "contacts": self.row.contacts,
        }

    def perform(self, form: TimeForm) -> Activity:
        data = form.cleaned_data
        start: datetime = data["starts_at"]
        return services.schedule_call(
            actor=self.actor,
            ask=self.ask,
            starts_at=start,
            ends_at=start + timedelta(minutes=data["minutes"]),
            location=data["location"],
            contacts=data["contacts"],
        )


class ProspectZone(RequestFormPage):
    """Say on which clock the prospect lives; one press where it is one of those offered."""

    permission = "requests.submit"
    form_class = ZoneForm
    edits = True
    service = say_time_zone
    title = gettext_lazy("Where is the prospect?")
    success_message = gettext_lazy("Kept. From now on they read times on that clock.")

    def find(self) -> Request:
        row = super().find()
        require_own(self.actor, row)
        return row

    def get_initial(self) -> dict[str, Any]:
        return {"time_zone": self.row.time_zone}

    def done(self, result: Request) -> HttpResponse:
        return go_on(self.request, self.home(), str(self.success_message), then="again")


class UndoBooking(AskMixin, AboutPress):
    """Take a booking back while its invitations wait."""

    permission = "requests.view"
    service = undo.undo_booking
    success_message = gettext_lazy("Taken back. Nobody was told.")


class AskForTimes(AskMixin, AboutPress):
    """Ask the advocate for other times."""

    permission = "requests.view"
    service = renewing.ask_for_times
    success_message = gettext_lazy("Asked. You hear as soon as they offer new times.")


class LetThemChoose(AskMixin, AboutForm):
    """Give the prospect a link to pick one of the times."""

    permission = "requests.view"
    form_class = ChooseForm
    template_name = "requests/choose_time.html"
    panel_template = "requests/choose_time_panel.html"
    edits = True
    service = choosing.let_them_choose
    title = gettext_lazy("Let them choose the time")
    submit_label = gettext_lazy("Send the link")
    success_message = gettext_lazy("Sent. You get the invitation as soon as they pick a time.")

    def get_initial(self) -> dict[str, Any]:
        return {"contacts": self.row.contacts}

    def get_context(self) -> dict[str, Any]:
        """Their link, once there is one: it can be passed on in one's own mail."""
        link = choosing.booking_link(self.ask)
        return {**super().get_context(), "link": _address_of(link) if link else ""}


def _address_of(link: PersonalLink) -> str:
    try:
        return link_url(link)
    except UnreadableLink:
        return ""
