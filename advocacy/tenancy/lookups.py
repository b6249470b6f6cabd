"""The few reads that precede a scope or reach across tenants, each with its reason.

They are SECURITY DEFINER functions of the owner, who has a policy of its own; the application
role can call them and nothing else outside a scope.
"""

import uuid
from dataclasses import dataclass

from django.db import connection
from django.db.migrations import RunSQL


@dataclass(frozen=True, slots=True)
class Workplace:
    """One of a user's tenants."""

    tenant_id: uuid.UUID
    slug: str
    name: str
    role: str


def workplaces_of(user_id: uuid.UUID) -> list[Workplace]:
    """The tenants in which a user is an active member; "my tenants" has no scope to run in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM workplaces_of(%s)", [user_id])
        return [Workplace(*row) for row in cursor.fetchall()]


def tenant_of(kind: str, digest: str, home: uuid.UUID | None) -> uuid.UUID | None:
    """The tenant a secret belongs to, by the secret's SHA-256 in hex.

    ``kind`` is ``link`` or ``token``. Its holder's word does not count for whose it is, so this
    look-up has to come before the scope. ``home`` is the tenant the secret says (``tenant_in``):
    it is looked for there only, one shard of many. ``None`` when there is no such secret.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_of(%s, %s, %s)", [kind, digest, home])
        found: uuid.UUID | None = cursor.fetchone()[0]
        return found


def tenants_due(function: str, *arguments: str | int) -> list[uuid.UUID]:
    """Tenants with due work, by the name of a function made with :func:`due_function`."""
    values = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {connection.ops.quote_name(function)}({values})", arguments)
        return [row[0] for row in cursor.fetchall()]


def due_function(name: str, query: str) -> RunSQL:
    """Migration operation: a function that lists the tenants for which ``query`` finds work.

    A sweep runs inside one tenant at a time (TEN-4) and must not open a scope for each of a
    thousand idle ones every few seconds. ``query`` selects ``tenant_id`` only.
    """
    return RunSQL(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS SETOF uuid LANGUAGE sql STABLE "
        f"SECURITY DEFINER SET search_path = public, pg_temp AS $$ {query} $$;"
        f"REVOKE ALL ON FUNCTION {name}() FROM PUBLIC",
        f"DROP FUNCTION IF EXISTS {name}()",
    )


def without_stuck(work: str, row: str) -> str:
    """A condition for :func:`due_function`: the row (an alias) is not put off or given up as this
    work. ``stuck.not_stuck`` says the same inside a tenant.
    """
    return (
        f"NOT EXISTS (SELECT FROM tenancy_stuckwork s WHERE s.tenant_id = {row}.tenant_id "
        f"AND s.work = '{work}' AND s.row_id = {row}.id "
        "AND (s.retry_at > clock() OR s.failed_at IS NOT NULL))"
    )
