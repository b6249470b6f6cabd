"""The test database: the application serves the tests, the owner makes and empties it."""

import hashlib
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import django
import psycopg2
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from psycopg2.errors import DeadlockDetected, LockNotAvailable

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope

#: Filled by migrations, never by tests.
KEPT_TABLES = ("django_migrations", "django_content_type", "auth_permission")

#: How long PostgreSQL may take to end a connection.
HANG_UP_SECONDS = 20

TRUNCATE_TRIES = 4

#: Tenants that are committed for many tests, by name (tests/support/worlds.py).
committed: dict[str, Tenant] = {}

#: Where no test moves it, the machine's own, as in Python: now() is when the transaction began,
#: and a test is one transaction, however long the machine lets it wait.
_CLOCK = """
CREATE OR REPLACE FUNCTION clock() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT COALESCE(NULLIF(current_setting('app.clock', true), '')::timestamptz,
                   clock_timestamp()) $$
"""


@contextmanager
def owner_connection(*, autocommit: bool = True) -> Iterator[Any]:
    """A connection of the owner, outside Django and outside the test's transaction."""
    parameters = dict(connections["owner"].get_connection_params())
    parameters.pop("cursor_factory", None)
    connection = psycopg2.connect(**parameters)
    connection.autocommit = autocommit
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def server_connection(alias: str = "owner") -> Iterator[Any]:
    """A cursor of a role in the server's own database, not the test's."""
    parameters = dict(connections[alias].get_connection_params())
    parameters.pop("cursor_factory", None)
    connection = psycopg2.connect(**{**parameters, "dbname": "postgres"})
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


@contextmanager
def server_lock() -> Iterator[Any]:
    """The same, one test process at a time."""
    with server_connection() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('advocacy.tests'))")
        yield cursor


@cache
def template_name() -> str:
    """Name of the database that holds the present migrations, applied.

    Applying them takes many seconds, copying the result a fraction of one. The name follows from
    the files the schema is made of, so an outdated template is never used.
    """
    digest = hashlib.sha256(django.__version__.encode())
    root = settings.BASE_DIR
    patterns = ("advocacy/tenancy/*.py", "advocacy/search/*.py", "**/migrations/*.py")
    files = [path for pattern in patterns for path in root.glob(pattern)]
    for path in sorted(path for path in files if not path.is_relative_to(root / ".venv")):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return f"advocacy_template_{digest.hexdigest()[:16]}"


def copy_template(server: Any, name: str) -> bool:
    """Make a database from the template, replacing one of that name; False without a template."""
    server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template_name()])
    if not server.fetchone():
        return False
    server.execute(f'DROP DATABASE IF EXISTS "{name}"')
    server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template_name()}"')
    return True


def keep_as_template(server: Any, name: str) -> None:
    """Keep a copy of a fresh database, and drop the templates of other migrations."""
    server.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'advocacy\_template\_%'")
    for (outdated,) in server.fetchall():
        server.execute(f'DROP DATABASE "{outdated}"')
    server.execute(f'CREATE DATABASE "{template_name()}" TEMPLATE "{name}"')


def hang_up(name: str) -> None:
    """End every connection to a database, so that it can be dropped.

    A live server's thread whose browser went away in the middle of an answer keeps its own. Each
    role may end its own connections only.
    """
    for alias in ("default", "owner"):
        with server_connection(alias) as server:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = %s AND usename = current_user AND pid <> pg_backend_pid()",
                [name],
            )
    with server_connection() as server:
        deadline = time.monotonic() + HANG_UP_SECONDS
        while time.monotonic() < deadline:
            server.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name])
            if server.fetchone() == (0,):
                return
            time.sleep(0.05)


def make_clock_movable() -> None:
    """Let SQL's ``clock()`` follow the setting ``app.clock`` (tests/support/time.py)."""
    with owner_connection() as connection, connection.cursor() as cursor:
        cursor.execute(_CLOCK)


