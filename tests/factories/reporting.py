"""What somebody put off."""

from datetime import timedelta

import factory

from advocacy import clock
from reporting.models import Snooze
from tests.factories.base import TenantFactory
from tests.factories.requests import RequestFactory
from tests.factories.tenancy import MembershipFactory


class SnoozeFactory(TenantFactory):
    """A request to match, put off until tomorrow."""

    class Meta:
        model = Snooze

    member = factory.SubFactory(MembershipFactory)
    work = "triage"
    subject_id = factory.LazyFunction(lambda: RequestFactory().pk)
    until = factory.LazyFunction(lambda: clock.now() + timedelta(days=1))
