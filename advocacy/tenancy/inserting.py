"""Inserting what belongs together in one statement: on a busy row every round trip is a wait."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from advocacy.tenancy.scope import current_tenant_id


def insert_together(*tables: Sequence[models.Model]) -> None:
    """Insert new rows of several tenant tables, each table's in one list, in one statement.

    Rows may point at each other: PostgreSQL checks keys when the statement ends.
    """
    parts: list[str] = []
    parameters: list[Any] = []
    for rows in filter(None, tables):
        statement, values = _insert(rows)
        parts.append(statement)
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
    statement, values = _insert([row], unless_there=True)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        is_new = bool(cursor.rowcount)
    if is_new:
        _mark([row])
    return is_new


def _insert(rows: Sequence[models.Model], *, unless_there: bool = False) -> tuple[str, list[Any]]:
    tenant_id = current_tenant_id()
    for row in rows:
        row.tenant_id = tenant_id  # type: ignore[attr-defined]
    return insertion(rows, unless_there=unless_there)


def insertion(rows: Sequence[models.Model], *, unless_there: bool = False) -> tuple[str, list[Any]]:
    """The statement that inserts new rows of one table as they stand, and its parameters.

    Written out once a model: Django compiles every insertion anew, which takes longer than the
    statement itself does.
    """
    head, places, fields = _written_out(type(rows[0]))
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row in rows
        for field in fields
    ]
    tail = " ON CONFLICT DO NOTHING" if unless_there else ""
    return f"{head} VALUES {', '.join([places] * len(rows))}{tail}", values


@cache
def _written_out(model: type[models.Model]) -> tuple[str, str, list[Any]]:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join(
        # An array says of what, since an empty one does not show it.
        f"%s::{field.db_type(connection)}" if isinstance(field, ArrayField) else "%s"
        for field in fields
    )
    return f"INSERT INTO {quoted(model._meta.db_table)} ({columns})", f"({places})", fields


def _mark(rows: Sequence[models.Model]) -> None:
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
