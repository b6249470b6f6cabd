"""The portal's throttle."""

import factory

from advocacy.portal.models import LinkRequest, Newcomer
from tests.factories.base import TenantFactory


class LinkRequestFactory(TenantFactory):
    """One try at the entrance."""

    class Meta:
        model = LinkRequest

    email_digest = factory.Sequence(lambda n: f"{n:064x}")
    browser_digest = factory.Sequence(lambda n: f"{n:064x}")


class NewcomerFactory(TenantFactory):
    """An address that nobody has on record yet."""

    class Meta:
        model = Newcomer

    email = factory.Sequence(lambda n: f"newcomer{n}@quantum.example")
    language = "en"
