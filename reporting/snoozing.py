"""Until when a thing can be put off: the usual choices, and what was promised to somebody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from reporting.queue.work import Item

#: Further away a thing is not put off but forgotten.
LONGEST = timedelta(days=90)
#: "Later today" is in so many hours.
_LATER = timedelta(hours=3)

_PROMISES: dict[str, str | Promise] = {
    "triage": gettext_lazy("The requester was promised an answer by %(due)s."),
    "next": gettext_lazy("The requester was promised somebody by %(due)s."),
    "thank": gettext_lazy("The advocate is to be thanked by %(due)s."),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the usual moments; ``kept`` of the things chosen were promised before it."""

    code: str
    label: str
    at: datetime
    kept: int = 0


def morning(day: datetime, membership: Membership) -> datetime:
    """When the member's working day begins on a day."""
    return datetime.combine(day.date(), membership.tenant.work_starts, tzinfo=membership.zone)


def may_wait(item: Item, until: datetime) -> bool:
    """Whether a thing can be put off until a moment: a promise holds whatever anybody prefers."""
    return not item.work.promised or until <= item.due


def choices_for(membership: Membership, items: Collection[Item]) -> list[Choice]:
    """Later today, tomorrow, in three days, next Monday: what at least one can wait for."""
    now = clock.now().astimezone(membership.zone)
    later = now + _LATER
    later = later.replace(minute=0, second=0, microsecond=0)
    monday = now + timedelta(days=8 - now.isoweekday())
    usual = [
        ("tomorrow", _("Tomorrow morning"), morning(now + timedelta(days=1), membership)),
        ("three-days", _("In three days"), morning(now + timedelta(days=3), membership)),
        ("monday", _("Next Monday"), morning(monday, membership)),
    ]
    if later.date() == now.date():
        usual.insert(0, ("later", _("Later today"), later))
    found = []
    for code, label, at in usual:
        kept = sum(not may_wait(item, at) for item in items)
        if kept < len(items):
            found.append(Choice(code, label, at, kept))
    return found


def promise_of(item: Item) -> str:
    """What was promised, in a sentence; nothing where nothing was."""
    if not item.work.promised:
        return ""
    said = str(_PROMISES[item.work.code]) % {"due": words.moment(item.due)}
    if item.due <= clock.now():
        return f"{said} " + _("That has passed, so it stays here until it is done or handed over.")
    return f"{said} " + _("It can wait until then, not longer.")
