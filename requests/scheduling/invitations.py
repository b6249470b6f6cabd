"""Invitations that calendars understand: RFC 5545, RFC 5546 (FUL-1).

A calendar knows an invitation by its UID, at the address it came to and from the organizer it came
from. So what takes one back goes to that address and names that organizer, whatever address the
person has and whoever runs the request by now.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from activities.activities.models import Activity
from advocacy import clock
from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import one_line
from advocates.models import Advocate
from advocates.people.contact import write_to
from advocates.people.disclosure import discloses_after_acceptance, sees_everybody
from requests.mails import first_name, language_for, language_of, write
from requests.models import Ask, Request
from requests.scheduling.slots import Slot, slot_words, zone_words

INVITATION, CANCELLATION, MOVED = "invitation", "invitation_cancelled", "invitation_moved"

Side = Literal["advocate", "requester"]


@dataclass(frozen=True, slots=True)
class _Reader:
    """One side of a call: where its invitation goes, and what it may know of the other."""

    side: Side
    name: str
    #: Where an invitation goes now; nowhere when there is no address.
    email: str
    #: Where the last one went; nothing when there was none.
    invited: str
    zone: ZoneInfo
    language: str
    title: str
    words: dict[str, str]
    path: str = ""


def send_invitations(request: Request, ask: Ask, activity: Activity) -> None:
    """Invite advocate and requester, or tell them of the change: same UID, next SEQUENCE.

    Whose address has changed since gets the invitation anew, and it leaves the calendar it was in.
    """
    call = _Call(request, ask, activity)
    for reader in call.readers:
        if reader.email or reader.side == "advocate":
            call.mail(reader, INVITATION, "REQUEST", reader.email)
        if reader.invited not in ("", reader.email):
            call.mail(reader, MOVED, "CANCEL", reader.invited)


def cancel_invitations(request: Request, ask: Ask, activity: Activity) -> None:
    """Take a booked time out of the calendars it is in; nothing if it never was in any."""
    call = _Call(request, ask, activity)
    for reader in call.readers:
        if reader.invited or (reader.side == "advocate" and call.sequence):
            call.mail(reader, CANCELLATION, "CANCEL", reader.invited)


class _Call:
    """A booked call and what was sent of it before."""

    def __init__(self, request: Request, ask: Ask, activity: Activity) -> None:
        self.request, self.ask, self.activity = request, ask, activity
        self.host: Membership = request.manager or ask.sender
        self.before = list(
            OutgoingMail.objects.filter(
                subject_id=activity.pk, kind__in=[INVITATION, CANCELLATION]
            ).order_by("created_at", "id")
        )
        #: How many versions went out: the next SEQUENCE.
        self.sequence = sum(mail.unique_key.endswith(":requester") for mail in self.before)
        # Each side reads only what it may know of the other (VIS-1).
        self.named = discloses_after_acceptance(ask.advocate) or sees_everybody(request.requester)
        has_time = activity.starts_at is not None and activity.ends_at is not None
        self.readers = [self._advocate(), self._requester()] if has_time else []

    def _invited(self, side: Side) -> str:
        """Where the invitation is that stands now."""
        sent = [m for m in self.before if m.calendar and m.unique_key.endswith(f":{side}")]
        if not sent or sent[-1].calendar_method == "CANCEL":
            return ""
        return str(sent[-1].to_email)

    def _when(self, zone: ZoneInfo) -> str:
        slot = Slot(self.activity.starts_at, self.activity.ends_at)  # type: ignore[arg-type]
        return f"{slot_words(slot, zone)} ({zone_words(zone)})"

    def _advocate(self) -> _Reader:
        advocate, request = self.ask.advocate, self.request
        zone, language = advocate.zone, language_of(advocate)
        with translation.override(language):
            prospect = _("a company") if request.is_confidential else request.prospect
            words = {
                "first_name": first_name(advocate),
                "what": str(request.activity_type),
                "with": prospect,
                "when": self._when(zone),
            }
        return _Reader(
            side="advocate",
            name=advocate.name,
            email=advocate.email,
            invited=self._invited("advocate"),
            zone=zone,
            language=language,
            title=f"{request.activity_type}: {prospect}",
            words=words,
        )

    def _requester(self) -> _Reader:
        requester, request = self.request.requester, self.request
        zone, language = requester.zone, language_for(requester.user.language)
        with translation.override(language):
            who = self.ask.advocate.name if self.named else _described(self.ask.advocate)
            words = {
                "name": requester.name,
                "reference": request.reference,
                "what": str(request.activity_type),
                "with": who,
                "when": self._when(zone),
            }
        return _Reader(
            side="requester",
            name=requester.name,
            email=requester.email,
            invited=self._invited("requester"),
            zone=zone,
            language=language,
            title=f"{request.activity_type}: {request.prospect} – {who}",
            words=words,
            path=f"/t/{request.tenant.slug}/requests/{request.pk}/",
        )

    def mail(self, reader: _Reader, kind: str, method: str, to: str) -> None:
        """Queue one version for one side, to one address."""
        context = {
            **reader.words,
            "location": self.activity.location,
            "changed": self.sequence > 0,
            "sender": self.host.name,
        }
        template = kind if kind == MOVED else f"{kind}_{reader.side}"
        mail = write(template, context, reader.language)
        attendees = [(reader.name, to)]
        if reader.side == "requester" and self.named:
            advocate = self.readers[0]
            address = advocate.email if method == "REQUEST" else advocate.invited
            attendees += [(advocate.name, address)] if address else []
        key = f"{kind}:{self.activity.pk}:{self.sequence}:{reader.side}"
        if reader.side == "advocate" and (kind == INVITATION or not to):
            # As they want to be reached: a colleague may bring it (ADV-2.f).
            write_to(
                self.ask.advocate,
                kind=kind,
                subject=mail.subject,
                text=mail.text,
                sender=self.host,
                subject_id=self.activity.pk,
                unique_key=key,
                calendar=self._ics(reader, method, attendees),
                calendar_method=method,
            )
            return
        queue_mail(
            kind=kind,
            to_email=to,
            to_name=reader.name,
            subject=mail.subject,
            text=mail.text,
            path=reader.path if kind != MOVED else "",
            sender=self.host,
            subject_id=self.activity.pk,
            unique_key=key,
            calendar=self._ics(reader, method, attendees),
            calendar_method=method,
        )

    def _organizer(self) -> vCalAddress:
        """Who invited first: nobody else can change or cancel it in a calendar."""
        for mail in self.before:
            for event in Calendar.from_ical(mail.calendar).walk("VEVENT") if mail.calendar else ():
                organizer = event.get("organizer")
                if isinstance(organizer, vCalAddress):
                    return organizer
        return _address(self.host.name, self.host.email)

    def _ics(self, reader: _Reader, method: str, attendees: list[tuple[str, str]]) -> str:
        """An iCalendar object in the reader's zone, with that zone's rules."""
        activity = self.activity
        event = Event()
        event.add("uid", f"{activity.pk}@advocacy")
        event.add("sequence", self.sequence)
        event.add("dtstamp", clock.now())
        event.add("dtstart", activity.starts_at.astimezone(reader.zone))  # type: ignore[union-attr]
        event.add("dtend", activity.ends_at.astimezone(reader.zone))  # type: ignore[union-attr]
        event.add("summary", one_line(reader.title))
        event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
        if activity.location:
            event.add("location", one_line(activity.location))
        event["organizer"] = self._organizer()
        for name, email in attendees:
            guest = _address(name, email)
            guest.params["ROLE"] = vText("REQ-PARTICIPANT")
            guest.params["PARTSTAT"] = vText("NEEDS-ACTION")
            guest.params["RSVP"] = vText("TRUE")
            event.add("attendee", guest, encode=False)
        calendar = Calendar()
        calendar.add("prodid", "-//Advocacy//EN")
        calendar.add("version", "2.0")
        calendar.add("method", method)
        calendar.add_component(event)
        # The zone's rules around the call, not of a century.
        day = clock.now().date()
        calendar.add_missing_timezones(
            first_date=day - timedelta(days=366), last_date=day + timedelta(days=2 * 366)
        )
        return str(calendar.to_ical().decode())


def _described(advocate: Advocate) -> str:
    """A reference without a name: what they do, and in which industry."""
    facts = [advocate.job_title, advocate.account.industry]
    return ", ".join(fact for fact in facts if fact) or _("a reference")


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"MAILTO:{email}")
    address.params["CN"] = vText(one_line(name))
    return address
