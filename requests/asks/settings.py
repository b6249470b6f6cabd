"""The numbers of asking (SET-1.f, ASK-1, ASK-3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.settings import Fulfilment
from advocacy.tenant_settings.families import Family, Problems, Stored
from advocacy.tenant_settings.settings import (
    BUSINESS_DAYS,
    BUSINESS_HOURS,
    DAYS,
    PERCENT,
    POINTS,
    Numbers,
    choice,
    line,
    number,
)

_EVERYBODY = gettext_lazy("Patience")
_EXECUTIVES = gettext_lazy("Patience with executives")
_AT_ONCE = gettext_lazy("Several at once")
_OWNER = gettext_lazy("The owner's say")
#: The owner has a say.
ASKED = "asked"

OWNER_SAYS = ((ASKED, gettext_lazy("has a say")), ("told", gettext_lazy("has none")))
FIRST_ASK = (("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")))


@dataclass(frozen=True, slots=True)
class Asking(Numbers):
    """How long an ask waits, and how many are out at once."""

    store: ClassVar[str] = "asks"

    reminder_business_days: int = number(
        1,
        gettext_lazy("Reminder after"),
        unit=BUSINESS_DAYS,
        low=1,
        high=60,
        part=_EVERYBODY,
        clause="ASK-1.c",
    )
    expiry_business_days: int = number(
        2,
        gettext_lazy("Ends unanswered after"),
        unit=BUSINESS_DAYS,
        low=1,
        high=60,
        part=_EVERYBODY,
        clause="ASK-1.c",
    )
    share_of_time_percent: int = number(
        50,
        gettext_lazy("Ends at the latest after this share of the time left"),
        unit=PERCENT,
        low=10,
        high=100,
        part=_EVERYBODY,
        clause="ASK-1.c",
        help=gettext_lazy("Of the time from the ask to the day it is needed by."),
    )
    executive_reminder_business_days: int = number(
        2,
        gettext_lazy("Reminder to executives after"),
        unit=BUSINESS_DAYS,
        low=1,
        high=60,
        part=_EXECUTIVES,
        clause="ASK-1.c",
    )
    executive_expiry_business_days: int = number(
        4,
        gettext_lazy("Ends unanswered by executives after"),
        unit=BUSINESS_DAYS,
        low=1,
        high=60,
        part=_EXECUTIVES,
        clause="ASK-1.c",
    )
    link_outlives_days: int = number(
        60,
        gettext_lazy("After it ended, its link says what became of it for"),
        unit=DAYS,
        high=365,
        part=_EVERYBODY,
        clause="ID-3.a",
    )
    spare_asks: int = number(
        1,
        gettext_lazy("Asks out beyond those still needed"),
        high=20,
        part=_AT_ONCE,
        clause="ASK-3.a",
    )


@dataclass(frozen=True, slots=True)
class OwnersSay(Numbers):
    """When an account's owner is asked before somebody there is (ASK-2)."""

    store: ClassVar[str] = "owner_say"

    owner_say: str = choice(
        ASKED,
        gettext_lazy("Before an ask goes out, the account's owner"),
        OWNER_SAYS,
        part=_OWNER,
        clause="ASK-2.a",
        help=gettext_lazy("Who sends the ask to an account of their own is not asked."),
    )
    silence_business_hours: int = number(
        4,
        gettext_lazy("Silence means go after"),
        unit=BUSINESS_HOURS,
        low=1,
        high=80,
        part=_OWNER,
        clause="ASK-2.a",
        help=gettext_lazy("Never longer than half the time left to the day it is needed by."),
    )
    say_yes_renewal_days: int = number(
        90,
        gettext_lazy("It takes their yes when the renewal is within"),
        unit=DAYS,
        high=730,
        part=_OWNER,
        clause="ASK-2.b",
    )
    say_yes_health_below: int = number(
        80,
        gettext_lazy("It takes their yes when health is below"),
        unit=POINTS,
        high=100,
        part=_OWNER,
        clause="ASK-2.b",
    )
    say_yes_first_ask: str = choice(
        "yes",
        gettext_lazy("It takes their yes when somebody was never asked before"),
        FIRST_ASK,
        part=_OWNER,
        clause="ASK-2.b",
    )


@dataclass(frozen=True, slots=True)
class Calling(Numbers):
    """Where calls take place."""

    store: ClassVar[str] = "calls"

    meeting_place: str = line(
        gettext_lazy("Where calls take place, unless who asks has a link of their own"),
        longest=300,
        help=gettext_lazy("A meeting link or a room. A booking may name another one."),
        part=gettext_lazy("A call"),
        clause="FUL-1.c",
    )


def _check(values: Mapping[str, Any]) -> Problems:
    return {
        f"{who}expiry_business_days": _("After the reminder: more than %(days)d.")
        % {"days": values[f"{who}reminder_business_days"]}
        for who in ("", "executive_")
        if values[f"{who}expiry_business_days"] <= values[f"{who}reminder_business_days"]
    }


ASKS = Family(
    key="asks",
    title=gettext_lazy("Asks and calls"),
    text=gettext_lazy("How long an ask waits for its answer, and what is asked after a call."),
    icon="mail-question",
    sources=(Stored(Asking), Stored(OwnersSay), Stored(Calling), Stored(Fulfilment)),
    check=_check,
)
