"""The numbers of what advocates do and of telling them what came of it (SET-1.f, SET-1.h)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from activities.assets.numbers import ContentNumbers
from activities.duties.numbers import DutyNumbers
from advocacy.tenant_settings.families import Family, Stored
from advocacy.tenant_settings.settings import (
    BUSINESS_DAYS,
    DAYS,
    HOURS,
    MINUTES,
    Numbers,
    number,
)

_AFTER = _("After a call")


@dataclass(frozen=True, slots=True)
class Fulfilment(Numbers):
    """Before and after a booked slot. Part of the family of asks."""

    store: ClassVar[str] = "fulfilment"

    after_slot_minutes: int = number(
        15,
        _("After a booked slot ends, ask whether it happened in"),
        unit=MINUTES,
        high=1440,
        part=_AFTER,
        clause="ACT-4.a",
    )
    briefing_business_days: int = number(
        1,
        _("Briefings are mailed to both sides before it begins, by"),
        unit=BUSINESS_DAYS,
        high=30,
        part=_("Before a call"),
        clause="FUL-2.a",
    )
    test_business_days: int = number(
        1,
        _("The technical set-up is tested before it begins, by"),
        unit=BUSINESS_DAYS,
        high=30,
        part=_("Technical set-up"),
        clause="FUL-4.a",
    )
    upload_business_days: int = number(
        2,
        _("A recording is uploaded after it ends, within"),
        unit=BUSINESS_DAYS,
        low=1,
        high=60,
        part=_("Technical set-up"),
        clause="FUL-4.b",
    )
    unanswered_business_days: int = number(
        1,
        _("Left to the program when nobody has answered for"),
        unit=BUSINESS_DAYS,
        low=1,
        high=10,
        part=_AFTER,
        clause="ACT-4.b",
    )
    lone_answer_hours: int = number(
        4,
        _("One side's word that it took place is enough after"),
        unit=HOURS,
        high=72,
        part=_AFTER,
        help=_("Hours in which the other side may say otherwise. Thanks are due a day after it."),
        clause="ACT-4.a",
    )
    feedback_days: int = number(
        14,
        _("Feedback can be given and changed for"),
        unit=DAYS,
        low=1,
        high=90,
        part=_AFTER,
        clause="FUL-3.a",
    )
    low_rating: int = number(
        2,
        _("A rating the program looks at, of five: up to"),
        low=1,
        high=5,
        part=_AFTER,
        clause="FUL-3.a",
    )


@dataclass(frozen=True, slots=True)
class Loops(Numbers):
    """By when an advocate hears what came of it."""

    store: ClassVar[str] = "content"

    unscheduled_business_days: int = number(
        5,
        _("A time is agreed on after a yes, within"),
        unit=BUSINESS_DAYS,
        low=1,
        high=60,
        part=_("Before it takes place"),
        help=_("What is still without one then is flagged, with a message to the advocate."),
        clause="AST-3.b",
    )
    tell_days: int = number(
        14,
        _("After a publication, recording, release or posted review"),
        unit=DAYS,
        low=1,
        high=365,
        part=_("Telling advocates what came of it, within"),
        clause="AST-3.d",
    )
    tell_deal_business_days: int = number(
        3,
        _("After a deal was won or lost"),
        unit=BUSINESS_DAYS,
        low=1,
        high=60,
        part=_("Telling advocates what came of it, within"),
        clause="AST-3.c",
    )


CONTENT = Family(
    key="content",
    title=_("Duties, content, and closing the loop"),
    text=_(
        "By when what is somebody's is done and a text is approved, how long it is fresh, and when"
        " an advocate hears what came of it."
    ),
    icon="message-2-heart",
    sources=(Stored(Loops), Stored(DutyNumbers), Stored(ContentNumbers)),
)
