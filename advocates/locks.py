"""What must be locked before a person's own row: the apps above say so at start-up.

Somebody who leaves the program takes their open asks along, and those belong to requests, the
first lock of the global order. Whoever sends an ask locks the request and then writes to the
person; leaving in the opposite order would deadlock with it.
"""

import uuid
from collections.abc import Callable

Locker = Callable[[uuid.UUID], None]

_lockers: list[Locker] = []


def register_locker(locker: Locker) -> None:
    """Have ``locker(advocate_id)`` run before a person stops being asked; for ``ready()``."""
    if locker not in _lockers:
        _lockers.append(locker)


def lock_above(advocate_id: uuid.UUID) -> None:
    """Lock what the apps above want locked before this person. Needs a transaction."""
    for locker in _lockers:
        locker(advocate_id)
