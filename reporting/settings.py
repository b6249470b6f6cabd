"""Targets and periods of the numbers (SET-1.i, MET-1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.families import Family, Problems, Stored
from advocacy.tenant_settings.settings import (
    BUSINESS_DAYS,
    DAYS,
    HOURS,
    PERCENT,
    Numbers,
    number,
    usual_line,
)
from advocates.program.catalogue.maturity import Maturity
from advocates.workload.numbers import Workload
from reporting.capacity.numbers import Bandwidth
from reporting.goals.numbers import Headcount
from reporting.metrics.targets import Publishing

_FILL = _("Time to fill")
_ACCEPTED = _("Asks accepted")
_BUSIEST = _("Asks on the busiest tenth")
_DEALS = _("Deals and money")
_WORTH = _("Return on investment")


@dataclass(frozen=True, slots=True)
class Measuring(Numbers):
    """What is good, and over which period. Thanking has its own beside its due times."""

    store: ClassVar[str] = "measurement"

    time_to_fill_hours: int = number(
        48,
        _("Time to fill, nights and days off included: target"),
        unit=HOURS,
        low=1,
        high=2000,
        part=_FILL,
        clause="MET-1.g",
    )
    time_to_fill_days: int = number(
        90,
        _("Time to fill: over the last"),
        unit=DAYS,
        low=1,
        high=365,
        part=_FILL,
        clause="MET-1.g",
    )
    fill_business_days: int = number(
        2,
        _("Time to fill: target"),
        unit=BUSINESS_DAYS,
        low=1,
        high=200,
        part=_FILL,
        clause="MET-1.g",
    )
    ask_acceptance_days: int = number(
        90,
        _("Asks accepted: over the last"),
        unit=DAYS,
        low=1,
        high=365,
        part=_ACCEPTED,
        clause="MET-1.e",
    )
    busiest_percent: int = number(
        25,
        _("Busiest tenth: at most"),
        unit=PERCENT,
        low=10,
        high=100,
        part=_BUSIEST,
        clause="MAT-3.b",
    )
    least_deals: int = number(
        10,
        _("Too few to tell: fewer deals than this on either side of a comparison"),
        low=2,
        high=1000,
        part=_DEALS,
        clause="MET-3.k",
    )
    rate_holds_days: int = number(
        92,
        _("An exchange rate holds until the next, at most"),
        unit=DAYS,
        low=1,
        high=366,
        part=_DEALS,
        clause="MET-6.b",
    )
    attribution_percent: int = number(
        10,
        _("Of influenced revenue the program counts as its own"),
        unit=PERCENT,
        low=0,
        high=100,
        part=_WORTH,
        clause="MET-5.b",
    )
    content_value: int = number(
        0,
        _("A published piece of content is worth, in your base currency"),
        low=0,
        high=1_000_000,
        help=_("What it would cost to buy one, or what it saves. 0: left out."),
        part=_WORTH,
        clause="MET-5.b",
    )
    referral_word: str = usual_line(
        _("referral"),
        _("Deals came by a referral whose lead source contains"),
        help=_("Such deals are not counted as influenced. Empty: none is left out."),
        longest=100,
        part=_WORTH,
        clause="MET-5.b",
    )


def _check(values: Mapping[str, Any]) -> Problems:
    pairs = (("first_people", "first_people_most"), ("then_people", "then_people_most"))
    found = {
        most: _("Not fewer than the least, %(least)d.") % {"least": values[least]}
        for least, most in pairs
        if values[most] < values[least]
    }
    if values["full_time_people"] < values["half_time_people"]:
        text = _("Not fewer than the %(least)d that managers of half their time look after.")
        found["full_time_people"] = text % {"least": values["half_time_people"]}
    return found


MEASUREMENT = Family(
    key="measurement",
    title=_("Measurement"),
    text=_("Targets, the periods that numbers look back, and what managers and teams can carry."),
    icon="chart-bar",
    sources=(
        Stored(Measuring),
        Stored(Publishing),
        Stored(Headcount),
        Stored(Workload),
        Stored(Bandwidth),
        Stored(Maturity),
    ),
    check=_check,
)
