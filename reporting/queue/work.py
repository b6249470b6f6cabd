"""One thing that waits, of whatever kind of work."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from advocacy.web.queue import Work, key_of


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
