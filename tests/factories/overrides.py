"""Tiers set by hand."""

import factory

from advocates.models import TierOverride
from tests.factories.advocates import EnrolledFactory, TierFactory, in_days
from tests.factories.base import TenantFactory


class TierOverrideFactory(TenantFactory):
    """Somebody is to stand on a tier for a month; nothing is evaluated."""

    class Meta:
        model = TierOverride

    advocate = factory.SubFactory(EnrolledFactory)
    tier = factory.SubFactory(TierFactory)
    reason = "Speaks for us at the summit"
    until = in_days(30)
