"""Invitations."""

from datetime import timedelta

import factory

from advocacy import clock
from advocacy.identity.models import Invitation
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory


class InvitationFactory(TenantFactory):
    """An open invitation."""

    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"invited{n}@example.com")
    role = "csm"
    invited_by = factory.SubFactory(MembershipFactory, role="admin")
    expires_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=14))
