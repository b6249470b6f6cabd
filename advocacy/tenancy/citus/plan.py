"""The statements that distribute the schema by tenant over Citus (TEN-3.b).

Reference tables cannot come first: a table of a tenant then refuses to be distributed for its key
to them. So the keys to the tables that every machine shall have are taken off, the tenants' tables
distributed (each after those it points at, all in one group), the shared ones copied to every
machine, and the keys put back as PostgreSQL described them. What was taken off stands in a table
of a schema of its own until it is back, so whatever interrupts this, another run goes on: the steps
are made from what the database has by now.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from advocacy.tenancy.citus import settings
from advocacy.tenancy.schema import global_tables

#: Where keys are kept while they are off.
ASIDE = "citus_plan.keys"
_KEPT = 'SELECT "table", target, name, definition FROM citus_plan.keys ORDER BY 1, 3'
_KEEP = "INSERT INTO citus_plan.keys VALUES ({values}) ON CONFLICT DO NOTHING"
_DROP = 'DELETE FROM citus_plan.keys WHERE "table" = {table} AND name = {name}'
_TABLES = """
SELECT c.relname::text FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.deptype = 'e'
                  AND d.classid = 'pg_class'::regclass AND d.objid = c.oid)
ORDER BY 1
"""
_KEYS = """
SELECT t.relname::text, f.relname::text, k.conname::text, pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace ORDER BY 1, 3
"""
_PLACED = "SELECT logicalrelid::regclass::text, partmethod = 'h' FROM pg_dist_partition ORDER BY 1"


class Circle(Exception):
    """Tables that point at each other, so that none can be distributed first."""


@dataclass(frozen=True, slots=True)
class Key:
    """A foreign key as the catalogue describes it."""

    table: str
    target: str
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class Step:
    """One statement, run by itself."""

    why: str
    sql: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What the database has: tenants' tables, keys, and where the tables are by now."""

    tables: Collection[str]
    keys: Collection[Key]
    distributed: Collection[str]
    copied: Collection[str]
    aside: Collection[Key]

    @property
    def shared(self) -> list[str]:
        """What every machine shall have: tables without a tenant that tenants' rows point at."""
        return sorted(
            {
                key.target
                for key in [*self.keys, *self.aside]
                if key.table in self.tables and key.target not in self.tables
            }
        )


def layout(cursor: Any) -> Layout:
    """Read the catalogue; a database without Citus has nothing distributed."""
    cursor.execute(_TABLES)
    tables = [name for (name,) in cursor.fetchall() if name not in global_tables()]
    cursor.execute(_KEYS)
    keys = [Key(*row) for row in cursor.fetchall()]
    placed: Mapping[str, bool] = {}
    if settings.is_installed(cursor):
        cursor.execute(_PLACED)
        placed = dict(cursor.fetchall())
    aside: list[Key] = []
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [ASIDE])
    if cursor.fetchone()[0]:
        cursor.execute(_KEPT)
        aside = [Key(*row) for row in cursor.fetchall()]
    return Layout(
        tables=tables,
        keys=keys,
        distributed={name for name, by_tenant in placed.items() if by_tenant},
        copied={name for name, by_tenant in placed.items() if not by_tenant},
        aside=aside,
    )


def in_order(tables: Collection[str], keys: Collection[Key]) -> list[str]:
    """Each table after those it points at; raises :class:`Circle`."""
    waits = {
        table: {
            key.target for key in keys if key.table == table != key.target and key.target in tables
        }
        for table in tables
    }
    ordered: list[str] = []
    while waits:
        ready = sorted(table for table, targets in waits.items() if not targets & waits.keys())
        if not ready:
            raise Circle(", ".join(sorted(waits)))
        ordered += ready
        for table in ready:
            del waits[table]
    return ordered


def steps(connection: BaseDatabaseWrapper) -> Iterator[Step]:
    """What is left to do, in order; the settings (``settings.NEEDED``) come before."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        found = layout(cursor)
    ordered = in_order(found.tables, found.keys)
    left = [table for table in ordered if table not in found.distributed]
    to_copy = [table for table in found.shared if table not in found.copied]
    off = [key for key in found.keys if key.table in left and key.target in to_copy]
    if off:
        yield Step("keys aside", "CREATE SCHEMA IF NOT EXISTS citus_plan")
        yield Step(
            "keys aside",
            f'CREATE TABLE IF NOT EXISTS {ASIDE} ("table" text, target text, name text,'
            ' definition text, PRIMARY KEY ("table", name))',
        )
    for key in off:
        values = ", ".join(map(_text, (key.table, key.target, key.name, key.definition)))
        yield Step("keys aside", _KEEP.format(values=values))
        yield Step(
            "keys aside", f"ALTER TABLE {quote(key.table)} DROP CONSTRAINT {quote(key.name)}"
        )
    group = next((table for table in ordered if table in found.distributed), None)
    for table in left:
        with_ = _text(group) if group else "'default'"
        yield Step(
            "tenants' tables",
            f"SELECT create_distributed_table({_text(table)}, 'tenant_id',"
            f" colocate_with => {with_})",
        )
        group = group or table
    for table in to_copy:
        yield Step("shared tables", f"SELECT create_reference_table({_text(table)})")
    there = {(key.table, key.name) for key in found.keys} - {(key.table, key.name) for key in off}
    back = {(key.table, key.name): key for key in [*found.aside, *off]}
    for place, key in sorted(back.items()):
        if place not in there:
            yield Step(
                "keys back",
                f"ALTER TABLE {quote(key.table)} ADD CONSTRAINT {quote(key.name)} {key.definition}",
            )
        yield Step(
            "keys back",
            _DROP.format(table=_text(key.table), name=_text(key.name)),
        )
    if back:
        yield Step("keys back", "DROP SCHEMA citus_plan CASCADE")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
