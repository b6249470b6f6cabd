"""Executives on site."""

import factory

from advocates.models import Presence
from tests.factories.advocates import AdvocateFactory, in_days
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory


class ExecutiveFactory(MembershipFactory):
    """Somebody of the leadership."""

    role = "executive"


class PresenceFactory(TenantFactory):
    """An executive was to be at a business review yesterday."""

    class Meta:
        model = Presence

    advocate = factory.SubFactory(AdvocateFactory)
    by = factory.SubFactory(ExecutiveFactory)
    on = in_days(-1)
