"""The numbers of content and its approvals (SET-1.h)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import BUSINESS_DAYS, DAYS, MONTHS, Numbers, number

_PART = _("Content and its approvals")


@dataclass(frozen=True, slots=True)
class ContentNumbers(Numbers):
    """How long a text is fresh, and how long each has with it. Part of the family of content."""

    store: ClassVar[str] = "assets"

    fresh_months: int = number(
        12,
        _("A testimonial is fresh after the advocate's approval for"),
        unit=MONTHS,
        low=1,
        high=60,
        part=_PART,
        clause="AST-2.d",
    )
    unused_months: int = number(
        6,
        _("A piece nobody used is unused after"),
        unit=MONTHS,
        low=1,
        high=60,
        part=_PART,
        clause="AST-2.c",
    )
    unpublished_days: int = number(
        60,
        _("What was collected is published within"),
        unit=DAYS,
        low=1,
        high=730,
        part=_PART,
        clause="AST-3.a",
    )
    approval_days: int = number(
        3,
        _("Whoever approves a text decides within"),
        unit=BUSINESS_DAYS,
        low=1,
        high=60,
        part=_PART,
        clause="APR-1.a",
    )
    remind_days: int = number(
        1,
        _("They are reminded before it is due, by"),
        unit=BUSINESS_DAYS,
        high=30,
        part=_PART,
        clause="APR-1.a",
    )
    own_days: int = number(
        2,
        _("What came back goes on within"),
        unit=BUSINESS_DAYS,
        low=1,
        high=60,
        part=_PART,
        clause="AST-1.a",
    )
    link_days: int = number(
        60,
        _("A text can be read and decided from the mail for"),
        unit=DAYS,
        low=1,
        high=365,
        part=_PART,
        clause="AST-1.c",
    )
    transcript_kilobytes: int = number(
        2048,
        _("A transcript is read up to"),
        unit=_("KB"),
        low=16,
        high=4096,
        part=_("Transcripts"),
        clause="TRN-1.a",
    )
