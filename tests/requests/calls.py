"""A call as the tests bring it about, and what its mails say to an independent reader."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar

from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from requests.asks.answers import AskAnswer, answer_ask
from requests.asks.drafting import AskDraft
from requests.asks.services import send_asks
from requests.models import Ask, Request
from requests.scheduling.slots import Slot
from tests.factories.requests import ReadyFactory

MakeRequest = Callable[..., Request]
Confirmed = Callable[..., Ask]
FIRST = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)
HALF = timedelta(minutes=30)
JANE, JOHN = "Jane Roe, jane@isdom.example", "John Doe <john@isdom.example>"


def confirm(make_request: MakeRequest, alice: Membership, **changes: Any) -> Ask:
    """An ask that was answered with a yes and two times, around the change to summer time."""
    advocate = changes.pop("advocate", None)
    request = make_request(**{"needed_by": date(2026, 4, 30), **changes})
    who = advocate or ReadyFactory(
        first_name="Ana", last_name="Lima", time_zone="Europe/Lisbon", seniority="executive"
    )
    times = tuple(Slot(FIRST + timedelta(days=n), FIRST + timedelta(days=n) + HALF) for n in (0, 3))
    draft = AskDraft(who, "Half an hour?", "Would you?", times, "Offered by phone.")
    (ask,) = send_asks(actor=Actor.member(alice), request=request, drafts=[draft])
    answer = AskAnswer("accept", slots=[slot.pk for slot in ask.slots.all()])
    return answer_ask(actor=Actor.advocate(who.pk), ask=ask, answer=answer)


class Diary:
    """What a calendar program at one address shows, given every mail that came to it."""

    def __init__(self, email: str) -> None:
        self.events: dict[str, Any] = {}
        #: (method, sequence) in the order in which they came.
        self.got: list[tuple[str, int]] = []
        mails = OutgoingMail.objects.filter(to_email=email).exclude(state="cancelled")
        versions = sorted(mails.exclude(calendar=""), key=lambda m: m.unique_key.split(":")[2])
        for mail in versions:
            calendar = Calendar.from_ical(mail.calendar)
            (event,) = calendar.walk("VEVENT")
            method, uid = str(calendar["METHOD"]), str(event["UID"])
            assert method == mail.calendar_method
            sequence, held = int(event["SEQUENCE"]), self.events.get(uid)
            self.got.append((method, sequence))
            # RFC 5546: an older version, or one from somebody else, is not taken.
            assert held is None or sequence > int(held["SEQUENCE"])
            assert held is None or str(event["ORGANIZER"]) == str(held["ORGANIZER"])
            if method == "CANCEL":
                assert str(event["STATUS"]) == "CANCELLED"
                self.events.pop(uid, None)
            else:
                self.events[uid] = event

    @property
    def event(self) -> Any:
        """The one call in it; none when it is empty."""
        return next(iter(self.events.values()), None)

    @property
    def guests(self) -> set[str]:
        """Who attends, by address."""
        found = self.event["ATTENDEE"]
        people = found if isinstance(found, list) else [found]
        return {str(each).removeprefix("MAILTO:") for each in people}
