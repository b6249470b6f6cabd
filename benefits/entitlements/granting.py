"""Granting what a tier brings, and ending it (BEN-2.a, TIER-6.c)."""

import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction

from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record_many
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current
from advocates.models import Advocate, TierChange
from benefits.catalogue.choices import GIFTS, MATERIAL
from benefits.catalogue.services import seed_benefits
from benefits.entitlements import statements
from benefits.entitlements.models import Entitlement
from benefits.entitlements.seeds import seed_entitlements
from benefits.grants.commitment import settle
from benefits.grants.lifecycle import GrantState
from benefits.grants.models import Grant
from benefits.settings import Giving

SYSTEM = Actor.system("entitlements")
#: More than anybody's night brings; the rest follows in the next.
_A_NIGHT = 5000


@transaction.atomic
def follow_tiers(*, advocate_ids: Collection[uuid.UUID] | None = None) -> tuple[int, int]:
    """Bring what people have by their tier in line with where they stand; for some, or all. Gives
    how many grants were made and how many ended.

    A second run on the same day changes nothing. What costs money or comes out of a stock is
    planned only: :func:`settle_planned` commits it, since that locks what comes before the tiers.
    """
    if not Entitlement.objects.exists():
        return 0, 0
    tenant = Tenant.objects.get(pk=current_tenant_id())
    today = clock.today(tenant.zone)
    parameters: dict[str, Any] = {
        "tenant": tenant.pk,
        "zone": tenant.time_zone,
        "today": today,
        "due": today + timedelta(days=current(Giving).promise_days),
        "now": clock.now(),
        "manager": _manager(),
        "ids": None if advocate_ids is None else list(advocate_ids),
        "gifts": [str(each) for each in GIFTS],
        "material": [str(each) for each in MATERIAL],
    }
    ended = _run(statements.END, parameters)
    made = _run(statements.GRANT, parameters)
    _tell("grant.ended", ended)
    _tell("grant.planned", made)
    return len(made), len(ended)


def settle_planned() -> int:
    """Approve what a tier brings and nobody has to be asked about, as far as budget and stock last;
    why the rest waits is kept with it. Gives how many it looked at.
    """
    rows = Grant.objects.filter(
        state=GrantState.PLANNED, entitlement__isnull=False, waits_for=[]
    ).select_related("benefit", "advocate__account__tenant", "advocate__tenant")
    count = 0
    for grant in rows.order_by("advocate_id", "pk")[:_A_NIGHT]:
        with transaction.atomic():
            try:
                settle(SYSTEM, grant, [])
            except DomainError:
                continue  # somebody moved it meanwhile
        count += 1
    return count


def grant_nightly(tenant_id: uuid.UUID) -> None:
    """The schedule's handler: periods that begin, and whatever was missed."""
    follow_tiers()
    settle_planned()


def on_tier_changed(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``tier.changed``: granted on entry, ended on leaving, in the transaction of the
    change (TIER-6.c).
    """
    assert isinstance(subject, TierChange)  # noqa: S101 - its own event
    follow_tiers(advocate_ids=[subject.advocate_id])  # type: ignore[attr-defined]


def on_account_changed(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``account.updated``: people of a company of another size get what belongs to
    it, and no more what did (SEG-1.c).
    """
    if "segment" in event.payload.get("fields", ()):
        people = Advocate.objects.filter(account_id=subject.pk, standings__tier__isnull=False)
        follow_tiers(advocate_ids=list(people.values_list("pk", flat=True)))


def set_up_new_tenant(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``tenant.created``: a new tenant starts with a catalogue of benefits, and with
    what its tiers bring.
    """
    seed_benefits()
    seed_entitlements()


def _run(statement: str, parameters: dict[str, Any]) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]


def _tell(verb: str, ids: list[uuid.UUID]) -> None:
    if not ids:
        return
    rows = Grant.objects.filter(pk__in=ids).select_related("advocate__account").order_by("pk")
    told = [(row, {"tier": True}, [row.advocate, row.advocate.account]) for row in rows]
    record_many(verb, told, actor=SYSTEM)


def _manager() -> uuid.UUID | None:
    """Who sees to it at accounts without an owner."""
    rows = Membership.objects.filter(is_active=True, role=Role.PROGRAM_MANAGER)
    return rows.order_by("pk").values_list("pk", flat=True).first()
