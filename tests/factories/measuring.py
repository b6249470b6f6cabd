"""Goals and exchange rates."""

from datetime import date, timedelta
from decimal import Decimal

import factory

from reporting.models import ExchangeRate, Goal
from tests.factories.base import TenantFactory


class ExchangeRateFactory(TenantFactory):
    """A dollar in euro, each of a day of its own."""

    class Meta:
        model = ExchangeRate

    currency = "USD"
    base = "EUR"
    on = factory.Sequence(lambda n: date(2024, 1, 1) + timedelta(days=n))
    rate = Decimal("0.9")


class GoalFactory(TenantFactory):
    """Fifty references in a year, each year of its own."""

    class Meta:
        model = Goal

    metric = "qualified_references"
    target = Decimal(50)
    starts_on = factory.Sequence(lambda n: date(2026, 1, 1) - timedelta(days=n))
    ends_on = date(2026, 12, 31)
