"""Writing goals (GOAL-1)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocates.access import require_change
from reporting.goals.ambitions import AMBITIONS
from reporting.goals.lifecycle import GOAL
from reporting.goals.models import Goal
from reporting.metrics.registry import METRICS

_KEY = ("metric", "segment", "region", "starts_on", "ends_on")
#: A goal of more days than this is a wish.
_LONGEST = 5 * 366


@transaction.atomic
def set_goal(*, actor: Actor, **values: Any) -> Goal:
    """Set one: ``metric``, ``target``, ``starts_on``, ``ends_on``, and for a part of the program
    ``segment`` or ``region``. Raises ``DomainError`` at a field.
    """
    require_change(actor, "goals.edit")
    goal = Goal()
    for name, value in _checked(goal, values).items():
        setattr(goal, name, value)
    goal.save(force_insert=True)
    record("goal.set", goal, actor=actor, payload=_said(goal))
    return goal


@transaction.atomic
def update_goal(*, actor: Actor, goal: Goal, **values: Any) -> Goal:
    """Change one. Raises as setting does."""
    require_change(actor, "goals.edit")
    if writes.save_changes(goal, _checked(goal, values)):
        record("goal.changed", goal, actor=actor, payload=_said(goal))
    return goal


@transaction.atomic
def drop_goal(*, actor: Actor, goal: Goal) -> Goal:
    """It is no goal any more; it stays, with what became of it."""
    return _move(actor, goal, "drop")


@transaction.atomic
def take_up_goal(*, actor: Actor, goal: Goal) -> Goal:
    """It holds again. Raises ``DomainError`` where another took its place."""
    _refuse_twice(goal, {name: getattr(goal, name) for name in _KEY})
    return _move(actor, goal, "take_up")


@transaction.atomic
def set_starting_ambitions(*, actor: Actor) -> int:
    """The usual ambitions of a first year, for this calendar year; what has a goal keeps it
    (GOAL-1.b). Returns how many were set.
    """
    require_change(actor, "goals.edit")
    today = clock.today(Tenant.objects.get(pk=current_tenant_id()).zone)
    year = {"starts_on": date(today.year, 1, 1), "ends_on": date(today.year, 12, 31)}
    held = Goal.objects.filter(state="pursued", segment="", region="", **year)
    have = set(held.values_list("metric", flat=True))
    missing = [each for each in AMBITIONS if each.metric and each.target is not None]
    missing = [each for each in missing if each.metric not in have]
    for each in missing:
        set_goal(actor=actor, metric=each.metric, target=Decimal(str(each.target)), **year)
    return len(missing)


def permit_goal(actor: Actor, goal: Goal, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor may set goals."""
    GOAL.permit(actor, name)


def _move(actor: Actor, goal: Goal, name: str) -> Goal:
    permit_goal(actor, goal, name)
    GOAL.move(goal, name)
    record(GOAL[name].verb, goal, actor=actor, payload={"metric": goal.metric})
    return goal


def _checked(goal: Goal, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(goal, values)
    now = {name: checked.get(name, getattr(goal, name)) for name in (*_KEY, "target")}
    problems = {}
    if now["ends_on"] < now["starts_on"]:
        problems["ends_on"] = _("The last day cannot be before the first.")
    elif (now["ends_on"] - now["starts_on"]).days > _LONGEST:
        problems["ends_on"] = _("A goal lasts five years at most.")
    elif not 2000 <= now["starts_on"].year <= 2090:
        problems["starts_on"] = _("Choose a day from 2000 to 2090.")
    metric = METRICS[now["metric"]]
    if metric.unit == "share" and not 0 <= now["target"] <= 100:
        problems["target"] = _("A share is from 0 to 100 per cent.")
    elif metric.unit != "difference" and now["target"] < 0:
        problems["target"] = _("Enter 0 or more.")
    for name in ("segment", "region"):
        if now[name] and name not in metric.dimensions:
            problems[name] = _("This number cannot be told by it; leave it empty.")
    if problems:
        raise DomainError(next(iter(problems.values())), fields=problems)
    if goal.state == "pursued":
        _refuse_twice(goal, {name: now[name] for name in _KEY})
    return checked


def _refuse_twice(goal: Goal, key: dict[str, Any]) -> None:
    if Goal.objects.filter(state="pursued", **key).exclude(pk=goal.pk).exists():
        problem = _("There is a goal for this number and period already; change that one.")
        raise DomainError(problem, code="taken", fields={"metric": problem})


def _said(goal: Goal) -> dict[str, str]:
    return {
        "metric": goal.metric,
        "target": str(goal.target),
        "starts_on": goal.starts_on.isoformat(),
        "ends_on": goal.ends_on.isoformat(),
    }
