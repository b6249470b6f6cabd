"""Setting a tenant's program up, and changing its guardrails."""

from typing import Any

from django.db import connection, models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocates.access import require_change
from advocates.models import ActivityType, ProgramPolicy, Tier
from advocates.program.catalogue.seeds import CATALOGUE, ON_AT_FIRST
from advocates.program.ledger.choices import GuardMode
from advocates.program.tiers.seeds import TIERS

#: Guardrails a tenant may change; the rest of the row is its key.
POLICY_FIELDS = frozenset(
    field.name for field in ProgramPolicy._meta.local_fields if field.name not in {"id", "tenant"}
)
_MODES = frozenset({"pacing_mode", "recovery_mode"})
_HIGHEST = 32767  # of a small integer

# In the order in which takes lock them: accounts first, then their people.
_LOWER_OR_RAISE = """
WITH due AS (
  SELECT c.id, LEAST(%(cap)s, p.yearly_cap) AS allowance
    FROM advocates_capacity c
    JOIN advocates_advocate a ON a.tenant_id = c.tenant_id AND a.id = c.advocate_id
    LEFT JOIN advocates_preference p
      ON p.tenant_id = c.tenant_id AND p.advocate_id = c.advocate_id
   WHERE c.tenant_id = %(tenant)s AND c.allowance IS DISTINCT FROM LEAST(%(cap)s, p.yearly_cap)
   ORDER BY a.account_id, c.advocate_id
     FOR UPDATE OF c
)
UPDATE advocates_capacity c SET allowance = due.allowance, version = c.version + 1
  FROM due WHERE c.tenant_id = %(tenant)s AND c.id = due.id
"""


def set_up_program() -> ProgramPolicy:
    """Give the scope's tenant its policy, the whole catalogue and the four tiers.

    Idempotent: what is there already, changed or not, stays as it is. Texts are written in the
    tenant's language. Source: spec.md, sections 4 and 5; ACT-3 for what is on at first.
    """
    tenant = Tenant.objects.get(pk=current_tenant_id())
    with transaction.atomic(), translation.override(tenant.language):
        before = ProgramPolicy.objects.exists()
        ProgramPolicy.objects.bulk_create([ProgramPolicy()], ignore_conflicts=True)
        ActivityType.objects.bulk_create(
            [
                ActivityType(
                    code=seed.code,
                    name=str(seed.name),
                    description=str(seed.description),
                    gives_back=str(seed.gives_back),
                    importance=seed.importance,
                    effort=seed.effort,
                    minutes_low=seed.minutes[0],
                    minutes_high=seed.minutes[1],
                    units=seed.units,
                    tier_credit=seed.tier_credit,
                    rewards=seed.rewards,
                    per_year=seed.per_year,
                    per_detail_per_year=seed.per_detail_per_year,
                    at_once=seed.at_once,
                    warn_gap_days=seed.warn_gap_days,
                    is_reference=seed.is_reference,
                    needs_comfort=list(seed.needs_comfort),
                    default_approvals=list(seed.default_approvals),
                    produces=seed.produces,
                    is_on=seed.importance in ON_AT_FIRST,
                    position=position,
                )
                for position, seed in enumerate(CATALOGUE, start=1)
            ],
            ignore_conflicts=True,
        )
        Tier.objects.bulk_create(
            [
                Tier(
                    code=seed.code,
                    name=str(seed.name),
                    rank=seed.rank,
                    min_activities=seed.min_activities,
                    min_high_effort=seed.min_high_effort,
                    expected_max=seed.expected_max,
                    seats_percent=seed.seats_percent,
                    guide_low=seed.guide[0] if seed.guide else None,
                    guide_high=seed.guide[1] if seed.guide else None,
                    touch_model=str(seed.touch_model),
                    touch_days=seed.touch_days,
                    entitlements=[str(words) for words in seed.entitlements],
                )
                for seed in TIERS
            ],
            ignore_conflicts=True,
        )
        policy = ProgramPolicy.objects.get()
        if not before:
            record(
                "program.set_up",
                policy,
                actor=Actor.system("set-up"),
                payload={"types": len(CATALOGUE), "tiers": len(TIERS)},
            )
    return policy


def set_up_new_tenant(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``tenant.created``: a new tenant starts with a program."""
    set_up_program()


def update_policy(*, actor: Actor, **changes: Any) -> ProgramPolicy:
    """Change guardrails (CAP-1, CAP-5): the only way past a block is to change the policy.

    A changed yearly cap reaches every advocate's allowance in the same transaction; who has
    already given more is shown as over and refused until the year moves on.

    Raises ``DomainError`` with a sentence per field, ``NotAllowed``, ``TypeError`` for a field
    that is none. Locks the policy, then the capacity rows in the order of takes.
    """
    if unknown := changes.keys() - POLICY_FIELDS:
        raise TypeError(f"no such guardrail: {', '.join(sorted(unknown))}")
    require_change(actor, "settings.rules")
    _check_policy(changes)
    with transaction.atomic():
        policy = ProgramPolicy.objects.select_for_update().first() or set_up_program()
        before = {name: getattr(policy, name) for name in changes}
        changed = sorted(name for name, value in changes.items() if before[name] != value)
        if not changed:
            return policy
        for name in changed:
            setattr(policy, name, changes[name])
        if policy.health_warn_below < policy.health_hold_below:
            raise DomainError(
                _("Accounts are held below a health score that is not above the one that warns."),
                fields={"health_warn_below": _("Not below the score that holds.")},
            )
        policy.save(update_fields=changed)
        if "yearly_cap" in changed:
            with connection.cursor() as cursor:
                cursor.execute(
                    _LOWER_OR_RAISE, {"tenant": policy.tenant_id, "cap": policy.yearly_cap}
                )
        record(
            "policy.updated",
            policy,
            actor=actor,
            payload={
                "before": {name: before[name] for name in changed},
                "after": {name: changes[name] for name in changed},
            },
        )
    return policy


def _check_policy(changes: dict[str, Any]) -> None:
    wrong: dict[str, str] = {}
    for name, value in changes.items():
        if name in _MODES:
            if value not in GuardMode.values:
                wrong[name] = _("Either “block” or “warn”.")
        elif isinstance(value, bool) or not isinstance(value, int):
            wrong[name] = _("A whole number.")
        elif not 0 <= value <= _HIGHEST:
            wrong[name] = _("A number between 0 and %(highest)s.") % {"highest": _HIGHEST}
    if wrong:
        raise DomainError(_("The guardrails were not changed."), fields=wrong)
