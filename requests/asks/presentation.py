"""How an ask stands, as a colour, and by when one would be answered, in words."""

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from advocacy import clock
from advocacy.tenancy.calendar import calendar_of
from advocacy.web import formatting as words
from advocates.models import Advocate
from requests.asks.choices import AskState
from requests.models import Ask, Request
from requests.requests.levels import answer_times

AskTone = Literal["waiting", "yes", "no"]


def ask_tone(ask: Ask) -> AskTone:
    """Whether an ask still may become a call."""
    if ask.state == AskState.SENT:
        return "waiting"
    return "yes" if ask.state == AskState.ACCEPTED else "no"


def answer_by_words(request: Request, advocates: Iterable[Advocate]) -> dict[UUID, str]:
    """When an ask that went out now would end for each, where they are."""
    calendar, now = calendar_of(request.tenant), clock.now()
    found = {}
    for advocate in advocates:
        _remind_at, expires_at = answer_times(request, advocate, calendar, now)
        found[advocate.pk] = words.letter_moment(expires_at.astimezone(advocate.zone))
    return found


#: So much of a letter is read before it is unfolded, on a phone above the times.
_LEAD = 280


def letter_parts(message: str) -> tuple[str, str]:
    """What of a letter stands above the times, and what is folded below it: the greeting with the
    first paragraph, shortened to whole sentences where that is long.
    """
    paragraphs = [part.strip() for part in message.strip().split("\n\n") if part.strip()]
    lead: list[str] = []
    while paragraphs and sum(map(len, lead)) < _LEAD // 4:
        lead.append(paragraphs.pop(0))
    if lead and len(lead[-1]) > _LEAD:
        cut = max(lead[-1].rfind(end, 0, _LEAD) for end in (". ", "? ", "! "))
        if cut > 0:
            paragraphs.insert(0, lead[-1][cut + 2 :])
            lead[-1] = lead[-1][: cut + 1]
    return "\n\n".join(lead), "\n\n".join(paragraphs)
