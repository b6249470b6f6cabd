"""The four tiers a new tenant starts with (TIER-1)."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class TierSeed:
    """One row of the table of tiers."""

    code: str
    name: str | Promise
    rank: int
    min_activities: int
    min_high_effort: int
    expected_max: int | None
    seats_percent: Decimal | None
    guide: tuple[int, int] | None
    touch_model: str | Promise
    touch_days: int | None
    entitlements: tuple[str | Promise, ...]


TIERS: tuple[TierSeed, ...] = (
    TierSeed(
        "platinum",
        _("Platinum"),
        4,
        4,
        1,
        6,
        Decimal(5),
        (3, 5),
        _("High touch, executive sponsor"),
        30,
        (
            _("Executive sponsor and direct access to leadership"),
            _("Premium events and experiences"),
            _("Early access"),
            _("Product influence"),
            _("Exclusive networking"),
            _("Top recognition"),
        ),
    ),
    TierSeed(
        "gold",
        _("Gold"),
        3,
        2,
        0,
        4,
        None,
        (15, 20),
        _("Standard, structured"),
        91,
        (
            _("Executive business review and occasional executive contact"),
            _("Standard events"),
            _("Recognition program"),
            _("Product previews and input"),
            _("Peer networking"),
            _("Appreciation gifts"),
        ),
    ),
    TierSeed(
        "silver",
        _("Silver"),
        2,
        1,
        0,
        2,
        None,
        (30, 40),
        _("Automated"),
        182,
        (
            _("Membership recognition"),
            _("Program communications"),
            _("Quality swag pack"),
            _("Community access"),
        ),
    ),
    TierSeed(
        "community",
        _("Community"),
        1,
        0,
        0,
        None,
        None,
        None,
        _("Self-service"),
        None,
        (_("Community access"), _("Product updates"), _("Occasional opportunities")),
    ),
)
