"""What a row of the queue consists of; ``templates/components/queuerow.html`` shows it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from advocacy.tenancy.models import Membership


@dataclass(slots=True)
class QueueRow:
    """One thing to do: what, for whom, why now, by when, and the one action.

    ``action`` is label, address and method (``get``, ``post`` or ``panel``).
    """

    id: str
    kind: str
    icon: str
    tone: str
    title: str
    why: str
    url: str
    due: datetime
    action: tuple[str, str, str]
    primary: bool = False
    panel: bool = False
    snooze_url: str | None = None

    @property
    def moment(self) -> datetime:
        """When it is due."""
        return self.due


@dataclass(slots=True)
class Group:
    """Rows due in one stretch of time."""

    key: str
    rows: list[QueueRow] = field(default_factory=list)


def end_of(day: date, membership: Membership) -> datetime:
    """The close of a member's working day; a date alone is due by then."""
    closes = membership.tenant.work_ends
    if isinstance(closes, str):  # a default not yet read back from the database
        closes = time.fromisoformat(closes)
    return datetime.combine(day, closes, tzinfo=membership.zone)
