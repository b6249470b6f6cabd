"""Thank-yous and their reminders."""

from datetime import timedelta

import factory

from advocacy import clock
from advocates.program.catalogue.choices import Effort
from benefits.models import SalesThanks
from benefits.thanks.choices import ReminderStage, ThankYouKind
from benefits.thanks.models import ThankYou, ThankYouReminder
from tests.factories.activities import ActivityFactory
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory


class ThankYouFactory(TenantFactory):
    """An open thank-you, due in 23 hours."""

    class Meta:
        model = ThankYou

    activity = factory.SubFactory(ActivityFactory, completed=True)
    advocate = factory.SelfAttribute("activity.advocate")
    kind = ThankYouKind.PERSONAL
    effort = Effort.MODERATE
    happened_at = factory.SelfAttribute("activity.happened_at")
    due_at = factory.LazyAttribute(lambda it: it.happened_at + timedelta(hours=24))


class ThankYouReminderFactory(TenantFactory):
    """The first reminder."""

    class Meta:
        model = ThankYouReminder

    thank_you = factory.SubFactory(ThankYouFactory)
    stage = ReminderStage.HALF
    due_at = factory.LazyFunction(lambda: clock.now() + timedelta(hours=11))


class SalesThanksFactory(TenantFactory):
    """A seller's word of thanks that waits to go."""

    class Meta:
        model = SalesThanks

    activity = factory.SubFactory(ActivityFactory, completed=True)
    sender = factory.SubFactory(MembershipFactory, role="sales")
    message = "You gave us an hour, and them the courage."
    sends_at = factory.LazyFunction(lambda: clock.now() + timedelta(hours=4))


class HeldThanksFactory(SalesThanksFactory):
    """One that was held back."""

    state = "held"
