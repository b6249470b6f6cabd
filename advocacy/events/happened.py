"""What happened to a record, a line for each press: what one person set off at once unfolds (UI-1).

Sending an ask moves the request, takes a unit, queues a mail: several events, one thing that
somebody did. They are told apart from the next press by time and by who made it, since the log
keeps no transaction (and its rows are sealed as they are).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Model
from django.utils.translation import ngettext

from advocacy.events import presentation
from advocacy.events.models import Event
from advocacy.events.presentation import TimelineRow
from advocacy.events.selectors import Which, timeline

#: What one press writes is written in one transaction, within moments.
TOGETHER = timedelta(seconds=2)


#: So many events before somebody asks for the earlier ones.
SHOWN, MOST = 40, 400
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Press:
    """One line of ``components/timeline.html``: what was done, and below it what belongs to it."""

    lead: TimelineRow
    steps: Sequence[TimelineRow] = ()

    at = property(lambda self: self.lead.at)
    text = property(lambda self: self.lead.text)
    who = property(lambda self: self.lead.who)
    icon = property(lambda self: self.lead.icon)
    tone = property(lambda self: self.lead.tone)
    detail = property(lambda self: self.lead.detail)

    @property
    def more(self) -> str:
        """ "3 steps": what unfolds."""
        count = len(self.steps)
        return ngettext("%(count)d step", "%(count)d steps", count) % {"count": count}


@dataclass(frozen=True, slots=True)
class Happened:
    """A record's timeline, newest first; ``more``: there was something earlier."""

    presses: list[Press]
    more: bool


def happened(
    record: Model, *, named: bool = False, which: Which = "all", limit: int = SHOWN
) -> Happened:
    """A record's timeline by presses.

    ``named``: events about something else say about what. Only for who may open whatever has
    happened to the record: a colleague's request on a deal is theirs (VIS-1).
    """
    events = list(timeline(record, which=which, limit=limit + 1))
    more, events = len(events) > limit, events[:limit]
    others = [event for event in events if event.subject_id != record.pk]
    subjects = presentation.subjects_of(others) if named else {}
    rows = []
    for event, row in zip(events, presentation.rows(events), strict=True):
        subject = subjects.get(event.subject_id)
        what = subject.name if subject is not None else ""
        told = _BETWEEN.join(part for part in (what, row.detail) if part)
        rows.append(replace(row, detail=told))
    return Happened(presses(events, rows), more)


def presses(events: Sequence[Event], rows: Sequence[TimelineRow]) -> list[Press]:
    """Events and how they read, both newest first, as presses in the same order."""
    groups: list[list[tuple[Event, TimelineRow]]] = []
    for event, row in zip(events, rows, strict=True):
        if groups and _together(event, [each for each, _row in groups[-1]]):
            groups[-1].append((event, row))
        else:
            groups.append([(event, row)])
    return [_press(list(reversed(group))) for group in groups]


def _together(event: Event, group: Iterable[Event]) -> bool:
    """Whether an event belongs to the press of the later ones."""
    actors = {_actor(each) for each in group}
    nearest: datetime = min(each.at for each in group)
    by_one = len({*actors, _actor(event)} - {None}) <= 1
    return by_one and nearest - event.at <= TOGETHER


def _actor(event: Event) -> str | None:
    """Who pressed; the program itself only follows."""
    if event.actor_kind == "system":
        return None
    return f"{event.actor_kind}:{event.actor_id or event.actor_ref}"


def _press(group: list[tuple[Event, TimelineRow]]) -> Press:
    """The oldest first: what follows from nothing else leads, unless it was taken back at once."""
    if len(group) == 1:
        return Press(group[0][1])
    taken_back = [pair for pair in group if pair[0].verb.endswith("_undone")]
    led = (
        taken_back
        or [pair for pair in group if not presentation.only_follows(pair[0].verb)]
        or group[-1:]
    )
    return Press(_without_codes(led[0][1]), [row for _event, row in group])


def _without_codes(row: TimelineRow) -> TimelineRow:
    """What became of what stands in the steps; the line says what was done."""
    kept = [part for part in row.detail.split(_BETWEEN) if "→" not in part]
    return replace(row, detail=_BETWEEN.join(kept))
