"""The night's run of the tiers: what was set by hand ends, then everyone is recalculated."""

import uuid

from django.db import transaction

from advocates.overrides.services import end_overrides
from advocates.program.tiers.services import recalculate_tiers


def recalculate_nightly(tenant_id: uuid.UUID) -> None:
    """The schedule's handler; the sweep has opened the tenant's scope (TIER-3, TIER-5)."""
    with transaction.atomic():
        end_overrides()
        recalculate_tiers(reason="nightly")
