"""How long a colleague can follow an invitation; the tenant's own number (ID-1)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import DAYS, Numbers, number


@dataclass(frozen=True, slots=True)
class Invitations(Numbers):
    """Invitations to work here. One that is out already keeps its end."""

    store: ClassVar[str] = "staff_invitations"

    colleague_days: int = number(
        14,
        _("To join as a colleague"),
        unit=DAYS,
        low=1,
        high=90,
        part=_("Links are good for"),
        clause="ID-1.b",
    )
