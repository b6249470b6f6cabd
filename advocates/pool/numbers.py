"""What the pool is shown of the community; the limits are columns of the policy (TIER-9)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import DAYS, Numbers, line, number

_PART = _("The community pool")


@dataclass(frozen=True, slots=True)
class PoolNumbers(Numbers):
    """Where product updates and community are, and how long links to the pool's page work."""

    store: ClassVar[str] = "pool"

    updates_address: str = line(
        _("Address of your product updates"), part=_PART, clause="TIER-9.c", longest=200,
        help=_("Begins with https://. It stands in the pool's mails and on its page."),
    )  # fmt: skip
    community_address: str = line(
        _("Address of your community"), part=_PART, clause="TIER-9.c", longest=200,
        help=_("Begins with https://. It stands in the pool's mails and on its page."),
    )  # fmt: skip
    link_days: int = number(
        400, _("Links to the pool's page are good for"), unit=DAYS, low=30, high=1825, part=_PART,
        clause="TIER-9.a",
    )  # fmt: skip
