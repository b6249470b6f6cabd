"""Bringing strength and score in line with what is known, for some or for everybody."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import connection, transaction

from advocacy.events.services import record_many
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current
from advocates.candidates.lifecycle import DISMISSAL
from advocates.changes import tenant_today
from advocates.joining.criteria import months_before
from advocates.joining.numbers import Recruiting
from advocates.models import Dismissal
from advocates.scoring.numbers import ScoreWeights, StrengthWeights
from advocates.scoring.statement import statement


@transaction.atomic
def evaluate_scores(*, advocate_ids: Iterable[uuid.UUID] | None = None) -> list[Dismissal]:
    """Write every strength and score that changed; returns the dismissals that ended with it.

    Of the given people, or of everybody: nightly, after an import and when a setting changed
    (IDN-1.f, REL-1). Idempotent: a second run on the same data writes nothing. Rows are taken in
    the order of people's ids. Records ``dismissal.returned`` for who comes back (IDN-1.g).
    """
    ids = None if advocate_ids is None else list(advocate_ids)
    if ids == []:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement(partial=ids is not None), parameters(ids))
        ended = [row[0] for row in cursor.fetchall()]
    if not ended:
        return []
    back = list(
        Dismissal.objects.filter(pk__in=ended).select_related("advocate__account").order_by("pk")
    )
    record_many(
        DISMISSAL["come_back"].verb,
        [
            (row, {"because": row.because.split()}, [row.advocate, row.advocate.account])
            for row in back
        ],
        actor=Actor.system("scores"),
    )
    return back


def evaluate_nightly(tenant_id: uuid.UUID) -> None:
    """The schedule's handler; the sweep has opened the tenant's scope (IDN-1.f)."""
    evaluate_scores()


def parameters(ids: list[uuid.UUID] | None = None) -> dict[str, Any]:
    """What the statement reads of the tenant and its settings."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    recruiting = current(Recruiting)
    return {
        **asdict(current(ScoreWeights)),
        **asdict(current(StrengthWeights)),
        "tenant": tenant.pk,
        "zone": tenant.time_zone,
        "ids": ids,
        "nps_since": months_before(tenant_today(), recruiting.nps_months),
        "nps_from": recruiting.nps_from,
        "tenure_months": recruiting.tenure_months,
        "industries": [name.lower() for name in recruiting.profile_industries],
        "sizes": list(recruiting.profile_sizes),
        "regions": list(recruiting.profile_regions),
    }
