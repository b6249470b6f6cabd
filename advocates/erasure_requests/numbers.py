"""By when a person hears what became of their erasure request; the tenant's own number."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import DAYS, Numbers, number


@dataclass(frozen=True, slots=True)
class ErasureNumbers(Numbers):
    """The law gives a month (GDPR Art. 12)."""

    store: ClassVar[str] = "moments"

    erasure_days: int = number(
        14,
        _("Whoever asks to be erased is, or hears why not, within"),
        unit=DAYS,
        low=1,
        high=30,
        part=_("Erasure requests"),
        clause="PRT-1.d",
    )
