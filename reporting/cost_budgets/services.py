"""Writing budgets of costs (COST-1.c)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.turns import stand_in_line
from advocacy.web.formatting import day
from advocates.access import require_change
from reporting.cost_budgets.models import CostBudget

_LINE = "cost-budgets"


@transaction.atomic
def write_cost_budget(*, actor: Actor, **values: Any) -> CostBudget:
    """Write one: ``kind``, ``starts_on``, ``ends_on``, ``amount``.

    Raises ``DomainError`` at a field, also for a period in which the kind has one already.
    """
    require_change(actor, "costs.edit")
    stand_in_line(_LINE)
    budget = CostBudget()
    for name, value in _checked(budget, values).items():
        setattr(budget, name, value)
    budget.save(force_insert=True)
    record("cost_budget.written", budget, actor=actor, payload=_said(budget))
    return budget


@transaction.atomic
def update_cost_budget(*, actor: Actor, budget: CostBudget, **values: Any) -> CostBudget:
    """Change one; less than is spent already shows as over. Raises as writing does."""
    require_change(actor, "costs.edit")
    stand_in_line(_LINE)
    budget.reload()
    if writes.save_changes(budget, _checked(budget, values)):
        record("cost_budget.changed", budget, actor=actor, payload=_said(budget))
    return budget


def _checked(budget: CostBudget, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(budget, values)
    names = ("kind", "starts_on", "ends_on")
    now = {name: checked.get(name, getattr(budget, name)) for name in names}
    if now["ends_on"] < now["starts_on"]:
        problem = _("The last day cannot be before the first.")
        raise DomainError(problem, fields={"ends_on": problem})
    others = CostBudget.objects.filter(
        kind=now["kind"], starts_on__lte=now["ends_on"], ends_on__gte=now["starts_on"]
    )
    if other := others.exclude(pk=budget.pk).first():
        problem = _("%(kind)s has a budget from %(first)s to %(last)s already; change that one.")
        words = {"kind": other, "first": day(other.starts_on), "last": day(other.ends_on)}
        raise DomainError(problem % words, code="taken", fields={"starts_on": problem % words})
    return checked


def _said(budget: CostBudget) -> dict[str, str]:
    return {
        "kind": budget.kind,
        "amount": str(budget.amount),
        "starts_on": budget.starts_on.isoformat(),
        "ends_on": budget.ends_on.isoformat(),
    }
