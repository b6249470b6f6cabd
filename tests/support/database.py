"""The test database: the application serves the tests, the owner makes and empties it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.db import connections
from django.test import TransactionTestCase

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope

#: Filled by migrations, never by tests.
KEPT_TABLES = ("django_migrations", "django_content_type", "auth_permission")

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


def make_clock_movable() -> None:
    """Let SQL's ``clock()`` follow the setting ``app.clock`` (tests/support/time.py)."""
    with owner_connection() as connection, connection.cursor() as cursor:
        cursor.execute(_CLOCK)


def empty_tables() -> None:
    """TRUNCATE everything as the owner, past policies and append-only triggers."""
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
