"""Doing things in the past: the services run with their clock set back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from advocacy import clock


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Let every service believe it is another moment."""
    clock.use(lambda: moment)
    try:
        yield moment
    finally:
        clock.use(None)


def working_moment(moment: datetime, zone: ZoneInfo, hour: int, minute: int = 0) -> datetime:
    """The same day at a time of the local day; on a weekend, the Monday after."""
    local = moment.astimezone(zone).replace(hour=hour, minute=minute, second=0, microsecond=0)
    while local.isoweekday() > 5:
        local += timedelta(days=1)
    return local
