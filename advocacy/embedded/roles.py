"""The two roles of an embedded PostgreSQL, and its database."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2 import sql

from advocacy.embedded import paths
from advocacy.embedded.places import Place


@contextmanager
def superuser(place: Place, database: str) -> "Iterator[psycopg2.extensions.connection]":
    """A connection that may do everything, over the cluster's own socket."""
    connection = psycopg2.connect(
        host=str(place.sockets), user=paths.SUPERUSER, dbname=database, connect_timeout=3
    )
    try:
        connection.autocommit = True
        yield connection
    finally:
        connection.close()


def make_roles(cursor: "psycopg2.extensions.cursor") -> None:
    """The owner migrates and may create test databases; the application role may do neither."""
    roles = {paths.OWNER_ROLE: "CREATEDB", paths.APP_ROLE: "NOCREATEDB"}
    for role, rights in roles.items():
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        cursor.execute(
            sql.SQL(
                "{} ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION {}"
            ).format(sql.SQL(verb), sql.Identifier(role), sql.SQL(rights))
        )
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [paths.DATABASE])
    if cursor.fetchone() is None:
        cursor.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(paths.DATABASE), sql.Identifier(paths.OWNER_ROLE)
            )
        )


def allow_emptying(cursor: "psycopg2.extensions.cursor") -> None:
    """Tests delete what they committed past triggers and keys: TRUNCATE takes forty times as long.

    Without it, on a server of one's own, they truncate (tests/support/database.py).
    """
    cursor.execute(
        sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(
            sql.Identifier(paths.OWNER_ROLE)
        )
    )
