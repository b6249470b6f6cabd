"""What somebody put off, what they heard of, what a night found."""

from datetime import timedelta
from typing import ClassVar

import factory

from advocacy import clock
from reporting.models import CapacityCheck, News, ReportSubscription, Snooze
from tests.factories.base import TenantFactory
from tests.factories.events import PendingSealFactory
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


class NewsFactory(TenantFactory):
    """A request of theirs that was declined, not read yet."""

    class Meta:
        model = News

    member = factory.SubFactory(MembershipFactory)
    verb = "request.declined"
    subject_type = "requests.request"
    subject_id = factory.LazyAttribute(lambda news: RequestFactory(requester=news.member).pk)
    event = factory.LazyAttribute(
        lambda news: (
            PendingSealFactory(
                event__verb=news.verb,
                event__subject_type=news.subject_type,
                event__subject_id=news.subject_id,
            ).event
        )
    )
    at = factory.LazyFunction(clock.now)


class CapacityCheckFactory(TenantFactory):
    """A night in which one team had too much to do, each on a day of its own."""

    class Meta:
        model = CapacityCheck

    on = factory.Sequence(lambda n: clock.now().date() - timedelta(days=n))
    figures = factory.LazyFunction(
        lambda: {"enrolled": 1, "teams": [{"role": "sales", "minutes": 9000, "hours": 10}]}
    )
    warnings: ClassVar[list[str]] = ["sales"]


class ReportSubscriptionFactory(TenantFactory):
    """Somebody gets the report each quarter."""

    class Meta:
        model = ReportSubscription

    member = factory.SubFactory(MembershipFactory)
    every = "quarter"
