"""Reading duties, and how a record shows them (RSP-1)."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise

from activities.activities.models import Activity
from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from advocates.responsibilities.steps import Step


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty as a record shows it: what, whose, by when or since when; ``pk`` of one's own page."""

    step: str
    label: str | Promise
    owner: str
    due_at: datetime | None
    done_at: datetime | None
    pk: uuid.UUID | None = None
    about: str = ""
    owner_id: uuid.UUID | None = None


#: What is somebody's about an activity and kept by an app above: the thank-you.
_more: list[Callable[[Collection[uuid.UUID]], dict[uuid.UUID, list[DutyLine]]]] = []


def register_lines(
    find: Callable[[Collection[uuid.UUID]], dict[uuid.UUID, list[DutyLine]]],
) -> None:
    """Have ``find(activity_ids)`` add lines; for ``AppConfig.ready()``."""
    _more.append(find)


def listed_duties(membership: Membership) -> QuerySet[Duty]:
    """Everybody's for who may open activities; the others read their own (VIS-1)."""
    rows = Duty.objects.select_related(
        "activity__activity_type", "activity__advocate__account", "owner__user", "done_by__user"
    )
    return (
        rows
        if membership.can("activities.view")
        else rows.filter(owner__in=answers_for(membership))
    )


def for_viewer(lines: Iterable[DutyLine], viewer: Membership) -> list[DutyLine]:
    """Lines that lead to their duty only where the viewer may open it (:func:`listed_duties`)."""
    if viewer.can("activities.view"):
        return list(lines)
    own = answers_for(viewer)
    return [line if line.owner_id in own else replace(line, pk=None) for line in lines]


def lines_of(activities: Collection[Activity]) -> dict[uuid.UUID, list[DutyLine]]:
    """What is whose about some activities, in the order of the steps."""
    pks = [activity.pk for activity in activities]
    found: dict[uuid.UUID, list[DutyLine]] = defaultdict(list)
    rows = Duty.objects.filter(activity__in=pks, item=None, task="").exclude(
        state=DutyState.DROPPED
    )
    for duty in rows.select_related("owner__user"):
        owner = duty.owner.name if duty.owner else ""
        line = DutyLine(
            duty.step,
            Step(duty.step).label,
            owner,
            duty.due_at,
            duty.done_at,
            duty.pk,
            owner_id=duty.owner_id,  # type: ignore[attr-defined]
        )
        found[duty.activity_id].append(line)  # type: ignore[attr-defined]
    for find in _more:
        for pk, lines in find(pks).items():
            found[pk] += lines
    order = list(Step.values)
    return {
        pk: sorted(lines, key=lambda each: order.index(each.step)) for pk, lines in found.items()
    }


def open_of(membership: Membership) -> QuerySet[Duty]:
    """A member's open duties that have a date."""
    return listed_duties(membership).filter(
        owner=membership, state=DutyState.OPEN, due_at__isnull=False
    )
