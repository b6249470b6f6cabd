"""What already happened, written into the ledger afterwards: no rule refuses a fact (CAP-8)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from advocates.models import ActivityType, Advocate, Participation
from advocates.program.ledger.choices import Origin, ReleaseReason, UnitState
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


def note_question(*, advocate: Advocate, activity_type: ActivityType) -> Participation:
    """Somebody in the program was asked something that is no activity: it takes nothing and is not
    refused, and keeps the next ask waiting like any other, since to them it was one (CAP-5).
    """
    row = unit_row(advocate, activity_type, origin=Origin.ASKED, units=0, detail="")
    row.state, row.released_at = UnitState.RELEASED, row.taken_at
    row.release_reason = ReleaseReason.QUESTION
    row.save(force_insert=True)
    never = Q(last_asked_at=None) | Q(last_asked_at__lt=row.taken_at)
    Advocate.objects.filter(never, pk=advocate.pk).update(last_asked_at=row.taken_at)
    return row


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
