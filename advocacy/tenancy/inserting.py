"""Inserting what belongs together in one statement: on a busy row every round trip is a wait."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

from advocacy.tenancy.scope import current_tenant_id


def insert_together(*tables: Sequence[models.Model]) -> None:
    """Insert new rows of several tenant tables, each table's in one list, in one statement.

    Rows may point at each other: PostgreSQL checks keys when the statement ends.
    """
    parts: list[str] = []
    parameters: list[Any] = []
    for rows in filter(None, tables):
        statement, values = _insert(rows)
        # Several rows are an INSERT … SELECT, of which Citus makes a COPY unless it returns
        # something; row-level security refuses a COPY.
        parts.append(f"{statement} RETURNING id")
        parameters += values
    if not parts:
        return
    *first, last = parts
    named = ", ".join(f"part_{place} AS ({part})" for place, part in enumerate(first))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {named} {last}" if named else last, parameters)
    for rows in tables:
        _mark(rows)


def insert_unless_there(row: models.Model) -> bool:
    """Insert a row, or nothing where a unique key is taken; returns whether it was inserted.

    The transaction stays usable either way, and nothing has to be read back.
    """
    statement, values = _insert([row], OnConflict.IGNORE)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        is_new = bool(cursor.rowcount)
    if is_new:
        _mark([row])
    return is_new


def _insert(
    rows: Sequence[models.Model], on_conflict: OnConflict | None = None
) -> tuple[str, tuple[Any, ...]]:
    tenant_id = current_tenant_id()
    for row in rows:
        row.tenant_id = tenant_id  # type: ignore[attr-defined]
    query = InsertQuery(type(rows[0]), on_conflict=on_conflict)
    query.insert_values(type(rows[0])._meta.concrete_fields, list(rows))
    ((statement, values),) = query.get_compiler(connection=connection).as_sql()
    return statement, tuple(values)


def _mark(rows: Sequence[models.Model]) -> None:
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
