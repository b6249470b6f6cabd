"""Who does something: the ``actor`` every service takes and every event keeps (AUD-1)."""

import uuid
from dataclasses import dataclass
from typing import Literal, Self

from advocacy.tenancy.models import Membership

ActorKind = Literal["member", "advocate", "token", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A staff member, an advocate on a personal link, an API token, or the program itself."""

    kind: ActorKind
    id: uuid.UUID | None = None
    membership: Membership | None = None
    label: str = ""

    @classmethod
    def member(cls, membership: Membership) -> Self:
        """A signed-in colleague."""
        return cls("member", membership.pk, membership)

    @classmethod
    def advocate(cls, advocate_id: uuid.UUID) -> Self:
        """A person at a customer, acting through a personal link (ID-3)."""
        return cls("advocate", advocate_id)

    @classmethod
    def system(cls, label: str) -> Self:
        """The program itself; the label says which job."""
        return cls("system", None, None, label)
