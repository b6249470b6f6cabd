"""Writing costs (COST-1.a)."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenancy.turns import stand_in_line
from advocates.access import require_change
from reporting.costs.choices import CostKind
from reporting.costs.lifecycle import COST
from reporting.costs.models import Cost

_LINE = "costs"
#: A cost of more days than this is several.
_LONGEST = 5 * 366
_MOST = Decimal(10) ** 10
_CENT = Decimal("0.01")
_FIELDS = (
    *("kind", "lead_source", "starts_on", "ends_on", "amount", "currency", "hours"),
    *("hourly_rate", "external_id"),
)


@transaction.atomic
def write_cost(*, actor: Actor, **values: Any) -> Cost:
    """Write one: ``kind``, ``name``, ``starts_on``, ``ends_on`` (none: that day), ``amount`` and
    ``currency`` (none: the base currency) or ``hours`` and ``hourly_rate``; of acquisition the
    ``lead_source``; ``segment``, ``note``, ``external_id``.

    Raises ``DomainError`` at a field, also where ``external_id`` was written before (``taken``).
    """
    require_change(actor, "costs.edit")
    stand_in_line(_LINE)
    cost = Cost()
    for name, value in _checked(cost, values).items():
        setattr(cost, name, value)
    cost.save(force_insert=True)
    record("cost.written", cost, actor=actor, payload=_said(cost))
    return cost


@transaction.atomic
def update_cost(*, actor: Actor, cost: Cost, **values: Any) -> Cost:
    """Correct one; the numbers follow. Raises as writing does."""
    require_change(actor, "costs.edit")
    stand_in_line(_LINE)
    cost.reload()
    if cost.ends_on == cost.starts_on and "starts_on" in values:
        # A cost of one day stays one when the day is corrected.
        values.setdefault("ends_on", values["starts_on"])
    if writes.save_changes(cost, _checked(cost, values)):
        record("cost.changed", cost, actor=actor, payload=_said(cost))
    return cost


@transaction.atomic
def remove_cost(*, actor: Actor, cost: Cost) -> Cost:
    """It is in no number any more; it stays in the list of what was taken out."""
    return _move(actor, cost, "remove")


@transaction.atomic
def put_back_cost(*, actor: Actor, cost: Cost) -> Cost:
    """It counts again."""
    return _move(actor, cost, "put_back")


def permit_cost(actor: Actor, cost: Cost, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor may write costs."""
    COST.permit(actor, name)


def _move(actor: Actor, cost: Cost, name: str) -> Cost:
    permit_cost(actor, cost, name)
    COST.move(cost, name)
    record(COST[name].verb, cost, actor=actor, payload={"kind": cost.kind})
    return cost


def _checked(cost: Cost, values: dict[str, Any]) -> dict[str, Any]:
    if isinstance(values.get("currency"), str):
        values = {**values, "currency": values["currency"].strip().upper()}
    checked = writes.clean(cost, values)
    now = {name: checked.get(name, getattr(cost, name)) for name in _FIELDS}
    problems = {**_days(now), **_kind(now), **_hours(cost, checked, now)}
    if now["external_id"] and _is_taken(cost, now["external_id"]):
        problems["external_id"] = _("A cost with this number is written already; change that one.")
        code = "taken" if len(problems) == 1 else "invalid"
        raise DomainError(next(iter(problems.values())), fields=problems, code=code)
    if problems:
        raise DomainError(next(iter(problems.values())), fields=problems)
    checked["ends_on"] = now["ends_on"] or now["starts_on"]
    checked["amount"] = _product(now) if now["hours"] is not None else now["amount"]
    checked["currency"] = now["currency"] or _base()
    return checked


def _days(now: dict[str, Any]) -> dict[str, str]:
    first, last = now["starts_on"], now["ends_on"] or now["starts_on"]
    if not isinstance(first, date):
        return {"starts_on": _("Choose a day.")}
    if not 2000 <= first.year <= 2090:
        return {"starts_on": _("Choose a day from 2000 to 2090.")}
    if last < first:
        return {"ends_on": _("The last day cannot be before the first.")}
    if (last - first).days > _LONGEST:
        return {"ends_on": _("A cost lasts five years at most; write several.")}
    return {}


def _kind(now: dict[str, Any]) -> dict[str, str]:
    if now["kind"] == CostKind.ACQUISITION and not now["lead_source"]:
        return {"lead_source": _("Say where the leads came from, as the deals say it.")}
    if now["kind"] != CostKind.ACQUISITION and now["lead_source"]:
        return {"lead_source": _("Only acquisition has a lead source; leave it empty.")}
    return {}


def _hours(cost: Cost, checked: dict[str, Any], now: dict[str, Any]) -> dict[str, str]:
    hours, rate = now["hours"], now["hourly_rate"]
    if (hours is None) != (rate is None):
        name = "hours" if hours is None else "hourly_rate"
        return {name: _("Give the hours and what an hour costs, or neither.")}
    if hours is None:
        return {} if now["amount"] is not None else {"amount": _("Give an amount, or hours.")}
    product = _product(now)
    if product >= _MOST:
        return {"hours": _("That is more than 9,999,999,999.99; write several.")}
    amount = checked.get("amount")
    if amount is not None and amount not in (cost.amount, product):
        text = _("%(hours)s hours at %(rate)s are %(product)s. Leave the amount empty.")
        return {"amount": text % {"hours": hours, "rate": rate, "product": product}}
    return {}


def _product(now: dict[str, Any]) -> Decimal:
    found: Decimal = now["hours"] * now["hourly_rate"]
    return found.quantize(_CENT, ROUND_HALF_UP)


def _is_taken(cost: Cost, number: str) -> bool:
    return Cost.objects.filter(external_id=number).exclude(pk=cost.pk).exists()


def _base() -> str:
    return Tenant.objects.get(pk=current_tenant_id()).currency


def _said(cost: Cost) -> dict[str, str]:
    return {
        "kind": cost.kind,
        "amount": str(cost.amount),
        "currency": cost.currency,
        "starts_on": cost.starts_on.isoformat(),
        "ends_on": cost.ends_on.isoformat() if cost.ends_on else "",
    }
