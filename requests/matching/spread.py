"""Who is shown of a ranking: not too many of one account (MAT-3)."""

import uuid
from collections import Counter
from typing import NamedTuple

from advocates.program.ledger.capacity import GuardStatus
from requests.matching.matches import Look

#: MAT-3: at most so many of one account among the first so many.
SPREAD, SPREAD_OVER = 2, 10


class Candidate(NamedTuple):
    """Somebody who fits."""

    id: uuid.UUID
    account_id: uuid.UUID


class Spread:
    """Takes people in the order of the ranking: the first ``limit``, with at most two of one
    account among the first ten (MAT-3).
    """

    def __init__(self, limit: int, *, spread: int = SPREAD) -> None:
        self._limit, self._spread = limit, spread
        self._first: list[uuid.UUID] = []
        self._later: list[uuid.UUID] = []
        self._of_account: Counter[uuid.UUID] = Counter()
        self.looks: dict[uuid.UUID, Look] = {}
        self.guard: dict[uuid.UUID, GuardStatus] = {}

    def has_room_for(self, candidate: Candidate) -> bool:
        """Whether taking them could change who is chosen."""
        return self._limit > SPREAD_OVER or self._of_account[candidate.account_id] < self._spread

    def add(self, candidate: Candidate, look: Look, status: GuardStatus) -> None:
        """Take the next one of those who may be asked."""
        self.looks[candidate.id], self.guard[candidate.id] = look, status
        if len(self._first) < SPREAD_OVER and self._of_account[candidate.account_id] < self._spread:
            self._of_account[candidate.account_id] += 1
            self._first.append(candidate.id)
        else:
            self._later.append(candidate.id)

    @property
    def chosen(self) -> list[uuid.UUID]:
        """Who is shown."""
        # With too few accounts for ten the list stays short: filling it up would be the favourites.
        whole = len(self._first) >= SPREAD_OVER
        return ([*self._first, *self._later] if whole else self._first)[: self._limit]

    @property
    def is_full(self) -> bool:
        """Whether nobody who comes later is chosen."""
        if len(self._first) < min(self._limit, SPREAD_OVER):
            return False
        return len(self._first) + len(self._later) >= self._limit
