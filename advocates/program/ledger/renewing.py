"""A unit that was reserved, taken again at the moment for which it counts (CAP-1, CAP-7)."""

from django.db import transaction

from advocacy.messaging.holding import keep
from advocates.models import ActivityType, Advocate, Participation
from advocates.program.ledger.services import hold_takes, take_unit, unsend_unit


@transaction.atomic
def take_now(
    *, participation: Participation, advocate: Advocate, activity_type: ActivityType
) -> Participation:
    """What was reserved is asked for only now: pacing and gaps count from here.

    The reserved unit ends as one that was never sent and another is taken in its place, which the
    guard judges like any; nobody else takes there in between. Raises what ``take_unit`` does, and
    then the reserved one stands. For a press that is taken back see :func:`give_back_taken`.
    """
    hold_takes([advocate])
    unsend_unit(participation=participation)
    unit = take_unit(
        advocate=advocate,
        activity_type=activity_type,
        detail=participation.detail,
        override_reason=participation.override_reason,
    )
    keep(taken=str(unit.pk))
    return unit


def give_back_taken(kept: dict[str, object]) -> None:
    """Taking a press back that took a reserved unit anew: the new one was never sent. The reserved
    one is open again by the press's steps.
    """
    for unit in Participation.objects.filter(pk__in=[kept["taken"]] if "taken" in kept else []):
        unsend_unit(participation=unit)
