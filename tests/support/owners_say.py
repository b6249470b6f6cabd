"""Whether accounts' owners have a say before an ask goes out (ASK-2)."""

from typing import Any

from advocacy.tenant_settings.models import FamilySettings
from advocacy.tenant_settings.reading import forget
from requests.asks.settings import OwnersSay


def owners_say(**values: Any) -> None:
    """Set the numbers of the open scope's tenant."""
    FamilySettings.objects.update_or_create(family=OwnersSay.store, defaults={"values": values})
    forget()


def owners_have_none() -> None:
    """As in a tenant that switched it off: what a test is about goes out at once."""
    owners_say(owner_say="told")
