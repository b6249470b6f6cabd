"""What a kind of work is, and one thing of it that waits."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import DateTimeField, Expression, F, Func, QuerySet, Value

from advocacy.tenancy.models import Membership
from advocacy.web.queue import QueueRow


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work.

    ``waiting``  what of it waits for a member, each row with its ``due`` moment
    ``rows``     how those with these keys read, in any order
    ``kind``     what Today narrows to: ``requests``, ``nominations``, ``thanks``, ``stuck``
    ``promised`` whether ``due`` was promised to somebody, so that it cannot be put off beyond
    ``handover`` what a colleague must be allowed to do to be given it; nothing: it stays
    """

    code: str
    kind: str
    waiting: Callable[[Membership], QuerySet]  # type: ignore[type-arg]  # of several models
    rows: Callable[[Membership, Collection[UUID]], list[QueueRow]]
    promised: bool = False
    handover: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: of which work, about what, by when, and until when it is put off."""

    work: Work
    pk: UUID
    due: datetime
    until: datetime | None = None

    @property
    def key(self) -> str:
        """What stands for it in addresses and forms."""
        return key_of(self.work.code, self.pk)


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
