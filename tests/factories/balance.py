"""What somebody gave and got."""

from decimal import Decimal

import factory

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
