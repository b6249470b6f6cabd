"""The work queue on Today: what needs this person, why now, and the one action (UI-2).

One statement says what waits, of which work, by when and until when it is put off
(:func:`everything`); only what the page shows is then looked up in full (:func:`rows_of`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, UUIDField, Value

from advocacy import clock
from advocacy.identity.absences.words import instead_of
from advocacy.tenancy.delegation import back_at, stands_in_for
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


def _waiting(reader: Membership) -> list[QuerySet[Any]]:
    """Each kind of work as ``(work, key, due, put off until, whose)``: a member's own, and of each
    colleague they stand in for what falls due before the return. Somebody who is away keeps what
    falls due after it (ID-1.c).
    """
    own = [each for work in every_work().values() for each in _of(work, reader, reader)]
    if (back := back_at(reader)) is not None:
        own = [rows.filter(due_moment__gte=back) for rows in own]
    lent = [
        rows.filter(due_moment__lt=back)
        for absent in stands_in_for(reader)
        if (back := back_at(absent)) is not None
        for work in every_work().values()
        for rows in _of(work, absent, reader)
    ]
    return [*own, *lent]


def _of(work: Work, whose: Membership, reader: Membership) -> list[QuerySet[Any]]:
    """What of a kind waits for a member, put off where the reader put it off; [] for nothing."""
    rows = work.waiting(whose)
    if rows.query.is_empty():
        return []
    asleep = Snooze.objects.filter(
        member=reader, work=work.code, subject_id=OuterRef("pk"), until__gt=clock.now()
    ).order_by()
    return [
        rows.order_by().annotate(
            of_work=Value(work.code, CharField()),
            due_moment=F("due"),
            asleep_until=Subquery(asleep.values("until")[:1]),
            whose_it_is=Value(whose.pk, UUIDField()),
        )
    ]


def everything(membership: Membership) -> list[Item]:
    """All that waits for a member, put off or not, the most urgent first; one statement."""
    parts = [
        rows.values_list("of_work", "pk", "due_moment", "asleep_until", "whose_it_is")
        for rows in _waiting(membership)
    ]
    if not parts:
        return []
    works = every_work()
    people = {each.pk: each for each in (membership, *stands_in_for(membership))}
    found: dict[tuple[str, UUID], Item] = {}
    for code, pk, due, until, whose in parts[0].union(*parts[1:], all=True):
        # What is everybody's (a request nobody looks after) is the reader's own.
        if (code, pk) not in found or whose == membership.pk:
            found[code, pk] = Item(works[code], pk, due, until, people[whose])
    return sorted(found.values(), key=lambda item: (item.due, item.key))


def waiting_count(membership: Membership) -> Count:
    """How many things wait: the number on the navigation, in one statement for every page."""
    parts = [
        rows.filter(asleep_until=None).values_list("of_work", "pk") for rows in _waiting(membership)
    ]
    if not parts:
        return Count(0)
    # Without "all", so that what is on two lists counts once.
    alone = not stands_in_for(membership)
    return Count.upto(parts[0].union(*parts[1:], all=alone)[: MOST + 1].count())


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
    by_work: dict[tuple[str, UUID], list[Item]] = defaultdict(list)
    for item in items:
        by_work[item.work.code, item.whose.pk].append(item)
    read = {}
    for same in by_work.values():
        work, whose = same[0].work, same[0].whose
        why = instead_of(whose, membership)
        for row in work.rows(whose, [item.pk for item in same]):
            row.whose = why
            read[row.id] = row
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
