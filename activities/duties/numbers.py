"""By when what is due about an activity is done; the tenant's own numbers (RSP-1, SET-1.f)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import BUSINESS_DAYS, Numbers, number

_PART = _("Who does what, by when")


@dataclass(frozen=True, slots=True)
class DutyNumbers(Numbers):
    """Part of the family of closing the loop: what happens around an activity."""

    store: ClassVar[str] = "duties"

    time_days: int = number(
        2, _("A time is found after a yes, within"), unit=BUSINESS_DAYS, low=1, high=60, part=_PART
    )
    prepare_days: int = number(
        1, _("Advocate and prospect are prepared before it begins, by"),
        unit=BUSINESS_DAYS, high=30, part=_PART,
    )  # fmt: skip
    record_days: int = number(
        1, _("The outcome is recorded after it ends, within"),
        unit=BUSINESS_DAYS, low=1, high=30, part=_PART,
    )  # fmt: skip
    produce_days: int = number(
        10, _("What was recorded or written is produced within"),
        unit=BUSINESS_DAYS, low=1, high=250, part=_PART,
    )  # fmt: skip
    publish_days: int = number(
        20, _("It is published and distributed within"),
        unit=BUSINESS_DAYS, low=1, high=250, part=_PART,
    )  # fmt: skip
    answer_days: int = number(
        5, _("A referral is followed up and feedback answered within"),
        unit=BUSINESS_DAYS, low=1, high=250, part=_PART,
    )  # fmt: skip
