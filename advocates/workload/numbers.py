"""From where on the load is worth a word; the tenant's own numbers (CAP-6, SET-1.i)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import PERCENT, Numbers, number

_PART = _("How full everybody is")


@dataclass(frozen=True, slots=True)
class Workload(Numbers):
    """What counts as near the limit, and when to win nobody new for a while."""

    store: ClassVar[str] = "workload"

    near_units: int = number(
        1,
        _("Near the yearly limit: so much is left, or less"),
        high=100,
        part=_PART,
        clause="CAP-6.a",
    )
    overdue_touch_percent: int = number(
        20,
        _("Slow recruiting down once more than this share of your advocates waits for a word"),
        unit=PERCENT,
        low=1,
        high=99,
        part=_PART,
        clause="CAP-6.e",
    )
