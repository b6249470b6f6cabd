"""Settings of a tenant's own."""

import factory

from advocacy.tenant_settings.models import FamilySettings
from tests.factories.base import TenantFactory


class FamilySettingsFactory(TenantFactory):
    """A family nobody reads; nothing differs from the default."""

    class Meta:
        model = FamilySettings

    family = factory.Sequence(lambda n: f"family-{n}")
