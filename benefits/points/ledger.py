"""Writing rows of the ledger; who may is their caller's affair (BEN-7.a).

The database adds each row to the person's balance as it comes. A balance is locked last, after
capacity, budget and stock: whoever takes several of them keeps that order.
"""

from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenancy.violations import violated
from advocacy.tenant_settings.reading import current
from advocates.models import Advocate
from benefits.points.choices import REDEEMED, REVERSED, Source
from benefits.points.models import PointEntry
from benefits.points.settings import PointNumbers

#: A rule of the database, by the name it raises.
NOT_ENOUGH = "points_not_enough"


def are_on() -> bool:
    """Whether the tenant wants points."""
    return current(PointNumbers).is_on


def require_on() -> None:
    """Raise ``Conflict`` where the tenant has no points."""
    if not are_on():
        raise Conflict(
            _("Points are switched off. Switch them on under Settings, Points and rewards."),
            code="points_off",
        )


def enter(
    verb: str,
    *,
    actor: Actor,
    advocate: Advocate,
    source: str,
    source_id: UUID,
    milestone: str,
    points: int,
    reverses: UUID | None = None,
) -> PointEntry | None:
    """A row of the ledger, and the event that tells it; None where this milestone was paid before.

    Needs a transaction. Raises ``Conflict`` where more is redeemed than there is.
    """
    entry = PointEntry(
        advocate=advocate,
        source=source,
        source_id=source_id,
        milestone=milestone,
        points=points,
        reverses=reverses,
        by=actor.membership,
    )
    try:
        with transaction.atomic():
            PointEntry.objects.bulk_create([entry], ignore_conflicts=True)
    except DatabaseError as error:
        if violated(error)[0] == NOT_ENOUGH:
            raise not_enough(-points) from error
        raise
    if not PointEntry.objects.filter(pk=entry.pk).exists():
        return None
    payload: dict[str, Any] = {"points": points, "source": source, "of": str(source_id)}
    record(verb, entry, actor=actor, payload=payload, about=[advocate, advocate.account])
    return entry


def take_back(entry: PointEntry, *, actor: Actor) -> PointEntry | None:
    """Undo a row, once; a redemption's points come back by the same way."""
    return enter(
        "points.reversed",
        actor=actor,
        advocate=entry.advocate,
        source=entry.source,
        source_id=entry.source_id,
        milestone=f"{entry.milestone}:{REVERSED}",
        points=-entry.points,
        reverses=entry.pk,
    )


def take_back_source(source: Source, source_id: UUID, *, actor: Actor) -> list[PointEntry]:
    """Undo whatever a source earned or spent and nobody undid yet: what somebody calls who takes
    back the source itself.
    """
    rows = PointEntry.objects.select_related("advocate__account").filter(
        source=source, source_id=source_id, reverses=None, is_double=False
    )
    undone = [take_back(row, actor=actor) for row in rows.order_by("at", "pk")]
    return [row for row in undone if row is not None]


def redeem_points(*, actor: Actor, advocate: Advocate, grant_id: UUID, points: int) -> PointEntry:
    """Spend. Raises ``Conflict`` where there are too few."""
    entry = enter(
        "points.redeemed",
        actor=actor,
        advocate=advocate,
        source=Source.REDEMPTION,
        source_id=grant_id,
        milestone=REDEEMED,
        points=-points,
    )
    if entry is None:
        raise Conflict(_("It was redeemed already."), code="redeemed")
    return entry


def not_enough(points: int) -> Conflict:
    """Too few to redeem."""
    problem = _("There are too few points for it: it takes %(points)d.") % {"points": points}
    return Conflict(problem, code="not_enough_points")


_RECOUNT = """
INSERT INTO benefits_pointbalance (id, tenant_id, advocate_id, lifetime, redeemed, on_board)
SELECT gen_random_uuid(), %(tenant)s, %(advocate)s,
       COALESCE(sum(e.points) FILTER (WHERE e.source <> 'redemption'), 0),
       COALESCE(-sum(e.points) FILTER (WHERE e.source = 'redemption'), 0), false
  FROM benefits_pointentry e
 WHERE e.tenant_id = %(tenant)s AND e.advocate_id = %(advocate)s AND NOT e.is_double
   AND NOT EXISTS (
     SELECT 1 FROM benefits_pointentry d
      WHERE d.tenant_id = e.tenant_id AND d.id = e.reverses AND d.is_double)
HAVING count(*) > 0
ON CONFLICT (tenant_id, advocate_id) DO UPDATE
   SET lifetime = excluded.lifetime, redeemed = excluded.redeemed
"""


def recount(advocate_id: UUID) -> None:
    """Count a balance anew from the ledger, where rows came from another record."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, {"tenant": current_tenant_id(), "advocate": advocate_id})
