"""How finely people are told of without their names (BRW-1)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import Numbers, number


@dataclass(frozen=True, slots=True)
class Browsing(Numbers):
    """So many companies a description has to fit."""

    store: ClassVar[str] = "requests"

    described_companies: int = number(
        5,
        _("What is told of somebody without a name fits at least"),
        unit=_("companies"),
        low=2,
        high=100,
        part=_("Who could help, without names"),
        clause="BRW-1.a",
        help=_("More of them tell less, and are kinder to customers who stand alone."),
    )
