"""The work queue on Today: what needs this person, why now, and the one action (UI-2)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from advocacy import clock
from advocacy.tenancy.models import Membership
from reporting.queue import deals, gratitude
from reporting.queue.rows import Group, QueueRow

__all__ = ["Group", "QueueRow", "groups_for", "rows_for", "waiting_count"]

Source = Callable[[Membership], list[QueueRow]]

#: Every source looks at one kind of work and decides by role whose it is.
SOURCES: tuple[Source, ...] = (
    deals.to_triage,
    deals.to_ask_next,
    deals.to_schedule,
    deals.to_confirm_happened,
    deals.to_answer,
    gratitude.to_thank,
    gratitude.to_tell,
)


def rows_for(membership: Membership) -> list[QueueRow]:
    """Everything that waits for a member, the most urgent first."""
    rows = [row for source in SOURCES for row in source(membership)]
    return sorted(rows, key=lambda row: (row.moment, row.id))


def groups_for(membership: Membership, *, kind: str = "") -> tuple[list[Group], dict[str, int]]:
    """The queue grouped overdue / today / this week / later, and the count per kind.

    ``kind`` narrows the groups (``requests``, ``thanks``); the counts stay those of everything.
    """
    rows = rows_for(membership)
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    shown = [row for row in rows if not kind or row.kind == kind]
    if shown:
        shown[0].primary = True
    now = clock.now()
    local = now.astimezone(membership.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    week = midnight + timedelta(days=6 - local.weekday())
    groups = {key: Group(key) for key in ("overdue", "today", "week", "later")}
    for row in shown:
        groups[_when(row.moment, now, midnight, week)].rows.append(row)
    return [group for group in groups.values() if group.rows], counts


def _when(moment: datetime, now: datetime, midnight: datetime, week: datetime) -> str:
    if moment < now:
        return "overdue"
    if moment < midnight:
        return "today"
    return "week" if moment < week else "later"


def waiting_count(membership: Membership) -> int:
    """How many things are overdue or due today: the number on the navigation."""
    groups, _counts = groups_for(membership)
    return sum(len(group.rows) for group in groups if group.key in {"overdue", "today"})
