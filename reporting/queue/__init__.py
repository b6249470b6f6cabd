"""The work queue on Today: what needs this person, why now, and the one action (UI-2)."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from advocacy.tenancy.models import Membership
from advocacy.web.queue import QueueGroup, QueueRow, grouped
from reporting.queue import deals, gratitude, people

__all__ = ["groups_for", "rows_for", "waiting_count"]

#: Every source looks at one kind of work and decides by role whose it is.
SOURCES: tuple[Callable[[Membership], list[QueueRow]], ...] = (
    deals.to_triage,
    deals.to_ask_next,
    deals.to_schedule,
    deals.to_confirm_happened,
    deals.to_answer,
    gratitude.to_thank,
    gratitude.to_tell,
    people.to_decide,
    people.to_read,
)

#: The same work as rows to count.
WAITING: tuple[Callable[[Membership], QuerySet[Any]], ...] = (
    deals.waiting_for_triage,
    deals.waiting_for_next_ask,
    deals.waiting_for_time,
    deals.waiting_for_outcome,
    deals.waiting_for_info,
    gratitude.waiting_for_thanks,
    gratitude.waiting_for_news,
    people.waiting_for_decision,
    people.waiting_to_be_read,
)


def rows_for(membership: Membership) -> list[QueueRow]:
    """Everything that waits for a member."""
    return [row for source in SOURCES for row in source(membership)]


def groups_for(membership: Membership, *, kind: str = "") -> tuple[list[QueueGroup], Counter[str]]:
    """The queue grouped overdue / today / this week / later, and the count per kind.

    ``kind`` narrows the groups (``requests``, ``thanks``); the counts stay those of everything.
    """
    rows = rows_for(membership)
    shown = [row for row in rows if not kind or row.kind == kind]
    return grouped(shown, membership.zone), Counter(row.kind for row in rows)


def waiting_count(membership: Membership) -> int:
    """How many things wait: the number on the navigation, in one statement for every page."""
    counts = {
        f"n{place}": Coalesce(Subquery(_counted(source(membership))), 0)
        for place, source in enumerate(WAITING)
    }
    row = Membership.objects.filter(pk=membership.pk).values(**counts).first()
    return sum(row.values()) if row else 0


def _counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    """A subquery that counts rows; an empty set counts as nothing."""
    return rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
