"""How much more may be asked of whole companies (CAP-7.d)."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from advocacy.tenancy.scope import current_tenant_id
from advocates.models import ActivityType, ProgramPolicy
from advocates.program.ledger.capacity.figures import companies_sql
from advocates.program.ledger.capacity.statement import limits_of


@dataclass(frozen=True, slots=True)
class CompanyRoom:
    """What is left of a company's limits: asks and activities at once, and units of the year.

    Never below 0; the unit's limit binds only what takes units.
    """

    asks: int
    units: int


def units_of(kind: ActivityType) -> int:
    """The units that asking for a type takes at once."""
    units: int = limits_of(kind)["units"]
    return units


def company_rooms(account_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, CompanyRoom]:
    """The room of each of these companies, in one statement; as the guard counts it."""
    policy = ProgramPolicy.objects.first() or ProgramPolicy()
    parameters: dict[str, Any] = {"tenant": current_tenant_id(), "accounts": list(account_ids)}
    with connection.cursor() as cursor:
        cursor.execute(companies_sql(), parameters)
        taken = {account: (units, running) for account, units, running in cursor.fetchall()}
    rooms = {}
    for account in account_ids:
        units, running = taken.get(account, (0, 0))
        rooms[account] = CompanyRoom(
            asks=max(policy.account_open - running, 0),
            units=max(policy.account_units_per_year - int(units), 0),
        )
    return rooms
