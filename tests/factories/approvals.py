"""What is approved before anybody is asked."""

from datetime import timedelta

import factory

from advocacy import clock
from requests.models import Approval, ApprovalRule, Request
from tests.factories.base import TenantFactory
from tests.factories.requests import RequestFactory
from tests.factories.tenancy import MembershipFactory


class ApprovalRuleFactory(TenantFactory):
    """Everything for big deals, by an executive."""

    class Meta:
        model = ApprovalRule

    min_amount = 500_000
    approver_role = "executive"


class ApprovalFactory(TenantFactory):
    """A request that waits for an executive."""

    class Meta:
        model = Approval
        skip_postgeneration_save = True

    request = factory.SubFactory(RequestFactory)
    rule = factory.SubFactory(ApprovalRuleFactory)
    approver = factory.SubFactory(MembershipFactory, role="executive")
    activity_type = factory.SelfAttribute("request.activity_type")
    due_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=1))

    @factory.post_generation
    def waits(self: Approval, create: bool, extracted: object, **kwargs: object) -> None:
        """The request says so itself."""
        if create and self.state == "waiting":
            Request.objects.filter(pk=self.request.pk).update(approval_since=self.opened_at)
