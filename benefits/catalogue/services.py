"""Writing the catalogue of benefits (BEN-1)."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocates.access import require_change
from advocates.program.catalogue.choices import Effort
from advocates.promises import promising
from benefits.catalogue.choices import TIER_CODES
from benefits.catalogue.models import Benefit
from benefits.catalogue.reviews import require_no_review
from benefits.catalogue.seeds import BENEFITS

_TEXT = ("name", "description")
_KNOWN = {"tiers": [code for code, _name in TIER_CODES], "effort_levels": Effort.values}


@transaction.atomic
def add_benefit(*, actor: Actor, **values: Any) -> Benefit:
    """Add a kind of the tenant's own. Raises ``DomainError`` at a field, ``NotAllowed``."""
    require_change(actor, "benefits.edit")
    # What is new is promised to nobody yet.
    values.pop("anyway", None)
    benefit = Benefit()
    for name, value in _checked(benefit, values).items():
        setattr(benefit, name, value)
    benefit.save(force_insert=True)
    payload = {"category": benefit.category, "cost": str(benefit.cost)}
    record("benefit.added", benefit, actor=actor, payload=payload)
    return benefit


@transaction.atomic
def update_benefit(
    *, actor: Actor, benefit: Benefit, anyway: bool = False, **values: Any
) -> Benefit:
    """Change a kind; what was given keeps cost and value of its day. Locks the row, since what is
    in stock is taken from it. Raises as adding does; ``Conflict`` at ``anyway`` where it is given
    again and does not last for what tiers bring by it (BEN-10.b).
    """
    require_change(actor, "benefits.edit")
    benefit = Benefit.objects.select_for_update(no_key=True).get(pk=benefit.pk)
    checked = _checked(benefit, values)
    again = bool(checked.get("is_on")) and not benefit.is_on
    with promising(anyway=anyway or not again):
        changes = writes.save_changes(benefit, checked)
    if changes:
        payload = writes.change_payload(changes, text=_TEXT)
        record("benefit.changed", benefit, actor=actor, payload=payload)
    return benefit


def _checked(benefit: Benefit, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(benefit, values)
    for name, known in _KNOWN.items():
        if unknown := [code for code in checked.get(name, ()) if code not in known]:
            problem = _("“%(code)s” is not known; choose from: %(known)s.") % {
                "code": unknown[0],
                "known": ", ".join(known),
            }
            raise DomainError(problem, fields={name: problem})
        if name in checked:
            # Each once, in the order of the scale, however often and where it was said.
            checked[name] = [code for code in known if code in checked[name]]
    require_no_review(**{name: checked[name] for name in _TEXT if name in checked})
    return checked


def seed_benefits() -> None:
    """Give the scope's tenant the starting kinds, in its language. What is there already, changed
    or not, stays as it is (BEN-1.a).
    """
    tenant = Tenant.objects.get(pk=current_tenant_id())
    with translation.override(tenant.language):
        Benefit.objects.bulk_create(
            [Benefit(code=seed.code, **seed.columns()) for seed in BENEFITS], ignore_conflicts=True
        )
