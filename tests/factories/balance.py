"""What somebody gave and got."""

from datetime import timedelta
from decimal import Decimal

import factory

from advocacy import clock
from benefits.balance.models import ValueBalance
from tests.factories.advocates import AdvocateFactory
from tests.factories.base import TenantFactory


class ValueBalanceFactory(TenantFactory):
    """An hour for a call, and a hoodie."""

    class Meta:
        model = ValueBalance

    advocate = factory.SubFactory(AdvocateFactory)
    contributions = 1
    minutes = 60
    given = Decimal("160.00")
    fair = Decimal("160.00")
    benefits = 1
    got = Decimal("45.00")
    percent = 28


class UnderAppreciatedFactory(ValueBalanceFactory):
    """Nothing came back, for two weeks and more."""

    benefits = 0
    got = Decimal(0)
    percent = 0
    is_under = True
    under_since = factory.LazyFunction(lambda: clock.now() - timedelta(days=15))
