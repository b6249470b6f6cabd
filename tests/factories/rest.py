"""API tokens."""

from datetime import timedelta

import factory

from advocacy import clock
from advocacy.rest.models import ApiToken
from advocacy.rest.scopes import EVERYTHING
from advocacy.tenancy.ids import uuid7
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory


class ApiTokenFactory(TenantFactory):
    """A token that works; its digest belongs to no known secret unless given."""

    class Meta:
        model = ApiToken

    name = "A script"
    owner = factory.SubFactory(MembershipFactory)
    digest = factory.LazyFunction(lambda: uuid7().hex * 2)
    prefix = "adv_test"
    scopes = factory.LazyFunction(lambda: list(EVERYTHING))
    expires_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=30))
    # Used this minute, so that a test which looks for changes sees none of this.
    last_used_at = factory.LazyFunction(clock.now)
