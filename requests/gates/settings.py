"""The numbers of what stands before a request (REQ-4.d, REQ-5)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.settings import BUSINESS_DAYS, Numbers, choice, number

_PART = gettext_lazy("Before the next request")
BLOCK = "block"
SAID = (
    ("warn", gettext_lazy("is shown")),
    (BLOCK, gettext_lazy("keeps the next request back")),
)


@dataclass(frozen=True, slots=True)
class FeedbackOwed(Numbers):
    """How long a requester has, and what follows."""

    store: ClassVar[str] = "requests"

    feedback_business_days: int = number(
        5,
        gettext_lazy("The requester says how a reference went within"),
        unit=BUSINESS_DAYS,
        low=1,
        high=60,
        part=_PART,
        clause="REQ-5.a",
    )
    feedback_owed: str = choice(
        "warn",
        gettext_lazy("What is owed longer than that"),
        SAID,
        part=_PART,
        clause="REQ-5.a",
    )


@dataclass(frozen=True, slots=True)
class OnlyWhatIsUsed(Numbers):
    """How much may lie unpublished past its time before a request of the same type warns."""

    store: ClassVar[str] = "requests"

    unpublished_most: int = number(
        3,
        gettext_lazy("More of a type is asked for without a warning while fewer lie unpublished"),
        unit=gettext_lazy("pieces"),
        low=1,
        high=100,
        part=_PART,
        clause="REQ-4.d",
    )
