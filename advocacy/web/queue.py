"""A queue of things to do: rows, grouped by when they are due (UI-2).

``templates/components/queuerow.html`` shows a row, ``queuegroup`` a group of them.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from django.db.models import DateTimeField, Expression, F, Func, QuerySet, Value

from advocacy import clock
from advocacy.tenancy.models import Membership

#: Groups by due time, the most urgent first.
DUE_GROUPS = ("overdue", "today", "week", "later")


@dataclass(slots=True)
class QueueRow:
    """One thing to do: what, for whom, why now, by when, and the one action.

    ``action`` is label, address and method (``get``, ``post`` or ``panel``); ``kind`` lets a page
    that mixes kinds narrow to one. ``untickable`` rows have no tick box. ``snooze_url`` is a form
    that opens in the side panel. ``whose`` says for whom, where it is somebody else's.
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
    whose: str = ""


@dataclass(slots=True)
class QueueGroup:
    """Rows of one group (:data:`DUE_GROUPS`).

    ``hidden`` counts those that are left out so that the page stays short; ``more_url`` shows them.
    """

    key: str
    rows: list[QueueRow] = field(default_factory=list)
    hidden: int = 0
    more_url: str = ""

    @property
    def total(self) -> int:
        """How many are in this group, shown or not."""
        return len(self.rows) + self.hidden


def due_groups(zone: ZoneInfo) -> Callable[[datetime], str]:
    """Which group a moment falls into for somebody in this zone.

    "Today" and "this week" (to Sunday) end at the reader's midnight.
    """
    now = clock.now()
    local = now.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    week = midnight + timedelta(days=7 - local.isoweekday())

    def group_of(due: datetime) -> str:
        if due < now:
            return "overdue"
        if due < midnight:
            return "today"
        return "week" if due < week else "later"

    return group_of


def grouped(rows: Iterable[QueueRow], zone: ZoneInfo) -> list[QueueGroup]:
    """The rows by due time in groups that have any, the most urgent first.

    The first row of all gets the page's primary button.
    """
    group_of = due_groups(zone)
    groups = {key: QueueGroup(key) for key in DUE_GROUPS}
    ordered = sorted(rows, key=lambda row: (row.due, row.id))
    for row in ordered:
        groups[group_of(row.due)].rows.append(row)
    if ordered:
        ordered[0].primary = True
    return [group for group in groups.values() if group.rows]


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work.

    ``waiting``  what of it waits for a member, each row with its ``due`` moment
    ``rows``     how those with these keys read, in any order
    ``kind``     what Today narrows to: ``requests``, ``nominations``, ``moments``
    ``promised`` whether ``due`` was promised to somebody, so that it cannot be put off beyond
    ``handover`` what a colleague must be allowed to do to be given it; nothing: it stays
    """

    code: str
    kind: str
    waiting: Callable[[Membership], QuerySet]  # type: ignore[type-arg]  # of several models
    rows: Callable[[Membership, Collection[UUID]], list[QueueRow]]
    promised: bool = False
    handover: str = ""


_works: dict[str, Work] = {}


def register_work(*works: Work) -> None:
    """Let Today show an app's kinds of work; called in its ``ready()``."""
    for work in works:
        if _works.setdefault(work.code, work) is not work:
            raise ImproperlyConfigured(f"the work {work.code!r} is registered already")


def every_work() -> dict[str, Work]:
    """Every kind of work by its code."""
    return dict(_works)


def key_of(code: str, pk: UUID) -> str:
    """The key of one thing."""
    return f"{code}-{pk}"


def closing_time(day: Expression | F, membership: Membership) -> Func:
    """The close of a member's working day: a date alone is due by then."""
    at = Func(
        day,
        Value(membership.tenant.work_ends),
        template="(%(expressions)s)",
        arg_joiner=" + ",
        output_field=DateTimeField(),
    )
    return Func(Value(membership.zone.key), at, function="timezone", output_field=DateTimeField())
