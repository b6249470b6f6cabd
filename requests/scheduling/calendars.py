"""Invitations that calendars understand: RFC 5545, RFC 5546 (FUL-1)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from activities.activities.models import Activity
from advocacy import clock
from advocacy.messaging.addresses import written
from advocacy.tenancy.text import one_line


def calendar_object(
    activity: Activity,
    *,
    method: str,
    sequence: int,
    zone: ZoneInfo,
    title: str,
    description: str,
    organizer: vCalAddress,
    attendees: Iterable[tuple[str, str]],
) -> str:
    """A booked call in the reader's zone, with that zone's rules; attendees by name and address."""
    starts_at, ends_at = times_of(activity)
    event = Event()
    event.add("uid", f"{activity.pk}@advocacy")
    event.add("sequence", sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", starts_at.astimezone(zone))
    event.add("dtend", ends_at.astimezone(zone))
    event.add("summary", one_line(title))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    if activity.location:
        event.add("location", one_line(activity.location))
    if description:
        event.add("description", description)
    event["organizer"] = organizer
    for name, email in attendees:
        guest = address(name, email)
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


def address(name: str, email: str) -> vCalAddress:
    """Somebody who organizes or attends."""
    found = vCalAddress(f"MAILTO:{written(email)}")
    found.params["CN"] = vText(one_line(name))
    return found


def times_of(activity: Activity) -> tuple[datetime, datetime]:
    """When it begins and ends. ``ValueError`` for one without a time."""
    if activity.starts_at is None or activity.ends_at is None:
        raise ValueError(f"activity {activity.pk} has no time")
    return activity.starts_at, activity.ends_at


def event_in(calendar: str) -> Event | None:
    """The event of an object that was sent; none where nothing was."""
    if not calendar:
        return None
    found = list(Calendar.from_ical(calendar).walk("VEVENT"))
    return found[0] if found and isinstance(found[0], Event) else None


def booked_in(calendar: str) -> tuple[datetime, datetime, str] | None:
    """When an object that was sent says the call is, and where."""
    event = event_in(calendar)
    if (
        event is None
        or not isinstance(event.start, datetime)
        or not isinstance(event.end, datetime)
    ):
        return None
    return event.start.astimezone(UTC), event.end.astimezone(UTC), str(event.get("location", ""))
