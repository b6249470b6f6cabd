"""Goals and exchange rates."""

from datetime import date, timedelta
from decimal import Decimal

import factory

from reporting.models import Cost, CostBudget, ExchangeRate, Goal
from tests.factories.base import TenantFactory


class ExchangeRateFactory(TenantFactory):
    """A dollar in euro, each of a day of its own."""

    class Meta:
        model = ExchangeRate

    currency = "USD"
    base = "EUR"
    on = factory.Sequence(lambda n: date(2024, 1, 1) + timedelta(days=n))
    rate = Decimal("0.9")


class CostFactory(TenantFactory):
    """A tool for a hundred euro, on a day."""

    class Meta:
        model = Cost

    kind = "tools"
    name = "Recording of calls"
    starts_on = date(2026, 2, 1)
    ends_on = factory.SelfAttribute("starts_on")
    amount = Decimal(100)
    currency = "EUR"


class CostBudgetFactory(TenantFactory):
    """A thousand for tools, each year of its own."""

    class Meta:
        model = CostBudget

    kind = "tools"
    starts_on = factory.Sequence(lambda n: date(2026 - n, 1, 1))
    ends_on = factory.LazyAttribute(lambda it: date(it.starts_on.year, 12, 31))
    amount = Decimal(1000)


class GoalFactory(TenantFactory):
    """Fifty references in a year, each year of its own."""

    class Meta:
        model = Goal

    metric = "qualified_references"
    target = Decimal(50)
    starts_on = factory.Sequence(lambda n: date(2026, 1, 1) - timedelta(days=n))
    ends_on = date(2026, 12, 31)
