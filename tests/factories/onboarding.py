"""First steps that somebody ticked."""

import factory

from advocates.models import OnboardingMark
from tests.factories.advocates import AdvocateFactory
from tests.factories.base import TenantFactory


class OnboardingMarkFactory(TenantFactory):
    """Somebody got their welcome package."""

    class Meta:
        model = OnboardingMark

    advocate = factory.SubFactory(AdvocateFactory)
    step = "welcome"
