"""A database that is away: telling it from other errors, and saying it in one line."""

import logging
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError

#: Classes of PostgreSQL's codes that mean: not now. Connection, resources, shutdown and start.
_NOT_NOW = ("08", "53", "57P")


def is_away(exception: BaseException | None) -> bool:
    """Whether an exception, or what it came from, says that the database cannot be reached now.

    A lost connection has no code. Deadlocks and statements that took too long are none of it.
    """
    return any(
        isinstance(each, InterfaceError)
        or (
            isinstance(each, OperationalError)
            and (getattr(each.__cause__, "pgcode", None) or _NOT_NOW[0]).startswith(_NOT_NOW)
        )
        for each in _causes(exception)
    )


def _causes(exception: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while exception is not None and id(exception) not in seen:
        seen.add(id(exception))
        yield exception
        exception = exception.__cause__ or exception.__context__


class NoStorm(logging.Filter):
    """Hundreds of requests that fail for this one reason leave no tracebacks in the log.

    ``advocacy.door`` writes a line for each of them, so Django's own record is dropped.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and is_away(record.exc_info[1]))
