"""A program's past, from a spreadsheet (IMP-2): many activities at once, and nothing that follows
from one that happens today. No thank-you, no duty to tell, no mail: they were seen to back then.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy import clock
from advocacy.events.services import record_many
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocates.models import ActivityType, Advocate, TierChange
from advocates.program.ledger.facts import history_unit, keep_units
from advocates.program.tiers.services import evaluate_tiers

Happened = Literal["created", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """What somebody did on a day. ``facts`` are columns of ``Activity`` that are known of it."""

    advocate: Advocate
    activity_type: ActivityType
    happened_on: date
    detail: str = ""
    asked_on: date | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[uuid.UUID, uuid.UUID, date, str]:
        """What it is known by: imported twice it is one."""
        return (
            self.advocate.pk,
            self.activity_type.pk,
            self.happened_on,
            self.detail.casefold(),
        )


@transaction.atomic
def import_history(*, actor: Actor, rows: Sequence[HistoryRow]) -> list[Happened]:
    """Write what happened; says for each row what became of it, in their order.

    Each takes its units of the ledger as a fact, whatever the limits (CAP-8); when somebody was
    last asked and which tier they stand on follow at once. Nobody is asked who may: whoever starts
    an import was. Evaluates the tiers of all of them at the end.
    """
    if not rows:
        return []
    zone = Tenant.objects.get(pk=current_tenant_id()).zone
    known = _known(rows, zone)
    new: list[Activity] = []
    told: list[Happened] = []
    changed: dict[uuid.UUID, tuple[Activity, set[str]]] = {}
    for row in rows:
        activity = known.get(row.key)
        if activity is None:
            activity = known[row.key] = _activity(row, zone)
            new.append(activity)
            told.append("created")
            continue
        different = {name for name, value in row.facts.items() if getattr(activity, name) != value}
        for name in different:
            setattr(activity, name, row.facts[name])
        told.append("updated" if different else "unchanged")
        if different and activity not in new:
            changed.setdefault(activity.pk, (activity, set()))[1].update(different)
    keep_units([activity.participation for activity in new])
    Activity.objects.bulk_create(new)
    for activity, names in changed.values():
        activity.save(update_fields=sorted(names))
    _tell("activity.imported", new, actor)
    _tell("activity.corrected", [activity for activity, _names in changed.values()], actor)
    _note_asked(rows, zone)
    evaluate_tiers(
        advocate_ids=sorted({activity.advocate_id for activity in new}),
        why=TierChange.Why.EARNED,
        actor=actor,
    )
    return told


def _known(
    rows: Iterable[HistoryRow], zone: ZoneInfo
) -> dict[tuple[uuid.UUID, uuid.UUID, date, str], Activity]:
    """What is on record of these people as completed, whoever recorded it."""
    found = Activity.objects.select_related(
        "participation", "activity_type", "advocate__account", "owner__user"
    ).filter(
        Q(state=ActivityState.COMPLETED) | Q(state=ActivityState.VOIDED),
        advocate__in={row.advocate.pk for row in rows},
        happened_at__isnull=False,
    )
    return {
        (
            activity.advocate_id,
            activity.activity_type_id,
            activity.happened_at.astimezone(zone).date(),  # type: ignore[union-attr]
            activity.participation.detail.casefold(),
        ): activity
        for activity in found
    }


def _moment(day: date, zone: ZoneInfo) -> datetime:
    """Noon of a day, or now where noon is still to come."""
    return min(datetime.combine(day, time(12), zone), clock.now())


def _activity(row: HistoryRow, zone: ZoneInfo) -> Activity:
    happened_at = _moment(row.happened_on, zone)
    return Activity(
        advocate=row.advocate,
        activity_type=row.activity_type,
        participation=history_unit(
            advocate=row.advocate,
            activity_type=row.activity_type,
            happened_at=happened_at,
            minutes=row.facts.get("minutes"),
            detail=row.detail,
        ),
        state=ActivityState.COMPLETED,
        planned_at=happened_at,
        happened_at=happened_at,
        completed_at=clock.now(),
        is_outside=True,
        **row.facts,
    )


def _tell(verb: str, activities: Sequence[Activity], actor: Actor) -> None:
    record_many(
        verb,
        [
            (
                activity,
                {"type": activity.activity_type.code},
                [activity.advocate, activity.advocate.account],
            )
            for activity in activities
        ],
        actor=actor,
    )


def _note_asked(rows: Iterable[HistoryRow], zone: ZoneInfo) -> None:
    """Who did something was asked for it, on that day at the latest, unless it is known better."""
    last: dict[uuid.UUID, datetime] = {}
    for row in rows:
        asked = _moment(row.asked_on or row.happened_on, zone)
        last[row.advocate.pk] = max(asked, last.get(row.advocate.pk, asked))
    for pk in sorted(last):
        earlier = Q(last_asked_at__isnull=True) | Q(last_asked_at__lt=last[pk])
        Advocate.objects.filter(earlier, pk=pk).update(last_asked_at=last[pk])
