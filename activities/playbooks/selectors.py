"""Reading playbooks (PLB-1)."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from activities.playbooks.lifecycle import PartState
from activities.playbooks.models import PlaybookStep, PlaybookText
from advocacy.tenancy.models import Membership
from advocates.models import ActivityType
from advocates.responsibilities.selectors import role_for
from advocates.responsibilities.steps import SHORT_ROLE


def listed_steps(membership: Membership) -> QuerySet[PlaybookStep]:
    """Every step, by type and in its order."""
    return PlaybookStep.objects.select_related("activity_type").order_by(
        "activity_type__position", "position", "id"
    )


def listed_texts(membership: Membership) -> QuerySet[PlaybookText]:
    """Every text, by type and in its order."""
    return PlaybookText.objects.select_related("activity_type").order_by(
        "activity_type__position", "position", "id"
    )


def texts_for(kind: ActivityType) -> QuerySet[PlaybookText]:
    """What whoever runs an activity of this kind can work with."""
    return PlaybookText.objects.filter(activity_type=kind, state=PartState.IN_USE)


def items_for(kind: ActivityType, kept: Collection[uuid.UUID] = ()) -> list[PlaybookStep]:
    """The steps in use, and those ``kept`` though they have been left out since."""
    in_use = Q(state=PartState.IN_USE)
    rows = PlaybookStep.objects.filter(activity_type=kind)
    return list(rows.filter(in_use | Q(pk__in=kept) if kept else in_use))


@dataclass(frozen=True, slots=True)
class Playbook:
    """One kind of activity and how much its playbook holds."""

    kind: ActivityType
    steps: int
    texts: int


def playbooks() -> list[Playbook]:
    """Every kind of activity, those that are on first."""
    in_use = Q(state=PartState.IN_USE)
    steps, texts = (
        dict(
            model.objects.filter(in_use)
            .order_by()
            .values_list("activity_type")
            .annotate(Count("pk"))
        )
        for model in (PlaybookStep, PlaybookText)
    )
    return [
        Playbook(kind, steps.get(kind.pk, 0), texts.get(kind.pk, 0))
        for kind in ActivityType.objects.order_by("-is_on", "position", "name")
    ]


def role_of(item: PlaybookStep) -> str:
    """Whose role a step is, in a word."""
    role = role_for(item.activity_type, item.step)
    return str(SHORT_ROLE.get(role) or role.replace("_", " ").capitalize())
