"""Writing what belongs to a tier (BEN-2.a, SEG-1.c)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocates.access import require_change
from benefits.commitments.shortages import within_what_there_is
from benefits.entitlements.models import Entitlement
from benefits.grants.checks import require_on


@transaction.atomic
def write_entitlement(*, actor: Actor, anyway: bool = False, **values: Any) -> Entitlement:
    """Say that everybody on a ``tier`` (of a ``segment``; empty: all) gets a ``benefit``, again
    ``every_months`` or once. The night grants it. Raises ``DomainError`` at a field; ``Conflict``
    at ``anyway`` where stock, budget or what was delivered so far do not last for who is on the
    tier now (BEN-10.b).
    """
    require_change(actor, "entitlements.edit")
    row = Entitlement()
    for name, value in _checked(row, values).items():
        setattr(row, name, value)
    with within_what_there_is(anyway=anyway):
        row.save(force_insert=True)
    payload = {"tier": row.tier.code, "segment": row.segment, "benefit": str(row.benefit.pk)}
    record("entitlement.written", row, actor=actor, payload=payload)
    return row


@transaction.atomic
def update_entitlement(
    *, actor: Actor, entitlement: Entitlement, anyway: bool = False, **values: Any
) -> Entitlement:
    """Change one; what was granted by it stays. Raises as writing does."""
    require_change(actor, "entitlements.edit")
    checked = _checked(entitlement, values)
    with within_what_there_is(anyway=anyway or not writes.changed_fields(entitlement, checked)):
        changes = writes.save_changes(entitlement, checked)
    if changes:
        payload = writes.change_payload(changes, text=())
        record("entitlement.changed", entitlement, actor=actor, payload=payload)
    return entitlement


def _checked(row: Entitlement, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(row, values)
    if "benefit" in checked:
        require_on(checked["benefit"])
    names = ("tier", "segment", "benefit")
    now = {name: checked[name] if name in checked else getattr(row, name) for name in names}
    if Entitlement.objects.filter(**now).exclude(pk=row.pk).exists():
        problem = _("This tier has it already.")
        raise DomainError(problem, code="taken", fields={"benefit": problem})
    return checked
