"""Moving time: Python's :mod:`advocacy.clock` and SQL's ``clock()`` together, on every connection.

Every connection of the test process gets a wrapper around its statements. Before a statement
runs, the wrapper makes sure that the connection's ``app.clock`` says what the test said; that
survives rolled-back savepoints, and threads with connections of their own follow as well.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connections
from django.db.backends.signals import connection_created
from psycopg2.extensions import TRANSACTION_STATUS_IDLE, TRANSACTION_STATUS_INERROR

from advocacy import clock as product_clock

#: Where a test's clock stands at first: a Monday morning within anybody's working hours.
START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

_moment: datetime | None = None


def _follow(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    wrapper = context["connection"]
    blocks = wrapper.atomic_blocks
    wanted = (_moment, blocks[0] if blocks else None)
    known = getattr(wrapper, "_test_clock", (None, None))
    ever = getattr(wrapper, "_test_clock_used", False)
    raw = wrapper.connection
    status = raw.info.transaction_status
    # A decorated service's block is the same object at every call, also after a rolled-back one.
    unsure = wanted != known or status == TRANSACTION_STATUS_IDLE
    if (ever or _moment) and unsure and status != TRANSACTION_STATUS_INERROR:
        with raw.cursor() as cursor:  # the driver's own: not part of any query count
            # No query: the transaction's isolation can still be chosen after it.
            cursor.execute("SET app.clock = %s", [_moment.isoformat() if _moment else ""])
        wrapper._test_clock, wrapper._test_clock_used = wanted, True
    try:
        return execute(sql, params, many, context)
    finally:
        if isinstance(sql, str) and sql.startswith("ROLLBACK TO SAVEPOINT"):
            wrapper._test_clock = ("unknown", None)


def _on_connect(connection: Any, **kwargs: Any) -> None:
    connection._test_clock, connection._test_clock_used = (None, None), False
    if _follow not in connection.execute_wrappers:
        connection.execute_wrappers.append(_follow)


def install() -> None:
    """Follow the clock on every connection opened from now on."""
    connection_created.connect(_on_connect, dispatch_uid="tests.clock")
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None:
            _on_connect(connection)


class Clock:
    """What a test moves. Time stands still between moves."""

    @property
    def now(self) -> datetime:
        """The present moment of the test."""
        return product_clock.now()

    def set(self, moment: datetime) -> datetime:
        """Put the clock to an aware moment."""
        global _moment
        if moment.tzinfo is None:
            raise ValueError("the clock needs an aware moment")
        _moment = moment.astimezone(UTC)
        product_clock.use(lambda: _moment or datetime.now(UTC))
        return _moment

    def advance(self, by: timedelta | None = None, **parts: float) -> datetime:
        """Move on by a timedelta, or by its parts (``advance(days=3)``)."""
        return self.set(self.now + (by or timedelta()) + timedelta(**parts))

    def restore(self) -> None:
        """Give the machine's time back."""
        global _moment
        _moment = None
        product_clock.use(None)
