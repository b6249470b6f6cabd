"""What already happened, written into the ledger afterwards: no rule refuses a fact (CAP-8)."""

from collections.abc import Sequence
from datetime import datetime

from advocates.models import ActivityType, Advocate, Participation
from advocates.program.ledger.choices import Origin, UnitState
from advocates.program.ledger.services import check_past, counts_when_completed, unit_row


def record_outside(
    *,
    advocate: Advocate,
    activity_type: ActivityType,
    happened_at: datetime,
    minutes: int | None = None,
    detail: str = "",
    imported: bool = False,
) -> Participation:
    """Write down what already happened: never refused, counts, blocks further asks (CAP-8).

    Raises ``DomainError`` when it lies in the future.
    """
    unit = _fact(
        advocate,
        activity_type,
        happened_at,
        minutes,
        detail,
        Origin.IMPORTED if imported else Origin.OUTSIDE,
    )
    unit.save(force_insert=True)
    return unit


def history_unit(
    *,
    advocate: Advocate,
    activity_type: ActivityType,
    happened_at: datetime,
    minutes: int | None = None,
    detail: str = "",
) -> Participation:
    """What :func:`record_outside` writes of a program's past, for :func:`keep_units` to write."""
    return _fact(advocate, activity_type, happened_at, minutes, detail, Origin.IMPORTED)


def keep_units(units: Sequence[Participation]) -> None:
    """Write many facts at once."""
    Participation.objects.bulk_create(units)


def _fact(
    advocate: Advocate,
    activity_type: ActivityType,
    happened_at: datetime,
    minutes: int | None,
    detail: str,
    origin: Origin,
) -> Participation:
    check_past(happened_at)
    unit = unit_row(
        advocate,
        activity_type,
        origin=origin,
        units=activity_type.units,
        detail=detail,
    )
    unit.state = UnitState.COMPLETED
    unit.taken_at = unit.completed_at = happened_at
    unit.minutes = minutes
    unit.counts_for_tier = counts_when_completed(activity_type)
    return unit
