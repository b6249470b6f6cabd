"""What keeps the product from running on several machines, in a live database (TEN-3.c).

Of statements it knows what ``pg_stat_statements`` has kept, where there is that extension; those of
the product's own pages and services are looked at by its tests, with the same rules.
"""

from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from advocacy.tenancy.citus import plan, settings
from advocacy.tenancy.citus.statements import LONGEST_NAME, findings, plain, refused
from advocacy.tenancy.database import application_role

# Those that Django makes up, with a hash in them, are in no message for people.
_LONG_NAMES = """
WITH tenanted AS (SELECT oid, relname FROM pg_class
                   WHERE relnamespace = 'public'::regnamespace AND relname = ANY (%s)),
named (kind, name) AS (
  SELECT 'table', relname::text FROM tenanted
  UNION SELECT 'index', c.relname::text
    FROM pg_index i JOIN tenanted t ON t.oid = i.indrelid JOIN pg_class c ON c.oid = i.indexrelid
  UNION SELECT 'constraint', k.conname::text
    FROM pg_constraint k JOIN tenanted t ON t.oid = k.conrelid
  UNION SELECT 'trigger', g.tgname::text
    FROM pg_trigger g JOIN tenanted t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal
)
SELECT kind, name FROM named
 WHERE octet_length(name) > %s AND name !~ '_[0-9a-f]{8}_' ORDER BY 1, 2
"""
_FUNCTIONS = """
SELECT p.oid::regprocedure::text, p.proname::text, l.lanname, p.pronargs, p.prosrc, p.provolatile,
       p.prosecdef
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
WHERE p.pronamespace = 'public'::regnamespace AND l.lanname IN ('sql', 'plpgsql')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.deptype = 'e'
                  AND d.classid = 'pg_proc'::regclass AND d.objid = p.oid)
ORDER BY 1
"""
_KEPT = """
SELECT query FROM pg_stat_statements
WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND userid = (SELECT oid FROM pg_roles WHERE rolname = %s)
"""


def live_findings(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Everything that ``citus_plan --check`` names; nothing where it would run as it is."""
    with connection.cursor() as cursor:
        found = plan.layout(cursor)
        if settings.is_installed(cursor):
            yield from _misplaced(found)
        cursor.execute(_LONG_NAMES, [list(found.tables), LONGEST_NAME])
        for kind, name in cursor.fetchall():
            yield f"{kind} {name}: longer than {LONGEST_NAME} bytes, so Citus cuts it; shorten it"
        functions = functions_of(cursor)
        yield from _of_functions(functions, found.tables)
        yield from _of_statements(cursor, functions, found.tables)
    yield from settings.problems(connection, owner=_is_owner(connection))


def functions_of(cursor: Any) -> list[tuple[Any, ...]]:
    """The product's functions: signature, name, language, arguments, body, volatility, definer."""
    cursor.execute(_FUNCTIONS)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def changing(functions: list[tuple[Any, ...]]) -> frozenset[str]:
    """Names of those that are not IMMUTABLE."""
    return frozenset(row[1] for row in functions if row[5] != "i")


def statements_kept(cursor: Any) -> list[str] | None:
    """What the application has sent, as PostgreSQL keeps it; ``None`` where it keeps nothing."""
    cursor.execute("SELECT to_regclass('pg_stat_statements') IS NOT NULL")
    if not cursor.fetchone()[0]:
        return None
    cursor.execute(_KEPT, [application_role()])
    return [query for (query,) in cursor.fetchall()]


def _misplaced(found: plan.Layout) -> Iterator[str]:
    for table in sorted(set(found.tables) - set(found.distributed)):
        yield f"{table}: not distributed; manage.py citus_plan --run goes on"
    for table in sorted(set(found.shared) - set(found.copied)):
        yield f"{table}: not on every machine; manage.py citus_plan --run goes on"
    for key in found.aside or ():
        yield f"{key.table}: its key {key.name} is not back; manage.py citus_plan --run goes on"


def _of_functions(functions: list[tuple[Any, ...]], tables: Any) -> Iterator[str]:
    names = set(tables)
    for signature, _name, language, arguments, body, *_rest in functions:
        text = plain(body)
        if language == "sql" and arguments and names & set(text.replace('"', " ").split()):
            yield f"{signature}: takes an argument and is written in SQL; write it in PL/pgSQL"
        for problem in {
            str(each) for part in text.split(";") for each in refused(part, changing=())
        }:
            yield f"{signature}: {problem}"


def _of_statements(cursor: Any, functions: list[tuple[Any, ...]], tables: Any) -> Iterator[str]:
    for query in statements_kept(cursor) or ():
        for each in findings(query, tables=tables, changing=changing(functions)):
            yield f"{each}\n    {' '.join(query.split())[:300]}"


def _is_owner(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        return settings.owner_of_tables(cursor) == str(connection.settings_dict["USER"])
