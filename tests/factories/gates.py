"""Gates before requests."""

import factory

from requests.models import RequestGate
from tests.factories.advocates import ActivityTypeFactory
from tests.factories.base import TenantFactory


class RequestGateFactory(TenantFactory):
    """A qualified deal."""

    class Meta:
        model = RequestGate

    activity_type = factory.SubFactory(ActivityTypeFactory)
    min_stage = "qualified"
