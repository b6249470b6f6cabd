"""Erasure requests."""

from datetime import timedelta

import factory

from advocacy import clock
from advocates.models import ErasureRequest
from tests.factories.advocates import AdvocateFactory
from tests.factories.base import TenantFactory


class ErasureRequestFactory(TenantFactory):
    """Made now, due in two weeks."""

    class Meta:
        model = ErasureRequest

    advocate = factory.SubFactory(AdvocateFactory)
    due_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=14))
