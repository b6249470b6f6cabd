"""The one clock. Python code asks :func:`now`; SQL asks the function ``clock()``.

Tests move both (``tests/support/time.py``); nothing in the product reads the machine's time
directly, so that a test never has to wait.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_source: Callable[[], datetime] | None = None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _source() if _source else datetime.now(UTC)


def use(source: Callable[[], datetime] | None) -> None:
    """Replace where :func:`now` reads from; ``None`` puts the machine's clock back."""
    global _source  # noqa: PLW0603 - the injection point itself
    _source = source


def today(zone: ZoneInfo) -> date:
    """The calendar date at this moment in a time zone."""
    return now().astimezone(zone).date()


def year_start(zone: ZoneInfo, at: datetime | None = None) -> datetime:
    """First moment that still lies in "a year" (spec.md, preamble), now or as of another moment.

    A completion counts while its local date is later than today - 365 days, that is from the
    local midnight of today - 364 days on. The SQL twin is ``year_start(text)``.
    """
    first = (at or now()).astimezone(zone).date() - timedelta(days=364)
    return datetime.combine(first, time(), tzinfo=zone).astimezone(UTC)
