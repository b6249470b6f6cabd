"""People at the portal's sign-in."""

import factory

from portal.models import Newcomer
from tests.factories.base import TenantFactory


class NewcomerFactory(TenantFactory):
    """An address that nobody has on record yet."""

    class Meta:
        model = Newcomer

    email = factory.Sequence(lambda n: f"newcomer{n}@quantum.example")
    language = "en"
