"""The asks of a request as one member sees them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from advocacy.records.lifecycle import Move
from requests.models import Ask, AskSlot


@dataclass(frozen=True, slots=True)
class AskRow:
    """An ask as one member sees it."""

    ask: Ask
    tone: str
    name: str
    described: str
    contact: Sequence[tuple[str, str]]
    can_reveal: bool
    #: The times that may be picked: in one's own words, and on the others' clocks.
    slots: Sequence[tuple[AskSlot, str, str]]
    booked: str
    booked_elsewhere: str
    #: What the advocate wrote about the time, or that they wrote something.
    time_note: str
    is_over: bool
    may_manage: bool
    may_answer: bool
    withdraw: Move | None
    may_complete: bool
    may_pick: bool
    #: A press books: where it takes place is known. Else the form asks.
    has_place: bool
    #: The one thing to do on this page is here: say how it went, or pick a time.
    leads: bool = False


def led(rows: list[AskRow], acts: bool) -> list[AskRow]:
    """The first ask of which to say how it went, else to pick a time for, leads."""
    over = (n for n, row in enumerate(rows) if row.booked and row.is_over and row.may_complete)
    times = (n for n, row in enumerate(rows) if acts and row.may_pick and not row.booked)
    lead = next(over, next((n for n in times if not rows[n].ask.times_asked_at), None))
    return [replace(row, leads=n == lead) for n, row in enumerate(rows)]


def time_note_of(ask: Ask, is_named: bool) -> str:
    """The advocate's own words may say who they are, so they are for whom that is known (VIS-1)."""
    if not ask.time_note:
        return ""
    if is_named:
        return _("about the time: “%(note)s”") % {"note": ask.time_note}
    return _("They wrote about the time; whoever runs the request passes it on.")


def contact_of(ask: Ask) -> list[tuple[str, str]]:
    """Label and value of each way to reach them."""
    found = [(_("E-mail"), ask.advocate.email), (_("Phone"), ask.advocate.phone)]
    return [(label, value) for label, value in found if value]
