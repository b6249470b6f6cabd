"""Points, which are off until a tenant wants them (BEN-7)."""

from typing import Any

from advocacy.tenant_settings.models import FamilySettings
from advocacy.tenant_settings.reading import forget
from benefits.points.settings import PointNumbers


def points_on(**values: Any) -> None:
    """Switch them on in the open scope's tenant, with numbers of its own."""
    FamilySettings.objects.update_or_create(
        family=PointNumbers.store, defaults={"values": {"is_on": True, **values}}
    )
    forget()
