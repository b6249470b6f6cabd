"""One thing that waits, of whatever kind of work."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from advocacy.tenancy.models import Membership
from advocacy.web.queue import Work, key_of


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: of which work, about what, by when, and until when it is put off.

    ``whose`` it is, a colleague's where the reader stands in for them (ID-1.c).
    """

    work: Work
    pk: UUID
    due: datetime
    until: datetime | None
    whose: Membership

    @property
    def key(self) -> str:
        """What stands for it in addresses and forms."""
        return key_of(self.work.code, self.pk)
