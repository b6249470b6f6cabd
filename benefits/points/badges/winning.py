"""Who wins which badge, and who only seemed to (BEN-7.a)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy.tenancy.actors import Actor
from advocates.models import Advocate
from advocates.program.catalogue.choices import Effort, Rewards
from advocates.program.ledger.choices import Origin
from benefits.points.badges.models import Badge, Rule
from benefits.points.choices import WON, Source
from benefits.points.ledger import enter, take_back
from benefits.points.models import PointEntry


def counted(advocate: Advocate, *, with_too: Activity | None = None) -> dict[str, int]:
    """By rule, how many somebody has; reviews count for none (BEN-4.a)."""
    which = Q(state=ActivityState.COMPLETED)
    if with_too is not None:
        which |= Q(pk=with_too.pk)
    rows = Activity.objects.filter(which, advocate=advocate)
    effort = {level: Count("pk", filter=Q(participation__effort=level)) for level in Effort.values}
    found: dict[str, Any] = rows.exclude(activity_type__rewards=Rewards.NEVER).aggregate(
        **effort,
        completed=Count("pk"),
        volunteered=Count("pk", filter=Q(participation__origin=Origin.VOLUNTEERED)),
        kinds=Count("activity_type", distinct=True),
    )
    found[Rule.EACH_EFFORT] = min(found[level] for level in Effort.values)
    return {rule: found[rule] for rule in Rule.values}


def wins_of(advocate: Advocate) -> list[PointEntry]:
    """The badges somebody has: won, and not taken back."""
    rows = _rows_of(advocate)
    gone = {row.reverses for row in rows}
    return [row for row in rows if row.reverses is None and row.pk not in gone]


def win_badges(advocate: Advocate, *, actor: Actor) -> None:
    """Give somebody what they have earned and do not have. Needs a transaction.

    What a colleague took back stays taken back; what fell with an activity recorded in error can be
    won again.
    """
    badges = list(Badge.objects.filter(is_on=True).order_by("pk"))
    if not badges:
        return
    numbers, rows = counted(advocate), _rows_of(advocate)
    undone = {row.reverses: row for row in rows if row.reverses}
    for badge in badges:
        if numbers[badge.rule] < badge.threshold:
            continue
        won = [row for row in rows if row.source_id == badge.pk and row.reverses is None]
        if any(row.pk not in undone or undone[row.pk].by_id for row in won):  # type: ignore[attr-defined]
            continue
        enter(
            "badge.won",
            actor=actor,
            advocate=advocate,
            source=Source.BADGE,
            source_id=badge.pk,
            milestone=f"{WON}-{len(won) + 1}" if won else WON,
            points=badge.points,
        )


def lose_badges(activity: Activity, *, actor: Actor) -> None:
    """Take back the badges that only this one brought; a threshold that was raised since takes
    nothing from anybody.
    """
    advocate, system = activity.advocate, Actor.system("points")
    won = {row.source_id: row for row in wins_of(advocate)}
    if not won:
        return
    now, before = counted(advocate), counted(advocate, with_too=activity)
    for badge in _badges(won):
        if now[badge.rule] < badge.threshold <= before[badge.rule]:
            # Nobody's hand: it may be won again.
            take_back(won[badge.pk], actor=system)


def _badges(keys: Iterable[Any]) -> list[Badge]:
    return list(Badge.objects.filter(pk__in=list(keys)).order_by("pk"))


def _rows_of(advocate: Advocate) -> list[PointEntry]:
    rows = PointEntry.objects.filter(advocate=advocate, source=Source.BADGE, is_double=False)
    return list(rows.select_related("advocate__account").order_by("at", "pk"))
