"""What counts how much in the balance of giving and getting (BEN-6.a, SET-1.g)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import DAYS, PEOPLE, PERCENT, Numbers, flag, number

_GIVEN = _("What they give is worth")
_BALANCE = _("Balance of giving and getting")
_MOST = 30_000


@dataclass(frozen=True, slots=True)
class Balancing(Numbers):
    """Amounts in the tenant's currency."""

    store: ClassVar[str] = "value_balance"

    hourly_value: int = number(
        60,
        _("An hour of their time"),
        high=_MOST,
        part=_GIVEN,
        help=_("Where nobody wrote down how long it took, the middle of the type's range counts."),
        clause="BEN-6.a",
    )
    worth_low: int = number(
        10,
        _("What comes of low effort, beside the time"),
        high=_MOST,
        part=_GIVEN,
        help=_("A testimonial and a case study count as the guide above says."),
        clause="BEN-6.a",
    )
    worth_moderate: int = number(
        100,
        _("What comes of moderate effort, beside the time"),
        high=_MOST,
        part=_GIVEN,
        clause="BEN-6.a",
    )
    worth_high: int = number(
        300,
        _("What comes of high effort, beside the time"),
        high=_MOST,
        part=_GIVEN,
        clause="BEN-6.a",
    )
    balance_days: int = number(
        365, _("Over the last"), unit=DAYS, low=30, high=3650, part=_BALANCE, clause="BEN-6.a"
    )
    under_percent: int = number(
        25,
        _("Under-appreciated below"),
        unit=PERCENT,
        high=100,
        part=_BALANCE,
        help=_("Of what they gave, reviews left out: nobody gets anything for one."),
        clause="BEN-6.a",
    )
    wait_days: int = number(
        14,
        _("On the owner's Today after"),
        unit=DAYS,
        high=180,
        part=_BALANCE,
        help=_("Until then whoever thanks has the word."),
        clause="BEN-6.a",
    )
    react_days: int = number(
        7,
        _("Something is given back within a further"),
        unit=DAYS,
        low=1,
        high=180,
        part=_BALANCE,
        clause="BEN-6.a",
    )
    on_today: int = number(
        5,
        _("So many of them at once"),
        unit=PEOPLE,
        low=1,
        high=50,
        part=_BALANCE,
        help=_("Who waits longest first; the list has all of them."),
        clause="BEN-6.a",
    )
    rest_days: int = number(
        30,
        _("Not on Today again once something was given, for"),
        unit=DAYS,
        high=365,
        part=_BALANCE,
        clause="BEN-6.a",
    )
    shows_money: bool = flag(
        False,
        _("Advocates see on their own page what we think it is worth"),
        part=_BALANCE,
        clause="PRT-1.b",
    )
