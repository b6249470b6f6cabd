"""Places in the community pool, and what went to them."""

from typing import Any

import factory

from advocates.models import PoolInvitation, PoolMembership
from tests.factories.advocates import ActivityTypeFactory, ProgramPolicyFactory, in_days
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory
from tests.factories.touches import CandidateFactory


class PromoterFactory(CandidateFactory):
    """A candidate who would recommend us."""

    nps = 10
    nps_on = in_days(-30)


class PoolMembershipFactory(TenantFactory):
    """A promoter who said yes to a colleague."""

    class Meta:
        model = PoolMembership

    advocate = factory.SubFactory(PromoterFactory)
    agreed_on = in_days(-10)
    evidence = "Said so in Lyon"


class OfferedFactory(PoolMembershipFactory):
    """Somebody who was offered the pool and has not answered."""

    state = "offered"
    source = "offered"
    agreed_on = None
    evidence = ""


class PoolInvitationFactory(TenantFactory):
    """A small thing somebody in the pool was invited to, now: the guard looks at the clock."""

    class Meta:
        model = PoolInvitation

    activity_type = factory.SubFactory(ActivityTypeFactory, effort="low")
    advocate = factory.LazyFunction(lambda: PoolMembershipFactory().advocate)
    sender = factory.SubFactory(MembershipFactory, role="csm")
    message = "Five questions about the new map."

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        ProgramPolicyFactory()
        return super()._create(model_class, *args, **kwargs)
