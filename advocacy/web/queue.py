"""A queue of things to do: rows, and the stretches of time they are due in (UI-2).

``templates/components/queuerow.html`` shows a row, ``queuegroup`` a group of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from advocacy import clock


@dataclass(slots=True)
class QueueRow:
    """One thing to do: what, for whom, why now, by when, and the one action.

    ``action`` is label, address and method (``get``, ``post`` or ``panel``); ``kind`` lets a page
    that mixes kinds narrow to one. ``untickable`` rows have no tick box.
    """

    id: str
    icon: str
    tone: str
    title: str
    why: str
    url: str
    due: datetime
    action: tuple[str, str, str]
    kind: str = ""
    primary: bool = False
    panel: bool = False
    untickable: bool = True
    snooze_url: str | None = None


@dataclass(slots=True)
class QueueGroup:
    """Rows due in one stretch of time: ``overdue``, ``today``, ``week`` or ``later``."""

    key: str
    rows: list[QueueRow] = field(default_factory=list)


def grouped(rows: Iterable[QueueRow], zone: ZoneInfo) -> list[QueueGroup]:
    """The rows by due time in groups that have any, the most urgent first.

    "Today" and "this week" (to Sunday) end at the reader's midnight. The first row of all gets
    the page's primary button.
    """
    now = clock.now()
    local = now.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    week = midnight + timedelta(days=7 - local.isoweekday())
    groups = {key: QueueGroup(key) for key in ("overdue", "today", "week", "later")}
    ordered = sorted(rows, key=lambda row: (row.due, row.id))
    for row in ordered:
        if row.due < now:
            key = "overdue"
        elif row.due < midnight:
            key = "today"
        else:
            key = "week" if row.due < week else "later"
        groups[key].rows.append(row)
    if ordered:
        ordered[0].primary = True
    return [group for group in groups.values() if group.rows]
