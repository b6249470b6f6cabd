"""A list's rows as JSON that PostgreSQL writes, by what their serializer declares (API-1).

Building fifty model instances and asking each of their fields for its value takes forty times as
long as the statement that finds them. Here the statement writes each row as the serializer would:

- a field that shows a column is that column, by the way its kind writes values (:data:`_KINDS`);
- a field class of our own may say its expression itself: ``json_expression(model)``;
- what is no column (a property, a method, what is shown to some only) a serializer says by name in
  ``json_expressions(viewer)``.

A serializer with a field that none of these knows has no :func:`row_json`: its lists are built in
Python, by DRF. ``tests/rest/test_json_rows.py`` says which, and that both ways answer the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Cast
from rest_framework import ISO_8601, serializers

from advocacy.rest.serializers import RowSerializer
from advocacy.tenancy.models import Membership

Expression: TypeAlias = Any  # what the stubs call Combinable, F, Q or BaseExpression by turns
Column: TypeAlias = models.Field  # type: ignore[type-arg]


@dataclass(frozen=True, slots=True)
class Own:
    """A column of the row's own table, and how it is written."""

    column: str | None
    template: str = "%s"


class RowJson(models.Func):
    """One JSON object with an :class:`Own` column or an expression for each name.

    Columns are written down as they are: thirty expressions, resolved and compiled for every
    request, would take longer than the database does.
    """

    output_field = models.JSONField()

    def __init__(self, parts: Mapping[str, Expression]) -> None:
        others = [each for each in parts.values() if not isinstance(each, Own)]
        # Whatever Django calls the row's table in a statement, the key will say.
        super().__init__(models.F("pk"), *others)
        self.parts = parts

    @property
    def identity(self) -> tuple[Any, ...]:
        """Django compares expressions by what they were made from: here, a mapping of its own."""
        return RowJson, id(self.parts)

    def as_sql(self, compiler: Any, connection: Any, **kwargs: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        # row_to_json() takes any number of values and writes no blanks between them;
        # json_build_object() takes fifty pairs and does.
        quote = connection.ops.quote_name
        key, *others = self.get_source_expressions()
        table, rest = compiler.quote_name_unless_alias(key.alias), iter(others)
        columns: list[str] = []
        params: list[Any] = []
        for name, part in self.parts.items():
            if isinstance(part, Own):
                sql = part.template % f"{table}.{quote(part.column)}"
            else:
                sql, values = compiler.compile(next(rest))
                params += values
            columns.append(f"{sql} AS {quote(name)}")
        row = f"SELECT {', '.join(columns)}"
        return f"(SELECT row_to_json(fields) FROM ({row}) fields)", params  # noqa: S608 - fields' names


def row_json(serializer: type[serializers.BaseSerializer], viewer: Membership) -> Expression | None:
    """A row as a serializer shows it to a member, as text; None where PostgreSQL cannot write it.

    A serializer that changes what its fields represent counts as not known unless it, or one made
    from it, says ``json_expressions``.
    """
    if not issubclass(serializer, RowSerializer) or _changes_afterwards(serializer):
        return None
    found = {**_of_fields(serializer), **serializer.json_expressions(viewer)}
    if any(expression is None for expression in found.values()):
        return None
    return Cast(RowJson(found), models.TextField())


def _changes_afterwards(serializer: type) -> bool:
    def first(name: str) -> int:
        return next(n for n, each in enumerate(serializer.__mro__) if name in vars(each))

    return first("to_representation") < first("json_expressions")


@cache
def _of_fields(serializer: type[RowSerializer]) -> dict[str, Expression | None]:
    """By name, in order; None for what only ``json_expressions`` can say.

    None of it depends on the request: an expression is resolved in a copy, and asks for the
    tenant when it is compiled.
    """
    return _read(serializer(), serializer.Meta.model)


def _read(
    serializer: serializers.Serializer, model: type[models.Model]
) -> dict[str, Expression | None]:
    readable = [field for field in serializer.fields.values() if not field.write_only]
    return {str(field.field_name): _expression_of(field, model) for field in readable}


def _expression_of(field: serializers.Field, model: type[models.Model]) -> Expression | None:
    said = getattr(field, "json_expression", None)
    if said is not None:
        return said(model)
    if isinstance(field, serializers.ListSerializer):
        return _rows_of(field, model)
    # What counts is which function represents the value: a class of ours that keeps DRF's is known.
    write = _KINDS.get(type(field).to_representation)
    reads = type(field).get_attribute
    path = str(field.source).split(".")
    column = _column(model, path)
    if (
        write is None
        or column is None
        or reads not in {serializers.Field.get_attribute, serializers.RelatedField.get_attribute}
    ):
        return None
    written = write(field, column)
    if isinstance(written, Own) and len(path) > 1:
        # Behind a join, whose alias only Django knows. Nothing but text stands there.
        return models.F("__".join(path)) if written.template == "%s" else None
    return written


def _column(model: type[models.Model], path: list[str]) -> Column | None:
    """The column at the end of a path that is never interrupted."""
    columns = {column.name: column for column in model._meta.concrete_fields}
    column = columns.get(path[0])
    if column is None or len(path) == 1:
        return column
    if not isinstance(column, models.ForeignKey) or column.null:
        return None
    return _column(column.related_model, path[1:])


def _rows_of(field: serializers.ListSerializer, model: type[models.Model]) -> Expression | None:
    """What hangs on a row by a foreign key, in the order of its model, else as it was added."""
    relations = {each.name: each for each in model._meta.related_objects}
    relation: Any = relations.get(str(field.source))
    child: Any = field.child
    plain = type(child).to_representation is serializers.Serializer.to_representation
    if relation is None or not relation.one_to_many or not plain:
        return None
    parts = _read(child, relation.related_model)
    if any(expression is None for expression in parts.values()):
        return None
    rows = relation.related_model.objects.filter(**{relation.field.name: models.OuterRef("pk")})
    ordering = relation.related_model._meta.ordering or ["pk"]
    return ArraySubquery(rows.order_by(*ordering).values_list(RowJson(parts)))


# -- how kinds of fields write what a column holds; None where they write something else ----------

#: As Python's ``isoformat()`` writes it in UTC, in which programs are told times (BAD-3):
#: microseconds where there are any, all six digits of them.
_MOMENT = (
    """replace(to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000', '')"""
)


def _as_it_is(*kinds: type[Column]) -> Callable[..., Expression | None]:
    """PostgreSQL's own JSON of the column is what the field represents."""

    def write(field: serializers.Field, column: Column) -> Own | None:
        return Own(column.column) if isinstance(column, kinds) else None

    return write


def _iso(template: str, kind: type[Column]) -> Callable[..., Expression | None]:
    def write(field: Any, column: Column) -> Own | None:
        told = getattr(field, "format", ISO_8601) == ISO_8601
        return Own(column.column, template) if type(column) is kind and told else None

    return write


def _uuid(field: Any, column: Column) -> Own | None:
    plain = isinstance(column, models.UUIDField) and field.uuid_format == "hex_verbose"
    return Own(column.column) if plain else None


def _decimal(field: Any, column: Column) -> Own | None:
    """A string with the column's places. Others would be rounded, and not as Python rounds."""
    same = getattr(column, "decimal_places", None) == field.decimal_places
    changed = field.localize or field.normalize_output
    if not same or changed or not getattr(field, "coerce_to_string", True):
        return None
    return Own(column.column, "%s::text")


def _list(field: Any, column: Column) -> Own | None:
    """A list of what is written as it is, is as well."""
    write = _KINDS.get(type(field.child).to_representation)
    if write is None or not isinstance(column, ArrayField):
        return None
    each = write(field.child, column.base_field)
    return Own(column.column) if isinstance(each, Own) and each.template == "%s" else None


def _key(field: Any, column: Column) -> Own | None:
    plain = isinstance(column, models.ForeignKey) and field.pk_field is None
    return Own(column.column) if plain else None


def _slug(field: Any, column: Column) -> Expression | None:
    return models.F(f"{field.source}__{field.slug_field}") if column.is_relation else None


_TEXT = (models.CharField, models.TextField)
_KINDS: Mapping[Any, Callable[..., Expression | None]] = {
    serializers.CharField.to_representation: _as_it_is(*_TEXT),
    serializers.ChoiceField.to_representation: _as_it_is(*_TEXT, models.IntegerField),
    serializers.BooleanField.to_representation: _as_it_is(models.BooleanField),
    serializers.IntegerField.to_representation: _as_it_is(models.IntegerField),
    serializers.JSONField.to_representation: _as_it_is(models.JSONField),
    serializers.UUIDField.to_representation: _uuid,
    serializers.DateField.to_representation: _iso("%s", models.DateField),
    serializers.DateTimeField.to_representation: _iso(_MOMENT, models.DateTimeField),
    serializers.DecimalField.to_representation: _decimal,
    serializers.ListField.to_representation: _list,
    serializers.PrimaryKeyRelatedField.to_representation: _key,
    serializers.SlugRelatedField.to_representation: _slug,
}
