"""What a number is: its meaning, how it is read, and what it is made of."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from django.utils.functional import Promise

from advocacy import clock
from advocacy.tenancy.models import Tenant
from advocacy.tenant_settings.reading import current
from benefits.thanks.settings import Thanking
from reporting.settings import Measuring


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a breakdown: what it stands for, how much, and of what it is made."""

    key: str
    total: int
    parts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric's value now. ``value`` is None when nothing happened that could be measured;
    ``parts`` what it is made of, for a metric that has such.
    """

    value: float | None
    counted: int
    parts: list[Bar] | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """What a number means and how it comes about.

    ``unit`` is ``share`` (0 to 1), ``hours`` or ``count``; ``target`` is in the same unit and
    ``higher_is_better`` says which side of it is good.
    """

    code: str
    name: str | Promise
    formula: str | Promise
    unit: str
    days: int
    target: float | None
    higher_is_better: bool
    read: Callable[[Tenant, datetime], Reading]

    def of_tenant(self) -> Self:
        """With the tenant's own target and period."""
        numbers, thanking = current(Measuring), current(Thanking)
        own: dict[str, dict[str, float]] = {
            "thanked_in_time": {
                "target": thanking.on_time_percent / 100,
                "days": thanking.on_time_days,
            },
            "time_to_fill": {
                "target": numbers.time_to_fill_hours,
                "days": numbers.time_to_fill_days,
            },
            "ask_acceptance": {"days": numbers.ask_acceptance_days},
            "busiest_tenth": {"target": numbers.busiest_percent / 100},
        }
        return replace(self, **own.get(self.code, {}))  # type: ignore[arg-type]

    def now(self, tenant: Tenant) -> Reading:
        """The reading over the metric's own period, up to this moment."""
        return self.read(tenant, clock.now() - timedelta(days=self.days))


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A number taken apart: what each part counts and over which period."""

    code: str
    name: str | Promise
    formula: str | Promise
    read: Callable[[Tenant], list[Bar]]
