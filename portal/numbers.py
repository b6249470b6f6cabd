"""How long the links in mails to people outside are good for; the tenant's own numbers (ID-3)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import DAYS, Numbers, number

_PART = _("Links are good for")


@dataclass(frozen=True, slots=True)
class PortalLinks(Numbers):
    """Personal links. One that is out already keeps its end."""

    store: ClassVar[str] = "portal_links"

    home_days: int = number(
        90, _("To an advocate's own page"), unit=DAYS, low=1, high=730, part=_PART, clause="ID-3.a"
    )
    offer_days: int = number(
        14,
        _("To offer help, for who is not in the program"),
        unit=DAYS,
        low=1,
        high=90,
        part=_PART,
        clause="ID-3.a",
    )
