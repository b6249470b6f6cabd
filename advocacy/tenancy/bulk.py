"""Many rows of a tenant in one statement, whole columns at once.

For imports and their like, where Django's ``bulk_create`` and ``bulk_update`` cost several times
what PostgreSQL does with the rows. The values are those that are stored: whoever calls has cleaned
them. A text that is too long, a broken check or key is refused by the database as ever.
"""

import json
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection, models

from advocacy.tenancy.ids import uuid7_texts
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenancy.text import LineField, one_line

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field

Column = Sequence[Any]


def insert_columns(
    model: type[models.Model], columns: Mapping[str, Column], **same: Any
) -> Sequence[str]:
    """Insert as many rows as the columns are long; returns their ids.

    ``columns`` and ``same`` (one value for all) go by the names of columns; what neither names gets
    its default. ``id`` may be among the columns.
    """
    count = len(next(iter(columns.values())))
    ids: Sequence[str] = [str(each) for each in columns.get("id", ())] or uuid7_texts(count)
    given = {**columns, "id": ids}
    each: list[tuple[Field, Column]] = []
    constants: list[tuple[Field, Any]] = []
    for field in model._meta.local_concrete_fields:
        if field.column in given:
            each.append((field, given[field.column]))
        elif field.column == "tenant_id":
            constants.append((field, current_tenant_id()))
        else:
            value = same[field.column] if field.column in same else field.get_default()
            constants.append((field, value))
    if count:
        _insert(model, each, constants)
    return ids


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model as they stand; afterwards they count as saved."""
    if not rows:
        return
    model = type(rows[0])
    each: list[tuple[Field, Column]] = []
    constants: list[tuple[Field, Any]] = []
    for field in model._meta.local_concrete_fields:
        if field.column == "tenant_id":
            constants.append((field, current_tenant_id()))
            continue
        values = [row.__dict__[field.attname] for row in rows]
        if field.column != "id" and values.count(values[0]) == len(values):
            constants.append((field, values[0]))
        else:
            each.append((field, values))
    _insert(model, each, constants)
    for row in rows:
        row.tenant_id = current_tenant_id()  # type: ignore[attr-defined]
        row._state.adding = False
        row._state.db = connection.alias


def update_rows(rows: Sequence[models.Model], names: Iterable[str]) -> None:
    """Write the named fields of many rows of one model as they stand."""
    if not rows:
        return
    model = type(rows[0])
    fields: list[Field] = [
        model._meta.get_field(name)  # type: ignore[misc]
        for name in sorted(names)
    ]
    key: Field = model._meta.get_field("id")  # type: ignore[assignment]
    table, quote = model._meta.db_table, connection.ops.quote_name
    arrays = [(field, [row.__dict__[field.attname] for row in rows]) for field in (key, *fields)]
    changes = ", ".join(f"{_quoted(field)} = given.{_quoted(field)}" for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(table)} SET {changes} FROM {_unnested(arrays)}"
            f" WHERE {quote(table)}.tenant_id = %s AND {quote(table)}.id = given.id",
            [*(_prepared(field, values) for field, values in arrays), current_tenant_id()],
        )


def _insert(
    model: type[models.Model],
    each: Sequence[tuple[Field, Column]],
    constants: Sequence[tuple[Field, Any]],
) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(_quoted(field) for field, _values in (*each, *constants))
    chosen = ", ".join(
        [
            *(f"given.{_quoted(field)}" for field, _values in each),
            *(f"%s::{_type(field)}" for field, _value in constants),
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns})"
            # Without RETURNING, Citus makes a COPY of it, which row-level security refuses.
            f" SELECT {chosen} FROM {_unnested(each)} RETURNING id",
            [
                *(field.get_db_prep_save(value, connection) for field, value in constants),
                *(_prepared(field, values) for field, values in each),
            ],
        )


def _unnested(each: Sequence[tuple[Field, Column]]) -> str:
    arrays = ", ".join(f"%s::{_type(field)}[]" for field, _values in each)
    names = ", ".join(_quoted(field) for field, _values in each)
    return f"unnest({arrays}) AS given({names})"


def _quoted(field: Field) -> str:
    return connection.ops.quote_name(str(field.column))


def _type(field: Field) -> str:
    """A column's type without its length: a cast with it would cut silently."""
    return re.sub(r"\(.*?\)", "", str(field.db_type(connection)))


def _prepared(field: Field, values: Column) -> list[Any]:
    prepare = _preparer(field)
    return list(values) if prepare is None else [prepare(value) for value in values]


def _preparer(field: Field) -> Callable[[Any], Any] | None:
    """What makes a value one for the driver; None where it is."""
    if isinstance(field, models.ForeignKey | models.UUIDField):
        return _text
    if isinstance(field, LineField):
        return _lined
    if isinstance(field, models.JSONField):
        return json.dumps
    if type(field) in _PLAIN:
        return None
    return lambda value: field.get_db_prep_save(value, connection)


_PLAIN = frozenset(
    {
        models.BooleanField,
        models.CharField,
        models.DateField,
        models.DateTimeField,
        models.DecimalField,
        models.EmailField,
        models.IntegerField,
        models.PositiveIntegerField,
        models.PositiveSmallIntegerField,
        models.TextField,
    }
)


def _text(value: uuid.UUID | str | None) -> str | None:
    return None if value is None else str(value)


def _lined(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value
