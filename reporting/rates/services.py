"""Writing exchange rates: typed, over REST, or many from a file (MET-6.b)."""

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.web.dates import countable
from advocates.access import require_change
from reporting.rates.models import ExchangeRate

#: So many rows a file may have: ten currencies for ten years of days.
MOST = 40_000
_COLUMNS = ("on", "currency", "rate")


@transaction.atomic
def write_rate(*, actor: Actor, **values: Any) -> ExchangeRate:
    """Write one: ``currency``, ``on``, ``rate`` (what one unit is worth in the base currency).

    Raises ``DomainError`` at a field, also where the day has a rate of the currency already.
    """
    require_change(actor, "rates.edit")
    row = ExchangeRate(base=_base())
    for name, value in _checked(row, values).items():
        setattr(row, name, value)
    row.save(force_insert=True)
    record("rate.written", row, actor=actor, payload=_said(row))
    return row


@transaction.atomic
def update_rate(*, actor: Actor, row: ExchangeRate, **values: Any) -> ExchangeRate:
    """Correct one; the numbers follow. Raises as writing does."""
    require_change(actor, "rates.edit")
    if writes.save_changes(row, _checked(row, values)):
        record("rate.changed", row, actor=actor, payload=_said(row))
    return row


@transaction.atomic
def import_rates(*, actor: Actor, text: str) -> int:
    """Take a CSV file of ``on,currency,rate``: what is there is overwritten. Returns how many.

    All or nothing: raises ``DomainError`` at ``file`` naming the line that is wrong.
    """
    require_change(actor, "rates.edit")
    base = _base()
    try:
        rows = {(row.currency, row.on): row for row in _rows_of(text, base)}
    except csv.Error:
        raise _wrong(_("The file is no CSV. It wants the columns on, currency and rate.")) from None
    if not rows:
        raise _wrong(_("The file holds no rates. It wants the columns on, currency and rate."))
    ExchangeRate.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["tenant", "base", "currency", "on"],
        update_fields=["rate"],
        batch_size=2000,
    )
    tenant = Tenant.objects.get(pk=current_tenant_id())
    record("rate.imported", tenant, actor=actor, payload={"count": len(rows)})
    return len(rows)


def _rows_of(text: str, base: str) -> Iterable[ExchangeRate]:
    lines = csv.reader(text.lstrip("\ufeff").splitlines())
    head = [cell.strip().casefold() for cell in next(lines, [])]
    missing = [name for name in _COLUMNS if name not in head]
    if missing:
        text = _("The first line must name on, currency and rate; “%(name)s” is missing.")
        raise _wrong(text % {"name": missing[0]})
    at = {name: head.index(name) for name in _COLUMNS}
    for number, cells in enumerate(lines, 2):
        if number > MOST + 1:
            text = _("More than %(most)d rates; split the file.")
            raise _wrong(text % {"most": MOST})
        if any(cell.strip() for cell in cells):
            yield _row_of(cells, at, base, number)


def _row_of(cells: list[str], at: dict[str, int], base: str, number: int) -> ExchangeRate:
    try:
        said = {name: cells[index].strip() for name, index in at.items()}
        row = ExchangeRate(
            base=base,
            currency=said["currency"].upper(),
            on=date.fromisoformat(said["on"]),
            rate=Decimal(said["rate"]),
        )
        countable(row.on)
        _checked(row, {"currency": row.currency, "on": row.on, "rate": row.rate}, once=False)
    except (IndexError, ValueError, InvalidOperation):
        text = _("Line %(number)d is no rate: a day (2026-01-31), a currency (USD), a number.")
        raise _wrong(text % {"number": number}) from None
    except (DomainError, ValidationError) as error:
        text = _("Line %(number)d: %(problem)s")
        raise _wrong(text % {"number": number, "problem": error.message}) from None
    return row


def _checked(row: ExchangeRate, values: dict[str, Any], *, once: bool = True) -> dict[str, Any]:
    if isinstance(values.get("currency"), str):
        values = {**values, "currency": values["currency"].strip().upper()}
    checked = writes.clean(row, values)
    now = {name: checked.get(name, getattr(row, name)) for name in ("currency", "on")}
    if now["currency"] == row.base:
        problem = _("%(currency)s is your base currency; one is worth one.") % now
        raise DomainError(problem, fields={"currency": problem})
    others = ExchangeRate.objects.filter(base=row.base, **now).exclude(pk=row.pk)
    if once and others.exists():
        problem = _("There is a rate of %(currency)s for this day already; change that one.") % now
        raise DomainError(problem, code="taken", fields={"on": problem})
    return checked


def _base() -> str:
    return Tenant.objects.get(pk=current_tenant_id()).currency


def _said(row: ExchangeRate) -> dict[str, str]:
    return {"currency": row.currency, "on": row.on.isoformat(), "rate": str(row.rate)}


def _wrong(problem: str) -> DomainError:
    return DomainError(problem, fields={"file": problem})
