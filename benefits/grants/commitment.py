"""Where a grant takes from budget and stock, and gives back (BEN-5.b)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from activities.activities.models import Activity
from advocacy import clock
from advocacy.events.services import record
from advocacy.records.writes import stored
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.web.formatting import money
from advocates.models import Advocate, Capacity
from benefits.budgets.models import Budget
from benefits.budgets.services import lock_budget
from benefits.catalogue.models import Benefit
from benefits.grants.checks import reasons
from benefits.grants.lifecycle import GRANT, GrantState
from benefits.grants.models import Grant, Waits
from benefits.grants.policy import refused, require_allowed


def settle(actor: Actor, grant: Grant, covered: Iterable[Activity]) -> None:
    """Approve a planned grant, unless somebody has to; why is kept with it. Needs a transaction."""
    budget, left = hold(grant)
    if grant.state != GrantState.PLANNED:
        return
    waits = reasons(grant, covered)
    # What a tier brings was never tried against what their company allows in a year.
    if Waits.POLICY not in waits and refused(grant):
        waits.append(Waits.POLICY)
    if budget is not None and grant.cost > left:
        waits.append(Waits.BUDGET)
    if not waits and not _take_stock(grant):
        waits.append(Waits.STOCK)
    if waits:
        if waits != grant.waits_for:
            grant.waits_for = [str(each) for each in waits]
            grant.save(update_fields=["waits_for"])
        return
    _approve(actor, grant, "approve", budget)


def commit(actor: Actor, grant: Grant, name: str, **values: Any) -> None:
    """Approve by hand. Raises ``Conflict`` where it goes beyond the budget and nobody said so, and
    where none is in stock; ``DomainError`` where their company does not allow it.
    """
    budget, left = hold(grant)
    GRANT.require(grant, name)
    require_allowed(grant)
    if name == "approve" and budget is not None and grant.cost > left:
        raise _beyond(grant, budget, left)
    if not _take_stock(grant):
        raise Conflict(
            _("There is no “%(name)s” left in stock. Order some, correct the stock, then approve.")
            % {"name": grant.benefit.name},
            code="out_of_stock",
        )
    _approve(actor, grant, name, budget, **values)


def put_back(grant: Grant) -> None:
    """What it took of the stock is in stock again, once."""
    took = Grant.objects.filter(pk=grant.pk, took_stock=True).update(took_stock=False)
    if took:
        rows = Benefit.objects.filter(pk=grant.benefit_id, stock__isnull=False)  # type: ignore[misc]
        rows.update(stock=F("stock") + 1)


def hold_person(advocate: Advocate) -> None:
    """Two gifts to one person at once: the second sees what the first took of the year's."""
    Capacity.objects.filter(advocate=advocate).update(version=F("version") + 1)


def hold(grant: Grant) -> tuple[Budget | None, Decimal]:
    """The grant as it is now, locked behind its person and the budget, of which it says what is
    left: nobody changes what it costs while it is decided, nor decides while it is changed.
    """
    hold_person(grant.advocate)
    on = clock.today(grant.advocate.tenant.zone)
    budget, left = lock_budget(grant.advocate.account, on)
    now = Grant.objects.select_for_update(no_key=True, of=("self",)).get(pk=grant.pk)
    for field in Grant._meta.concrete_fields:
        if stored(grant, field.name) != stored(now, field.name):
            setattr(grant, field.attname, stored(now, field.name))
    return budget, left


def _take_stock(grant: Grant) -> bool:
    """Compare-and-set: two never take the last one."""
    rows = Benefit.objects.filter(pk=grant.benefit_id)
    if not rows.filter(stock__isnull=False).exists():
        return True
    grant.took_stock = bool(rows.filter(stock__gte=1).update(stock=F("stock") - 1))
    return grant.took_stock


def _approve(actor: Actor, grant: Grant, name: str, budget: Budget | None, **values: Any) -> None:
    now: dict[str, Any] = {
        "approved_by": actor.membership,
        "approved_at": clock.now(),
        "waits_for": [],
        "took_stock": grant.took_stock,
    }
    GRANT.move(grant, name, budget=budget, **now, **values)
    payload = {"cost": str(grant.cost), "budget": str(budget.pk) if budget else None}
    about = [grant.advocate, grant.advocate.account]
    record(GRANT[name].verb, grant, actor=actor, payload=payload, about=about)


def _beyond(grant: Grant, budget: Budget, left: Decimal) -> Conflict:
    unit = grant.advocate.tenant.currency
    words = {
        "budget": budget.name,
        "left": money(left, unit),
        "cost": money(grant.cost, unit),
        "beyond": money(grant.cost - left, unit),
    }
    return Conflict(
        _(
            "“%(budget)s” has %(left)s left, and this costs %(cost)s: %(beyond)s more than there"
            " is. Approve it beyond the budget, and say why."
        )
        % words,
        code="beyond_budget",
    )
