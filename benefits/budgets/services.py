"""Writing budgets, and committing to one (BEN-5.b)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.turns import stand_in_line
from advocacy.web.formatting import day
from advocates.access import require_change
from advocates.models import Account
from benefits.budgets.models import Budget
from benefits.budgets.selectors import budget_for, with_totals


@transaction.atomic
def write_budget(*, actor: Actor, **values: Any) -> Budget:
    """Write one: ``name``, ``segment`` (empty: all), ``starts_on``, ``ends_on``, ``amount``.

    Raises ``DomainError`` at a field, also for a period in which the segment has one already.
    """
    require_change(actor, "budgets.edit")
    stand_in_line(_LINE)
    budget = Budget()
    for name, value in _checked(budget, values).items():
        setattr(budget, name, value)
    budget.save(force_insert=True)
    payload = {"amount": str(budget.amount), "segment": budget.segment}
    record("budget.written", budget, actor=actor, payload=payload)
    return budget


@transaction.atomic
def update_budget(*, actor: Actor, budget: Budget, **values: Any) -> Budget:
    """Change one; less than is committed already shows as over. Raises as writing does."""
    require_change(actor, "budgets.edit")
    stand_in_line(_LINE)
    budget.reload()
    changes = writes.save_changes(budget, _checked(budget, values))
    if changes:
        payload = writes.change_payload(changes, text=("name",))
        record("budget.changed", budget, actor=actor, payload=payload)
    return budget


def lock_budget(account: Account, on: date) -> tuple[Budget | None, Decimal]:
    """The budget for somebody at an account, locked until the transaction ends, and what is left of
    it then. Last of the global order of locks; its row is changed, so that two never spend the
    same money under any isolation level.
    """
    found = budget_for(account, on)
    if found is None:
        return None, Decimal(0)
    Budget.objects.filter(pk=found.pk).update(version=F("version") + 1)
    # A statement of its own: it sees what was committed while the one before waited.
    budget = with_totals(Budget.objects.filter(pk=found.pk)).get()
    return budget, budget.left  # type: ignore[attr-defined]


def _checked(budget: Budget, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(budget, values)
    now = {name: checked.get(name, getattr(budget, name)) for name in _PERIOD}
    if now["ends_on"] < now["starts_on"]:
        problem = _("The last day cannot be before the first.")
        raise DomainError(problem, fields={"ends_on": problem})
    others = Budget.objects.filter(
        segment=now["segment"], starts_on__lte=now["ends_on"], ends_on__gte=now["starts_on"]
    )
    if other := others.exclude(pk=budget.pk).first():
        problem = _("“%(name)s” holds from %(first)s to %(last)s already; choose another period.")
        text = problem % {
            "name": other.name,
            "first": day(other.starts_on),
            "last": day(other.ends_on),
        }
        raise DomainError(text, code="overlap", fields={"starts_on": text})
    return checked


#: Two that are written at once would hold for the same days, each unseen by the other.
_LINE = "budgets"
_PERIOD = ("segment", "starts_on", "ends_on")
