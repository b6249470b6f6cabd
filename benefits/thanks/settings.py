"""The numbers of thanking (SET-1.g, THX-1, THX-2, THX-4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.families import Problems
from advocacy.tenant_settings.settings import (
    BUSINESS_DAYS,
    DAYS,
    HOURS,
    PERCENT,
    Numbers,
    choice,
    number,
    several,
)
from advocates.program.catalogue.seeds import CATALOGUE

#: What may be thanked by a template: the types of the catalogue.
TYPES = tuple((seed.code, seed.name) for seed in CATALOGUE)
CSM, MANAGER = "csm", "program_manager"
OWNERS = (
    (CSM, gettext_lazy("The account's CSM, else the program manager")),
    (MANAGER, gettext_lazy("The program manager, else the account's CSM")),
)
_DUE = gettext_lazy("When thanks are due")
_REMINDERS = gettext_lazy("Reminders")
_WHO = gettext_lazy("Who thanks")
_RATE = gettext_lazy("Thanked in time")


@dataclass(frozen=True, slots=True)
class Thanking(Numbers):
    """When somebody is thanked, by whom, and when the owner is reminded."""

    store: ClassVar[str] = "appreciation"

    due_hours: int = number(
        24,
        gettext_lazy("Thanked within"),
        unit=HOURS,
        low=1,
        high=336,
        part=_DUE,
        help=gettext_lazy("Counted from when it happened, nights and weekends included."),
        clause="THX-1.a",
    )
    executive_business_days: int = number(
        5,
        gettext_lazy("Executive note after high effort, within"),
        unit=BUSINESS_DAYS,
        low=1,
        high=60,
        part=_DUE,
        clause="THX-1.c",
    )
    import_days: int = number(
        7,
        gettext_lazy("Imported history is thanked for up to this age"),
        unit=DAYS,
        high=365,
        part=_DUE,
        clause="THX-1.b",
    )
    first_reminder_hours: int = number(
        12,
        gettext_lazy("To the owner, before it is due"),
        unit=HOURS,
        low=1,
        high=336,
        part=_REMINDERS,
        clause="THX-2.a",
    )
    second_reminder_hours: int = number(
        4,
        gettext_lazy("To owner and program manager, before it is due"),
        unit=HOURS,
        low=1,
        high=336,
        part=_REMINDERS,
        help=gettext_lazy(
            "Once it is overdue, the program manager and the executive sponsor are told."
        ),
        clause="THX-2.a",
    )
    low_effort_owner: str = choice(
        CSM, gettext_lazy("After low effort"), OWNERS, part=_WHO, clause="THX-1.c"
    )
    moderate_effort_owner: str = choice(
        CSM, gettext_lazy("After moderate effort"), OWNERS, part=_WHO, clause="THX-1.c"
    )
    high_effort_owner: str = choice(
        MANAGER, gettext_lazy("After high effort"), OWNERS, part=_WHO, clause="THX-1.c"
    )
    automatic_types: tuple[str, ...] = several(
        ("survey", "social_share", "community_contribution"),
        gettext_lazy("Thanked by a template at once"),
        TYPES,
        part=_WHO,
        clause="THX-1.d",
    )
    sales_wait_hours: int = number(
        4,
        gettext_lazy("Thanks from sales wait to be held back for, in working hours"),
        unit=HOURS,
        high=80,
        part=_WHO,
        help=gettext_lazy("Whoever thanks the advocate reads them first."),
        clause="THX-5.c",
    )
    on_time_percent: int = number(
        95,
        gettext_lazy("Target"),
        unit=PERCENT,
        low=1,
        high=100,
        part=_RATE,
        clause="THX-4.a",
    )
    on_time_days: int = number(
        30, gettext_lazy("Over the last"), unit=DAYS, low=1, high=365, part=_RATE, clause="THX-4.a"
    )


def check(values: Mapping[str, Any]) -> Problems:
    """Each reminder comes after the one before, and before it is due."""
    found = {}
    if values["first_reminder_hours"] >= values["due_hours"]:
        found["first_reminder_hours"] = _(
            "Fewer than the %(due)d hours within which thanks are due."
        ) % {"due": values["due_hours"]}
    if values["second_reminder_hours"] >= values["first_reminder_hours"]:
        found["second_reminder_hours"] = _(
            "Fewer than the %(first)d hours of the first reminder: it comes after it."
        ) % {"first": values["first_reminder_hours"]}
    return found
