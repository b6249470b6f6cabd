"""The number of approvals (REQ-3.b)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.settings import BUSINESS_HOURS, DAYS, Numbers, number

_PART = gettext_lazy("Approval before anybody is asked")


@dataclass(frozen=True, slots=True)
class Approving(Numbers):
    """How long an approver has; the requester's clock stands still meanwhile."""

    store: ClassVar[str] = "requests"

    approval_hours: int = number(
        8,
        gettext_lazy("Whoever approves decides within"),
        unit=BUSINESS_HOURS,
        low=1,
        high=400,
        part=_PART,
        clause="REQ-3.b",
    )
    approval_link_days: int = number(
        30,
        gettext_lazy("It can be decided from the mail for"),
        unit=DAYS,
        low=1,
        high=365,
        part=_PART,
        clause="REQ-3.b",
    )
