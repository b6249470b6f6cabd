"""Writing what belongs to a tier (BEN-2.a, SEG-1.c)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record, record_many
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocates.access import require_change
from benefits.commitments.shortages import within_what_there_is
from benefits.entitlements.models import Entitlement
from benefits.entitlements.seeds import seed_entitlements
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
    record("entitlement.written", row, actor=actor, payload=_payload(row))
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


@transaction.atomic
def put_usual_in(*, actor: Actor, anyway: bool = False) -> int:
    """Write what a new tenant's tiers bring, where it is not there yet, and give how many; for a
    tenant from before (SEG-1.c). The night grants it. Raises as writing does.
    """
    require_change(actor, "entitlements.edit")
    there = set(Entitlement.objects.values_list("pk", flat=True))
    with within_what_there_is(anyway=anyway):
        seed_entitlements()
    made = Entitlement.objects.exclude(pk__in=there).select_related("tier").order_by("pk")
    told: list[Any] = [(row, _payload(row), []) for row in made]
    record_many("entitlement.written", told, actor=actor)
    return len(told)


def _payload(row: Entitlement) -> dict[str, Any]:
    return {"tier": row.tier.code, "segment": row.segment, "benefit": str(row.benefit_id)}  # type: ignore[attr-defined]


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
