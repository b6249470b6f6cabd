"""The catalogue of benefits, what was given, budgets, what a tier brings."""

from decimal import Decimal

import factory

from advocacy.tenancy.ids import uuid7
from benefits.budgets.models import Budget
from benefits.catalogue.models import Benefit
from benefits.entitlements.models import Entitlement
from benefits.grants.models import Grant, GrantActivity
from benefits.points.badges.models import Badge
from benefits.points.models import PointBalance, PointEntry, PointReason
from benefits.points.shop.models import ShopItem
from benefits.recognition.models import Recognition
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import AdvocateFactory, ConsentFactory, TierFactory, in_days
from tests.factories.base import TenantFactory


class BenefitFactory(TenantFactory):
    """A hoodie, as many as one wants."""

    class Meta:
        model = Benefit

    name = factory.Sequence(lambda n: f"Hoodie {n}")
    category = "swag"
    cost = Decimal("35.00")
    value = Decimal("45.00")


class BudgetFactory(TenantFactory):
    """A thousand for everybody this year."""

    class Meta:
        model = Budget

    name = "This year"
    starts_on = in_days(-100)
    ends_on = in_days(200)
    amount = Decimal("1000.00")


class EntitlementFactory(TenantFactory):
    """Everybody on a tier gets one, once."""

    class Meta:
        model = Entitlement

    tier = factory.SubFactory(TierFactory)
    benefit = factory.SubFactory(BenefitFactory)


class GrantFactory(TenantFactory):
    """A hoodie that waits for an approval; nothing is committed."""

    class Meta:
        model = Grant

    benefit = factory.SubFactory(BenefitFactory, needs_approval=True)
    advocate = factory.SubFactory(AdvocateFactory, account__gifts_allowed=True)
    cost = factory.SelfAttribute("benefit.cost")
    value = factory.SelfAttribute("benefit.value")
    due_on = in_days(10)
    waits_for = factory.LazyFunction(lambda: ["benefit", "budget"])


class RecognitionFactory(TenantFactory):
    """A draft about somebody in the program, who has agreed."""

    class Meta:
        model = Recognition
        skip_postgeneration_save = True

    advocate = factory.SubFactory(AdvocateFactory)
    title = "She opened her door to eleven of our customers"
    text = "Eleven calls this year, and not one cancelled."
    period_on = in_days(0)

    @factory.post_generation
    def agreed(self, create: bool, extracted: bool | None, **_kwargs: object) -> None:
        """Their leave, unless ``agreed=False``."""
        if extracted is not False:
            ConsentFactory(advocate=self.advocate, use="recognition")  # type: ignore[attr-defined]


class GrantActivityFactory(TenantFactory):
    """What a grant is for."""

    class Meta:
        model = GrantActivity

    grant = factory.SubFactory(GrantFactory)
    activity = factory.SubFactory(
        ActivityFactory, completed=True, advocate=factory.SelfAttribute("..grant.advocate")
    )


class BadgeFactory(TenantFactory):
    """Won with a third activity."""

    class Meta:
        model = Badge

    name = factory.Sequence(lambda n: f"Third time {n}")
    rule = "completed"
    threshold = 3
    points = 15


class ShopItemFactory(TenantFactory):
    """A hoodie for forty points."""

    class Meta:
        model = ShopItem

    benefit = factory.SubFactory(BenefitFactory)
    points = 40


class PointEntryFactory(TenantFactory):
    """A hundred points, given by hand; the database adds them to the balance."""

    class Meta:
        model = PointEntry

    advocate = factory.SubFactory(AdvocateFactory)
    source = "hand"
    source_id = factory.LazyFunction(uuid7)
    milestone = "given"
    points = 100


class PointReasonFactory(TenantFactory):
    """Why they were given."""

    class Meta:
        model = PointReason

    entry = factory.SubFactory(PointEntryFactory)
    text = "Stood in for a speaker"


class PointBalanceFactory(TenantFactory):
    """Somebody who has no points yet, and may be on the board."""

    class Meta:
        model = PointBalance

    advocate = factory.SubFactory(AdvocateFactory)
