"""The test database: the application serves the tests, the owner makes and empties it."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
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

_CLOCK = """
CREATE OR REPLACE FUNCTION clock() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT COALESCE(NULLIF(current_setting('app.clock', true), '')::timestamptz, now()) $$
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


def empty_tables() -> None:
    """TRUNCATE everything as the owner, past policies and append-only triggers.

    A live server may still be answering a page that is gone, and its reading of several tables
    crosses the order in which they are locked here: PostgreSQL then ends one of the two, and the
    answer is over by the next try.
    """
    for left in reversed(range(TRUNCATE_TRIES)):
        try:
            _truncate_all()
        except (DeadlockDetected, LockNotAvailable):
            if not left:
                raise
        else:
            return


def _truncate_all() -> None:
    with owner_connection() as connection, connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")
        cursor.execute(
            "SELECT string_agg(format('%%I', relname), ',') FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
            " AND relname <> ALL (%s)",
            [list(KEPT_TABLES)],
        )
        cursor.execute(f"TRUNCATE {cursor.fetchone()[0]}")


def fingerprint(tenant: Tenant) -> dict[str, str]:
    """What every table holds, as the test's own transaction sees it in a tenant's scope.

    Reads through the application's connection, so uncommitted writes count too. Sessions are left
    out: looking at a page may renew one.
    """
    connection = connections["default"]
    with tenant_scope(tenant), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
            " AND relnamespace = 'public'::regnamespace AND relname <> ALL (%s) ORDER BY relname",
            [[*KEPT_TABLES, "django_session"]],
        )
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', md5(string_agg(t::text, ';' ORDER BY t::text)) "
                f"FROM {connection.ops.quote_name(table)} t"
                for table in tables
            )
        )
        return dict(cursor.fetchall())


def _truncate_instead_of_flush(self: TransactionTestCase) -> None:
    # Django flushes with DELETE-like commands of the application role, which may not, and skips
    # the aliases that mirror another.
    empty_tables()


def install() -> None:
    """Make Django's transactional tests clean up as the owner."""
    TransactionTestCase._fixture_teardown = _truncate_instead_of_flush  # type: ignore[method-assign]
