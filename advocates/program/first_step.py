"""What somebody who has done nothing yet is offered first (CAP-4.b)."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from advocates.models import ActivityType, Participation, TypePreference
from advocates.program.ledger.choices import UnitState

#: Small, and soon over: the bottom of the ladder.
FIRST_STEPS = ("short_reference_call", "testimonial")


def first_steps(advocates: Collection[UUID]) -> dict[UUID, list[ActivityType]]:
    """Of those who have completed nothing yet, the first steps they have not refused.

    Three statements, whatever their number. Nobody else is in it.
    """
    done = Participation.objects.filter(advocate__in=advocates, state=UnitState.COMPLETED)
    new = set(advocates) - set(done.order_by().values_list("advocate_id", flat=True).distinct())
    if not new:
        return {}
    kinds = ActivityType.objects.filter(code__in=FIRST_STEPS, is_on=True).order_by("position")
    refused: dict[UUID, set[UUID]] = defaultdict(set)
    for advocate, kind in TypePreference.objects.filter(
        advocate__in=new, accepted=False, activity_type__code__in=FIRST_STEPS
    ).values_list("advocate_id", "activity_type_id"):
        refused[advocate].add(kind)
    steps = list(kinds)
    return {pk: [kind for kind in steps if kind.pk not in refused[pk]] for pk in new}
