"""Activities and the duty to close their loop."""

from datetime import timedelta

import factory

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.duties.models import Duty
from activities.loops.models import LoopDuty
from activities.set_up.models import SetUp
from advocacy import clock
from tests.factories.advocates import ActivityTypeFactory, AdvocateFactory, ParticipationFactory
from tests.factories.base import TenantFactory


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
    """An open duty to tell the advocate what came of it."""

    class Meta:
        model = LoopDuty

    activity = factory.SubFactory(ActivityFactory, completed=True)


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
