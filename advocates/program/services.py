"""Setting a tenant's program up, and changing its guardrails."""

from django.db import models, transaction
from django.utils import translation

from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocates.enablement.seeds import seed_materials
from advocates.models import ActivityType, ProgramPolicy, Tier
from advocates.program.catalogue.seeds import CATALOGUE, ON_AT_FIRST
from advocates.program.tiers.seeds import TIERS


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
                    **seed.columns(),
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
        seed_materials()
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
