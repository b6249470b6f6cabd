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

# Where keys are kept while they are off.
_MAKE = (
    'CREATE TABLE IF NOT EXISTS citus_plan.keys ("table" text, target text, name text,'
    ' definition text, PRIMARY KEY ("table", name))'
)
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
    #: ``None`` while there is no table for them.
    aside: Collection[Key] | None

    @property
    def shared(self) -> list[str]:
        """What every machine shall have: tables without a tenant that tenants' rows point at."""
        return sorted(
            {
                key.target
                for key in [*self.keys, *(self.aside or ())]
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
    aside: list[Key] | None = None
    cursor.execute("SELECT to_regclass('citus_plan.keys') IS NOT NULL")
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


def in_order(tables: Collection[str], keys: Collection[Key]) -> tuple[list[str], list[Key]]:
    """Each table after those it points at, and the keys that have to be off for it: one of each
    circle, and none where there is no circle.
    """
    waits = {
        table: {key.target for key in keys if key.table == table != key.target} & set(tables)
        for table in tables
    }
    ordered: list[str] = []
    loose: list[Key] = []
    while waits:
        ready = sorted(table for table, targets in waits.items() if not targets & waits.keys())
        if not ready:
            first = min(table for table in waits if table in _reached(table, waits))
            loose += [key for key in keys if key.table == first and key.target in waits]
            ready = [first]
        ordered += ready
        for table in ready:
            del waits[table]
    return ordered, loose


def _reached(table: str, waits: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [table]
    while ahead:
        new = (waits.get(ahead.pop()) or set()) - found
        found |= new
        ahead += new
    return found


def steps(connection: BaseDatabaseWrapper) -> Iterator[Step]:
    """What is left to do, in order; the settings (``settings.NEEDED``) come before."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        found = layout(cursor)
    left, loose = in_order(set(found.tables) - set(found.distributed), found.keys)
    to_copy = [table for table in found.shared if table not in found.copied]
    off = [
        key for key in found.keys if key in loose or (key.table in left and key.target in to_copy)
    ]
    if off and found.aside is None:
        yield Step("keys aside", "CREATE SCHEMA IF NOT EXISTS citus_plan")
        yield Step("keys aside", _MAKE)
    for key in off:
        values = ", ".join(map(_text, (key.table, key.target, key.name, key.definition)))
        yield Step("keys aside", _KEEP.format(values=values))
        yield Step(
            "keys aside", f"ALTER TABLE {quote(key.table)} DROP CONSTRAINT {quote(key.name)}"
        )
    group = min(set(found.tables) & set(found.distributed), default=None)
    for table in left:
        beside = _text(group) if group else "'default'"
        yield Step(
            "tenants' tables",
            f"SELECT create_distributed_table({_text(table)}, 'tenant_id',"
            f" colocate_with => {beside})",
        )
        group = group or table
    for table in to_copy:
        yield Step("shared tables", f"SELECT create_reference_table({_text(table)})")
    there = set(found.keys) - set(off)
    for key in sorted({*(found.aside or ()), *off}, key=lambda key: (key.table, key.name)):
        if key not in there:
            yield Step(
                "keys back",
                f"ALTER TABLE {quote(key.table)} ADD CONSTRAINT {quote(key.name)} {key.definition}",
            )
        yield Step("keys back", _DROP.format(table=_text(key.table), name=_text(key.name)))
    if off or found.aside is not None:
        yield Step("keys back", "DROP SCHEMA citus_plan CASCADE")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
