"""Routing rules."""

import factory

from requests.models import RoutingRule, RoutingTurn
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory


class RoutingRuleFactory(TenantFactory):
    """Everything from large companies."""

    class Meta:
        model = RoutingRule

    position = 1
    segment = "enterprise"


class RoutingTurnFactory(TenantFactory):
    """One manager of a rule."""

    class Meta:
        model = RoutingTurn

    rule = factory.SubFactory(RoutingRuleFactory)
    member = factory.SubFactory(MembershipFactory)
