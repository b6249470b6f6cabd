"""The numbers of recruiting; models use them, so this knows none (SET-1.b, IDN-1, IDN-2, ENR-1)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import (
    DAYS,
    MONTHS,
    POINTS,
    Numbers,
    number,
    several,
    words,
)
from advocates.accounts.choices import Region, Segment

_CANDIDATES = _("Who is a candidate")
_PROFILE = _("The ideal customer")
_INVITATION = _("The invitation")
_PERIODS = _("Periods")


@dataclass(frozen=True, slots=True)
class Recruiting(Numbers):
    """What makes a candidate, and how long things take."""

    store: ClassVar[str] = "recruiting"

    health_from: int = number(
        80, _("The account's health, at least"), unit=POINTS, high=100, part=_CANDIDATES,
        clause="IDN-1.a",
    )  # fmt: skip
    tenure_months: int = number(
        12, _("A customer for at least"), unit=MONTHS, high=240, part=_CANDIDATES, clause="IDN-1.a"
    )
    nps_from: int = number(
        9, _("NPS answer, at least"), unit=POINTS, high=10, part=_CANDIDATES, clause="IDN-1.a"
    )
    nps_months: int = number(
        12, _("An NPS answer counts for"), unit=MONTHS, low=1, high=120, part=_CANDIDATES,
        clause="IDN-1.a",
    )  # fmt: skip
    profile_industries: tuple[str, ...] = words(
        _("Industries"), part=_PROFILE, clause="IDN-1.a",
        help=_("Separate them with commas. Empty: any."),
    )  # fmt: skip
    profile_sizes: tuple[str, ...] = several(
        (), _("Sizes"), Segment.choices, part=_PROFILE, clause="IDN-1.a",
        help=_("None ticked: any."),
    )  # fmt: skip
    profile_regions: tuple[str, ...] = several(
        (), _("Regions"), Region.choices, part=_PROFILE, clause="IDN-1.a",
        help=_("None ticked: any."),
    )  # fmt: skip
    executive_from: int = number(
        85, _("From this score on an executive invites"), unit=POINTS, high=100,
        part=_INVITATION, clause="ENR-1.c",
    )  # fmt: skip
    touch_days: int = number(
        365, _("A touch before the invitation counts for"), unit=DAYS, low=1, high=1825,
        part=_INVITATION, clause="ENR-1.b",
    )  # fmt: skip
    decide_days: int = number(
        7, _("A nomination is decided within"), unit=DAYS, low=1, high=90, part=_PERIODS,
        clause="IDN-2.a",
    )  # fmt: skip
    volunteer_again_days: int = number(
        30, _("Who was turned down can offer again after"), unit=DAYS, high=730, part=_PERIODS,
        clause="IDN-2.d",
    )  # fmt: skip
    invitation_days: int = number(
        30, _("An invitation is good for"), unit=DAYS, low=1, high=365, part=_PERIODS,
        clause="ENR-1.e",
    )  # fmt: skip
    recruit_again_days: int = number(
        30, _("A recruitment message to the same person again after"), unit=DAYS,
        high=365, part=_PERIODS, clause="ENR-3.b",
    )  # fmt: skip
    decline_days: int = number(
        180, _("A decline is final for"), unit=DAYS, high=1825, part=_PERIODS, clause="ENR-1.f"
    )
