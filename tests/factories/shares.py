"""Content shared with deals."""

from datetime import timedelta

import factory

from advocacy import clock
from requests.models import Share, ShareOpen
from tests.factories.assets import ShelvedAssetFactory
from tests.factories.base import TenantFactory
from tests.factories.messaging import PersonalLinkFactory
from tests.factories.requests import OpportunityFactory


class ShareFactory(TenantFactory):
    """By a link that works, of a piece in the library."""

    class Meta:
        model = Share

    asset = factory.SubFactory(ShelvedAssetFactory)
    opportunity = factory.SubFactory(OpportunityFactory)
    expires_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=90))
    link = factory.SubFactory(
        PersonalLinkFactory, purpose="share", expires_at=factory.SelfAttribute("..expires_at")
    )


class ShareOpenFactory(TenantFactory):
    """Somebody read it today."""

    class Meta:
        model = ShareOpen

    share = factory.SubFactory(ShareFactory)
    day = factory.LazyFunction(lambda: clock.now().date())
    person = "0" * 32
