"""How an ask stands, as a colour, and by when one would be answered, in words."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import clock
from advocacy.tenancy.calendar import calendar_of
from advocacy.web import formatting as words
from advocates.models import Advocate
from requests.asks.because import because_words
from requests.asks.choices import WAITING, AskState, OwnerSaid
from requests.asks.owners_say import Say
from requests.models import Ask, Request
from requests.requests.levels import answer_times

AskTone = Literal["waiting", "yes", "no"]


def ask_tone(ask: Ask) -> AskTone:
    """Whether an ask still may become a call."""
    if ask.state in WAITING:
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


def say_before_words(say: Say | None, answer_by: str) -> str:
    """By when an answer is asked for, or whose say it is before anybody is (ASK-2)."""
    if say is None:
        return _("The mail asks for an answer by %(day)s, where they are.") % {"day": answer_by}
    said = {
        "name": say.of.name,
        "by": words.moment(say.ends_at),
        "why": because_words(" ".join(say.because)),
    }
    if say.until is None:
        return _("%(name)s is asked first, and it takes their yes by %(by)s: %(why)s.") % said
    return (
        _("%(name)s is asked first. Without a word from them it goes out by itself: %(by)s.") % said
    )


def sent_words(asks: Sequence[Ask]) -> str:
    """What became of asks one has just sent."""
    waiting = [ask for ask in asks if ask.state == AskState.PROPOSED]
    said = {"count": len(asks), "name": asks[0].advocate.name, "waiting": len(waiting)}
    if not waiting:
        return ngettext("Sent to %(name)s.", "%(count)d asks are sent.", len(asks)) % said
    if len(asks) == 1 and waiting[0].say_of is not None:
        said |= {"owner": waiting[0].say_of.name, "by": words.moment(waiting[0].expires_at)}
        if waiting[0].say_until is None:
            return _("%(owner)s is asked first: it takes their yes by %(by)s.") % said
        return _("%(owner)s is asked first. Without a word it goes out by itself: %(by)s.") % said
    text = ngettext(
        "%(waiting)d of %(count)d waits for its account's owner first.",
        "%(waiting)d of %(count)d wait for their accounts' owners first.",
        len(waiting),
    )
    return text % said


def say_context(ask: Ask) -> dict[str, Any]:
    """What an owner should know before they say whether somebody is asked (ASK-2)."""
    lead, rest = letter_parts(ask.message)
    return {
        "ask": ask,
        "row": ask.request,
        "because": because_words(ask.say_because),
        "lead": lead,
        "rest": rest,
        "by": words.moment(ask.say_until or ask.expires_at),
    }


def say_done(ask: Ask) -> str:
    """What became of it, to whoever has just said it."""
    name = {"name": ask.advocate.name}
    if ask.state == AskState.SENT:
        return _("%(name)s is being asked now.") % name
    if ask.state == AskState.PROPOSED and ask.not_before is not None:
        return _("%(name)s is asked on %(day)s, not before.") % {
            **name,
            "day": words.day(ask.not_before),
        }
    if ask.state == AskState.PROPOSED:
        return _("%(name)s is asked as soon as the requester has answered a question.") % name
    if ask.said == OwnerSaid.NOT_BEFORE:
        return _("That is after the day it is needed by, so somebody else is asked.")
    return _("Somebody else is asked; %(name)s hears nothing of it.") % name


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
