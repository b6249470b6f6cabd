"""Who hears of a booked call, of another time and of its end (FUL-1).

A calendar knows an invitation by its UID, at the address it came to and from the organizer it came
from. So every address that has one gets what changes it and what takes it back, whatever address
the person has by now, whoever is invited, and whoever runs the request.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import vCalAddress

from activities.activities.models import Activity
from advocacy import clock
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.numbers import Undoing
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocates.people.contact import write_to
from advocates.people.disclosure import sees_everybody
from requests.mails import write
from requests.models import Ask, Request
from requests.requests.contacts import Contact
from requests.scheduling.calendars import address, booked_in, calendar_object, event_in
from requests.scheduling.readers import (
    ADVOCATE,
    REQUESTER,
    Reader,
    is_prospect,
    may_name,
    prospect_reader,
    readers_of,
)

INVITATION, CANCELLATION, MOVED = "invitation", "invitation_cancelled", "invitation_moved"
KINDS = (INVITATION, CANCELLATION, MOVED)


def undo_for() -> timedelta:
    """So long an invitation waits in the outbox, and the booking can be taken back unheard."""
    return timedelta(seconds=current(Undoing).undo_seconds)


def send_invitations(request: Request, ask: Ask, activity: Activity) -> None:
    """Invite everybody, or tell them of the change: same UID, next SEQUENCE.

    Whose address has changed since gets the invitation anew, and it leaves the calendar it was in;
    so it does where somebody is not invited any more.
    """
    call = _Call(request, ask, activity)
    for reader in call.readers:
        if reader.email or reader.side == ADVOCATE:
            call.mail(reader, INVITATION, "REQUEST", reader.email)
        for old in call.standing.get(reader.side, set()) - {reader.email}:
            call.mail(reader, MOVED, "CANCEL", old)
    for reader, old in call.former():
        call.mail(reader, MOVED, "CANCEL", old)


def cancel_invitations(request: Request, ask: Ask, activity: Activity) -> None:
    """Take a booked time out of every calendar it is in; nothing if it never was in any."""
    call = _Call(request, ask, activity)
    for reader in call.readers:
        for old in sorted(call.standing.get(reader.side, ())):
            call.mail(reader, CANCELLATION, "CANCEL", old)
        if reader.side == ADVOCATE and ADVOCATE not in call.standing and call.before:
            # A colleague brought it, and brings this.
            call.mail(reader, CANCELLATION, "CANCEL", "")
    for reader, old in call.former():
        call.mail(reader, CANCELLATION, "CANCEL", old)


def versions_of(activity: Activity) -> list[OutgoingMail]:
    """Every mail about a booked call, the oldest first, also those that were taken back."""
    mails = OutgoingMail.objects.filter(subject_id=activity.pk, kind__in=KINDS)
    return sorted(mails.order_by("created_at", "id"), key=sequence_of)


def sequence_of(mail: OutgoingMail) -> int:
    """Which version of the call a mail tells."""
    # Behind the side the key of one that was called back goes on.
    return int(mail.unique_key.split(":")[2])


def standing_in(mails: Iterable[OutgoingMail]) -> dict[str, set[str]]:
    """Which addresses have the invitation, by side."""
    found: dict[str, set[str]] = {}
    for mail in mails:
        if mail.calendar:
            held = found.setdefault(mail.unique_key.rpartition(":")[2], set())
            (held.discard if mail.calendar_method == "CANCEL" else held.add)(mail.to_email)
    return {side: held for side, held in found.items() if held}


class _Call:
    """A booked call and what was sent of it before."""

    def __init__(self, request: Request, ask: Ask, activity: Activity) -> None:
        self.request, self.ask, self.activity = request, ask, activity
        self.host: Membership = request.manager or ask.sender
        mails = versions_of(activity)
        #: A version that was taken back is not sent again, nor is its number.
        self.sequence = max((sequence_of(mail) for mail in mails), default=-1) + 1
        self.before = [mail for mail in mails if mail.state != MailState.CANCELLED]
        self.standing = standing_in(self.before)
        has_time = activity.starts_at is not None and activity.ends_at is not None
        self.readers = readers_of(request, ask, activity) if has_time else []

    def former(self) -> list[tuple[Reader, str]]:
        """The prospect's people who have an invitation and are not invited any more."""
        if not self.readers:
            return []
        sides, names = {each.side for each in self.readers}, self._names()
        return [
            (prospect_reader(self.request, self.ask, self.activity, Contact(names[old], old)), old)
            for side, held in sorted(self.standing.items())
            for old in sorted(held)
            if is_prospect(side) and side not in sides
        ]

    def _names(self) -> dict[str, str]:
        return {mail.to_email: mail.to_name for mail in self.before}

    def mail(self, reader: Reader, kind: str, method: str, to: str) -> None:
        """Queue one version for one side, to one address."""
        context = {
            **reader.words,
            "parts": reader.parts,
            "changed": bool(self.before),
            "moved": self._is_moved(),
            "sender": self.host.name,
        }
        template = f"{kind}_{reader.kind}"
        if kind == MOVED and not is_prospect(reader.side):
            template = MOVED
        mail = write(template, context, reader.language)
        key = f"{kind}:{self.activity.pk}:{self.sequence}:{reader.side}"
        calendar = calendar_object(
            self.activity,
            method=method,
            sequence=self.sequence,
            zone=reader.zone,
            title=reader.title,
            description="\n\n".join(reader.parts) if method == "REQUEST" else "",
            organizer=self._organizer(),
            attendees=self._attendees(reader, method, to),
        )
        # Until then the booking can be taken back, and nobody has heard of it.
        due_at: datetime | None = clock.now() + undo_for() if kind != CANCELLATION else None
        if reader.side == ADVOCATE and (kind == INVITATION or not to):
            # As they want to be reached: a colleague may bring it (ADV-2.f).
            write_to(
                self.ask.advocate,
                kind=kind,
                subject=mail.subject,
                text=mail.text,
                sender=self.host,
                subject_id=self.activity.pk,
                unique_key=key,
                due_at=due_at,
                calendar=calendar,
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
            # Whoever sells to them writes to the prospect; the program to its own.
            sender=self.request.requester if is_prospect(reader.side) else self.host,
            subject_id=self.activity.pk,
            unique_key=key,
            due_at=due_at,
            calendar=calendar,
            calendar_method=method,
        )

    def _is_moved(self) -> bool:
        """Whether the calendars show another time than the one that is booked now."""
        told = [
            found[:2]
            for mail in self.before
            if mail.calendar_method == "REQUEST" and (found := booked_in(mail.calendar))
        ]
        return bool(told) and told[-1] != (self.activity.starts_at, self.activity.ends_at)

    def _organizer(self) -> vCalAddress:
        """Who invited first: nobody else can change or cancel it in a calendar."""
        for mail in self.before:
            event = event_in(mail.calendar)
            organizer = event.get("organizer") if event else None
            if isinstance(organizer, vCalAddress):
                return organizer
        return address(self.host.name, self.host.email)

    def _attendees(self, reader: Reader, method: str, to: str) -> list[tuple[str, str]]:
        """The reader and whom they may know: nobody learns an address by an invitation that
        disclosure or confidentiality keeps from them (VIS-1).
        """
        found = [(reader.name, to)]
        for other in self.readers:
            if other.side == reader.side or not self._shows(reader, other):
                continue
            held = sorted(self.standing.get(other.side, ()))
            email = other.email if method == "REQUEST" else (held[0] if held else "")
            if email:
                found.append((other.name, email))
        return found

    def _shows(self, reader: Reader, other: Reader) -> bool:
        if other.side == ADVOCATE:
            if reader.side == REQUESTER:
                return may_name(self.ask) or sees_everybody(self.request.requester)
            return may_name(self.ask)
        if reader.side == ADVOCATE:
            return is_prospect(other.side) and not self.request.is_confidential
        return True
