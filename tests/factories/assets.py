"""Content and its approvals."""

from datetime import timedelta

import factory

from activities.asset_approvals.models import AssetApproval
from activities.assets.models import Asset, AssetVersion
from activities.assets.words import digest_of, words_of
from activities.distribution.models import Placement, Repurposing
from advocacy import clock
from advocates.models import Consent
from tests.factories.advocates import AdvocateFactory
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory


class AssetFactory(TenantFactory):
    """A quote somebody began, with its first version. ``confirmed=True``: being approved;
    ``published=True``: in the library, if there is leave for it.
    """

    class Meta:
        model = Asset
        skip_postgeneration_save = True

    class Params:
        confirmed = factory.Trait(
            state="approvals", confirmed_at=factory.LazyFunction(clock.now), confirmed_number=1
        )
        approved = factory.Trait(
            confirmed=True,
            state="approved",
            approved_at=factory.LazyFunction(clock.now),
            approved_number=1,
        )
        published = factory.Trait(
            approved=True,
            state="published",
            published_at=factory.LazyFunction(clock.now),
            published_number=1,
        )

    kind = "quote"
    advocate = factory.SubFactory(AdvocateFactory)
    title = "What changed for us"
    body = "Before, picking took us two hours. We replaced the lists and cut it to forty minutes."
    attribution = "Ana Ruiz, COO, Isdom"

    @factory.post_generation
    def version(self: Asset, create: bool, extracted: object, **kwargs: object) -> None:
        """What stands there is kept."""
        if create:
            AssetVersion.objects.create(
                asset=self, number=self.number, digest=digest_of(self), **words_of(self)
            )


class AssetVersionFactory(TenantFactory):
    """A second version of a piece."""

    class Meta:
        model = AssetVersion

    asset = factory.SubFactory(AssetFactory)
    number = 2
    title = "What changed for us since"
    body = "It is forty minutes now."
    digest = "0" * 64


class AssetApprovalFactory(TenantFactory):
    """Legal is asked about a text."""

    class Meta:
        model = AssetApproval

    asset = factory.SubFactory(AssetFactory, confirmed=True)
    step = "legal"
    assignee = factory.SubFactory(MembershipFactory, role="approver")
    state = "waiting"
    number = 1
    opened_at = factory.LazyFunction(clock.now)
    due_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=3))


class ShelvedAssetFactory(AssetFactory):
    """A quote in the library, with the leave it needs."""

    published = True

    @factory.post_generation
    def leave(self: Asset, create: bool, extracted: object, **kwargs: object) -> None:
        """The advocate agreed to be quoted."""
        if create and not Consent.objects.filter(advocate=self.advocate, use="quote").exists():
            today = clock.today(self.advocate.tenant.zone)
            Consent.objects.create(advocate=self.advocate, use="quote", given_on=today)


class PlacementFactory(TenantFactory):
    """A published piece that is to be placed on the website."""

    class Meta:
        model = Placement

    asset = factory.SubFactory(AssetFactory, published=True)
    channel = "website"
    due_on = factory.LazyFunction(lambda: clock.now().date() + timedelta(days=3))


class RepurposingFactory(TenantFactory):
    """Clips to be made of a published recording."""

    class Meta:
        model = Repurposing

    asset = factory.SubFactory(
        AssetFactory, kind="recording", published=True, url="https://example.com/recording"
    )
    form = "clips"
    due_on = factory.LazyFunction(lambda: clock.now().date() + timedelta(days=3))
