"""Activities and the duty to close their loop."""

from datetime import timedelta

import factory

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.duties.models import Duty
from activities.feedback.models import Feedback
from activities.loops.models import LoopDuty
from activities.set_up.models import SetUp
from activities.slot_checks.models import SlotCheck
from advocacy import clock
from tests.factories.advocates import ActivityTypeFactory, AdvocateFactory, ParticipationFactory
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory


class ActivityFactory(TenantFactory):
    """A planned activity with its unit. ``completed=True``: it happened an hour ago."""

    class Meta:
        model = Activity

    class Params:
        completed = factory.Trait(
            state=ActivityState.COMPLETED,
            happened_at=factory.LazyFunction(lambda: clock.now() - timedelta(hours=1)),
            completed_at=factory.LazyFunction(clock.now),
            participation__completed=True,
        )

    advocate = factory.SubFactory(AdvocateFactory)
    activity_type = factory.SubFactory(ActivityTypeFactory)
    participation = factory.SubFactory(
        ParticipationFactory,
        advocate=factory.SelfAttribute("..advocate"),
        activity_type=factory.SelfAttribute("..activity_type"),
    )
    purpose = "Northwind"


class LoopDutyFactory(TenantFactory):
    """An open duty to tell the advocate what came of it, with something to tell."""

    class Meta:
        model = LoopDuty

    activity = factory.SubFactory(ActivityFactory, completed=True)
    due_at = factory.LazyFunction(clock.now)
    news = "They bought"


class SetUpFactory(TenantFactory):
    """Of something booked for tomorrow."""

    class Meta:
        model = SetUp

    activity = factory.SubFactory(
        ActivityFactory,
        state=ActivityState.SCHEDULED,
        scheduled_at=factory.LazyFunction(clock.now),
        starts_at=factory.LazyFunction(lambda: clock.now() + timedelta(days=1)),
        ends_at=factory.LazyFunction(lambda: clock.now() + timedelta(days=1, hours=1)),
    )
    recording_url = "https://video.example.org/1"
    recording_at = factory.LazyFunction(clock.now)


class DutyFactory(TenantFactory):
    """Somebody prepares an advocate tomorrow."""

    class Meta:
        model = Duty

    activity = factory.SubFactory(ActivityFactory)
    step = "prepare"
    due_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=1))


class DoneDutyFactory(DutyFactory):
    """Somebody did."""

    state = "done"
    done_at = factory.LazyFunction(clock.now)


class SlotCheckFactory(TenantFactory):
    """A slot that was over half an hour ago; both sides are asked."""

    class Meta:
        model = SlotCheck

    starts_at = factory.LazyFunction(lambda: clock.now() - timedelta(hours=1))
    ends_at = factory.LazyAttribute(lambda it: it.starts_at + timedelta(minutes=30))
    weigh_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=1))
    activity = factory.SubFactory(
        ActivityFactory,
        state=ActivityState.SCHEDULED,
        starts_at=factory.SelfAttribute("..starts_at"),
        ends_at=factory.SelfAttribute("..ends_at"),
    )
    requester = factory.SubFactory(MembershipFactory, role="sales")


class FeedbackFactory(TenantFactory):
    """A requester is asked how it was."""

    class Meta:
        model = Feedback

    activity = factory.SubFactory(ActivityFactory, completed=True)
    side = "requester"
    member = factory.SubFactory(MembershipFactory, role="sales")
    closes_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=14))


class LowFeedbackFactory(FeedbackFactory):
    """An advocate gave one of five."""

    side = "advocate"
    member = None
    state = "given"
    given_at = factory.LazyFunction(clock.now)
    activity = factory.SubFactory(ActivityFactory, completed=True, advocate_rating=1)