def analyze() -> None:
    """Tell PostgreSQL how many rows its tables have: of tables that it believes to be empty it
    reads all rows again for each row of another.
    """
    with owner_connection() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(oid::regclass::text, ', ') FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        )
        cursor.execute(f"ANALYZE {cursor.fetchone()[0]}")


def empty_tables() -> None:
    """Take every row away as the owner, past policies and append-only triggers.

    DELETE is many times cheaper than TRUNCATE, which makes some five hundred new files; it needs a
    right that our own test servers give (``advocacy/embedded/roles.py``). A live server may still
    be answering a page that is gone, and its reading of several tables crosses the order in which
    they are locked here: PostgreSQL then ends one of the two, and the answer is over by the next
    try.
    """
    committed.clear()
    for left in reversed(range(TRUNCATE_TRIES)):
        try:
            _empty_all()
        except (DeadlockDetected, LockNotAvailable):
            if not left:
                raise
        else:
            return


def _empty_all() -> None:
    with owner_connection() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(quote_ident(relname)),"
            " has_parameter_privilege('session_replication_role', 'SET') FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
            " AND relname <> ALL (%s)",
            [list(KEPT_TABLES)],
        )
        tables, past_triggers = cursor.fetchone()
        together = ", ".join(tables)
        if not past_triggers:
            cursor.execute(f"SET lock_timeout = '5s'; TRUNCATE {together}")
            return
        # Locked as TRUNCATE would, so that no transaction that still runs adds a row afterwards.
        cursor.execute(
            "BEGIN; SET LOCAL lock_timeout = '5s'; SET LOCAL session_replication_role = replica;"
            f" LOCK TABLE {together} IN ACCESS EXCLUSIVE MODE;"
            + "".join(f" DELETE FROM {table};" for table in tables)
            + " COMMIT"
        )


_WRITTEN = """
SELECT relname, now(), pg_stat_get_xact_tuples_inserted(oid)
 + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)
FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
 AND relname <> ALL (%s) ORDER BY relname
"""


@dataclass(frozen=True)
class _Read:
    """What a table held, and when that was read: it holds until something is written to it, or
    one of the savepoints is gone in which it was read.
    """

    rows: str
    transaction: datetime
    written: int
    savepoints: list[str]


_read: dict[tuple[uuid.UUID, str], _Read] = {}


def fingerprint(tenant: Tenant) -> dict[str, str]:
    """What every table holds, as the test's own transaction sees it in a tenant's scope.

    Reads through the application's connection, so uncommitted writes count too. Only tables to
    which this transaction wrote since the last time are read again; what is committed for many
    tests, and not written to, only once for all. Sessions are left out: looking at a page may renew
    one.
    """
    connection = connections["default"]
    savepoints = list(connection.savepoint_ids)
    with tenant_scope(tenant), connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [[*KEPT_TABLES, "django_session"]])
        tables = cursor.fetchall()
        is_committed = tenant in committed.values()
        stale = {}
        for table, transaction, written in tables:
            known = _read.get((tenant.pk, table))
            if known is not None and known.written == written:
                if is_committed and not written:
                    continue
                if (known.transaction, known.savepoints) == (
                    transaction,
                    savepoints[: len(known.savepoints)],
                ):
                    continue
            stale[table] = (transaction, written, savepoints)
        if stale:
            cursor.execute(
                " UNION ALL ".join(
                    f"SELECT '{table}', md5(string_agg(t::text, ';' ORDER BY t::text)) "
                    f"FROM {connection.ops.quote_name(table)} t"
                    for table in stale
                )
            )
            for table, rows in cursor.fetchall():
                _read[tenant.pk, table] = _Read(rows, *stale[table])
    return {table: _read[tenant.pk, table].rows for table, *_rest in tables}


def _truncate_instead_of_flush(self: TransactionTestCase) -> None:
    # Django flushes with DELETE-like commands of the application role, which may not, and skips
    # the aliases that mirror another.
    empty_tables()


def install() -> None:
    """Make Django's transactional tests clean up as the owner."""
    TransactionTestCase._fixture_teardown = _truncate_instead_of_flush  # type: ignore[method-assign]
