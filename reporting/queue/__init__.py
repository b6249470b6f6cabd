"""The work queue on Today: what needs this person, why now, and the one action (UI-2).

One statement says what waits, of which work, by when and until when it is put off
(:func:`everything`); only what the page shows is then looked up in full (:func:`rows_of`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web.counting import MOST, Count
from advocacy.web.queue import DUE_GROUPS, QueueGroup, QueueRow, Work, due_groups, every_work
from advocacy.web.urls import tenant_reverse
from reporting.models import Snooze
from reporting.queue import stuck
from reporting.queue.work import Item

__all__ = [
    "Item",
    "Work",
    "chosen",
    "everything",
    "groups_of",
    "kinds_of",
    "rows_of",
    "waiting_count",
]

#: This app's own; the others bring theirs.
WORK = (Work("stuck", "stuck", stuck.waiting_to_be_tried, stuck.to_try_again),)

#: So many rows of a group by due time are shown at first, and so many when it is opened by itself.
SHOWN, SHOWN_ALONE = 12, 200


def _waiting(membership: Membership) -> list[QuerySet[Any]]:
    """Each kind of work as ``(work, key, due, put off until)``."""
    now = clock.now()
    found = []
    for work in every_work().values():
        rows = work.waiting(membership)
        if rows.query.is_empty():
            continue
        asleep = Snooze.objects.filter(
            member=membership, work=work.code, subject_id=OuterRef("pk"), until__gt=now
        ).order_by()
        found.append(
            rows.order_by().annotate(
                of_work=Value(work.code, CharField()),
                due_moment=F("due"),
                asleep_until=Subquery(asleep.values("until")[:1]),
            )
        )
    return found


def everything(membership: Membership) -> list[Item]:
    """All that waits for a member, put off or not, the most urgent first; one statement."""
    parts = [
        rows.values_list("of_work", "pk", "due_moment", "asleep_until")
        for rows in _waiting(membership)
    ]
    if not parts:
        return []
    works = every_work()
    items = [
        Item(works[code], pk, due, until)
        for code, pk, due, until in parts[0].union(*parts[1:], all=True)
    ]
    return sorted(items, key=lambda item: (item.due, item.key))


def waiting_count(membership: Membership) -> Count:
    """How many things wait: the number on the navigation, in one statement for every page."""
    parts = [
        rows.filter(asleep_until=None).values_list("of_work", "pk") for rows in _waiting(membership)
    ]
    if not parts:
        return Count(0)
    return Count.upto(parts[0].union(*parts[1:], all=True)[: MOST + 1].count())


def chosen(membership: Membership, keys: Collection[str]) -> list[Item]:
    """What a form means by its keys, out of what waits for this member."""
    wanted = set(keys)
    return [item for item in everything(membership) if item.key in wanted] if wanted else []


def kinds_of(items: Iterable[Item]) -> Counter[str]:
    """How many things wait of each kind."""
    return Counter(item.work.kind for item in items)


def rows_of(membership: Membership, items: Iterable[Item]) -> list[QueueRow]:
    """How these things read, in their order; what was done meanwhile is left out."""
    items = list(items)
    by_work: dict[str, list[UUID]] = defaultdict(list)
    for item in items:
        by_work[item.work.code].append(item.pk)
    works = every_work()
    read = {
        row.id: row for code, pks in by_work.items() for row in works[code].rows(membership, pks)
    }
    rows = [read[item.key] for item in items if item.key in read]
    snooze = tenant_reverse(membership.tenant, "today-snooze")
    for row in rows:
        row.untickable = False
        row.snooze_url = f"{snooze}?ids={row.id}"
    return rows


def groups_of(
    membership: Membership, items: Sequence[Item], *, alone: str = "", more_url: str = "?group="
) -> list[QueueGroup]:
    """The queue grouped overdue / today / this week / later, each cut to what a page bears.

    ``alone`` names the one group to show, at full length; ``more_url`` leads there.
    """
    group_of = due_groups(membership.zone)
    by_group: dict[str, list[Item]] = {key: [] for key in DUE_GROUPS}
    for item in items:
        by_group[group_of(item.due)].append(item)
    most = SHOWN_ALONE if alone else SHOWN
    cut = {key: by_group[key][:most] for key in ([alone] if alone else DUE_GROUPS)}
    rows = {
        row.id: row for row in rows_of(membership, [item for part in cut.values() for item in part])
    }
    groups = []
    for key, part in cut.items():
        shown = [rows[item.key] for item in part if item.key in rows]
        if shown:
            hidden = len(by_group[key]) - len(part)
            groups.append(QueueGroup(key, shown, hidden, "" if alone else f"{more_url}{key}"))
    if groups:
        groups[0].rows[0].primary = True
    return groups
