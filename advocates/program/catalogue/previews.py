"""Whom a change of a type's limits moves, before it is made (SET-1.c, SET-1.d)."""

import uuid
from typing import Any

from advocacy.tenancy.actors import Actor
from advocacy.tenant_settings.services import Moved, whom_it_moves
from advocates.models import ActivityType
from advocates.people.selectors import advocate_names
from advocates.program.catalogue.services import update_activity_type
from advocates.program.settings import standing_for

#: What the guard reads of a type; the rest of it moves nobody.
_GUARDED = frozenset(
    {"effort", "units", "tier_credit", "per_year", "per_detail_per_year", "at_once"}
    | {"gap_days", "is_reference"}
)


def preview_activity_type(
    *, actor: Actor, activity_type: ActivityType, **changes: Any
) -> list[Moved]:
    """Who could be asked for one more of this type and then could not, or the other way round.

    Nothing stays of it. Raises what :func:`update_activity_type` raises.
    """

    def change() -> None:
        update_activity_type(actor=actor, activity_type=activity_type, **changes)

    def standing() -> dict[uuid.UUID, str]:
        return standing_for(ActivityType.objects.get(pk=activity_type.pk))

    moving = any(
        name in _GUARDED and getattr(activity_type, name) != value
        for name, value in changes.items()
    )
    return whom_it_moves(change, standing=standing if moving else dict, names=advocate_names)
