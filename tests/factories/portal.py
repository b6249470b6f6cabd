"""The portal's throttle."""

import factory

from advocacy.portal.models import LinkRequest
from tests.factories.base import TenantFactory


class LinkRequestFactory(TenantFactory):
    """One try at the entrance."""

    class Meta:
        model = LinkRequest

    email_digest = factory.Sequence(lambda n: f"{n:064x}")
    browser_digest = factory.Sequence(lambda n: f"{n:064x}")
