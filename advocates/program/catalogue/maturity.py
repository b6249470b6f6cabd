"""Which types run, and which a program could switch on next (ACT-3)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenant_settings.reading import current
from advocacy.tenant_settings.settings import DAYS, PEOPLE, Numbers, number
from advocates.models import ActivityType, Participation
from advocates.people.choices import Importance
from advocates.program.ledger.choices import UnitState

_PART = _("Setting the program up")
#: The order in which a program matures.
LEVELS = (Importance.MUST, Importance.IMPORTANT, Importance.NICE)


@dataclass(frozen=True, slots=True)
class Maturity(Numbers):
    """What the first three months aim at, and when a type counts as running."""

    store: ClassVar[str] = "maturity"

    running_days: int = number(
        90,
        _("A kind of activity runs when one was completed in the last"),
        unit=DAYS,
        low=7,
        high=730,
        part=_PART,
        clause="ACT-3.a",
    )
    first_people: int = number(
        10, _("Month 1: at least"), unit=PEOPLE, low=1, high=1000, part=_PART, clause="ACT-3.d"
    )
    first_people_most: int = number(
        20, _("Month 1: at most"), unit=PEOPLE, low=1, high=1000, part=_PART, clause="ACT-3.d"
    )
    then_people: int = number(
        30, _("Month 3: at least"), unit=PEOPLE, low=1, high=5000, part=_PART, clause="ACT-3.d"
    )
    then_people_most: int = number(
        50, _("Month 3: at most"), unit=PEOPLE, low=1, high=5000, part=_PART, clause="ACT-3.d"
    )


def running_types() -> set[UUID]:
    """The types of which one was completed lately, asked for or offered."""
    since = clock.now() - timedelta(days=current(Maturity).running_days)
    rows = Participation.objects.filter(state=UnitState.COMPLETED, completed_at__gte=since)
    return set(rows.order_by().values_list("activity_type_id", flat=True).distinct())


def not_running(
    kinds: Iterable[ActivityType], running: Collection[UUID] | None = None
) -> list[ActivityType]:
    """The must-haves that are on and do not run."""
    runs = running_types() if running is None else running
    return [
        kind
        for kind in kinds
        if kind.importance == Importance.MUST and kind.is_on and kind.pk not in runs
    ]


@dataclass(frozen=True, slots=True)
class Next:
    """What could be switched on next, or what has to run before."""

    level: Importance | None
    kinds: list[ActivityType]
    first: list[ActivityType]


def next_types(kinds: Iterable[ActivityType], running: Collection[UUID]) -> Next:
    """The types that are off of the first level that has some, once everything on before it runs.

    Must-haves wait for nothing. ``first`` says what does not run yet and so is in the way.
    """
    found = list(kinds)
    waits: list[ActivityType] = []
    for level in LEVELS:
        off = [kind for kind in found if kind.importance == level and not kind.is_on]
        if off:
            return Next(level, [] if waits else off, waits)
        waits += [
            kind
            for kind in found
            if kind.importance == level and kind.is_on and kind.pk not in running
        ]
    return Next(None, [], waits)
