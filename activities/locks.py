"""The order in which locks are taken around an activity: request → capacity → activity → tiers.

The apps above hold rows that must be locked *before* an activity's (a request, whose state
follows its activities). They cannot be imported from here, so they say at start-up how to lock
theirs; every move of an activity calls :func:`lock_above` first. Without it, closing a request
and completing its call at the same moment would deadlock.
"""

import uuid
from collections.abc import Callable

from advocates.models import Capacity

Locker = Callable[[uuid.UUID], None]

_lockers: list[Locker] = []


def register_locker(locker: Locker) -> None:
    """Have ``locker(activity_id)`` run before an activity moves; for ``AppConfig.ready()``."""
    if locker not in _lockers:
        _lockers.append(locker)


def lock_above(activity_id: uuid.UUID) -> None:
    """Lock what the apps above want locked before this activity. Needs a transaction."""
    for locker in _lockers:
        locker(activity_id)


def lock_diary(advocate_id: uuid.UUID) -> None:
    """Let one booking at a time look into an advocate's diary. Needs a transaction.

    The capacity row stands for the advocate, whose own row is never locked.
    """
    list(
        Capacity.objects.select_for_update()
        .filter(advocate_id=advocate_id)
        .values_list("pk", flat=True)
    )
