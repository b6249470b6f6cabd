"""Django's compilers, with the tenant in every UPDATE and DELETE.

A queryset of a tenant table has it from its manager. What Django writes on its own has not: the
DELETE by ids of ``instance.delete()`` and of a cascade, the UPDATE of ``SET_NULL``, and either of
them around a subselect, where the filter is on another table. The policy keeps each of these in the
tenant; without the tenant in its text, a database of several machines runs it on every shard.
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models.sql import compiler
from django.db.models.sql.compiler import SQLAggregateCompiler, SQLCompiler, SQLInsertCompiler

from advocacy.tenancy.scope import current_tenant_id, in_scope

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]


class SQLDeleteCompiler(compiler.SQLDeleteCompiler):
    """Of a DELETE around a subselect this is asked for the outer one."""

    def _as_sql(self, query: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = super()._as_sql(query)  # type: ignore[misc]
        return _in_tenant(query, self.connection, sql, params)


class SQLUpdateCompiler(compiler.SQLUpdateCompiler):
    """Also of the UPDATE that selects its rows first."""

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, tuple[Any, ...]]:
        return _in_tenant(self.query, self.connection, *super().as_sql(*args, **kwargs))


def _in_tenant(
    query: Any, connection: Any, sql: str, params: tuple[Any, ...]
) -> tuple[str, tuple[Any, ...]]:
    try:
        column = query.get_meta().get_field("tenant").column
    except FieldDoesNotExist:
        return sql, params
    quote = connection.ops.quote_name
    own = f"{quote(query.get_meta().db_table)}.{quote(column)} = %s"
    if not sql or own in sql or not in_scope():
        return sql, params
    # Django puts several conditions into parentheses, so a further one may follow them.
    joined = f"{sql} AND {own}" if _has_where(sql) else f"{sql} WHERE {own}"
    return joined, (*params, current_tenant_id())


def _has_where(sql: str) -> bool:
    """Whether the statement itself, not a subselect in it, ends with conditions."""
    depth, quoted = 0, False
    for place, letter in enumerate(sql):
        if letter == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == "W" and not depth and sql.startswith(" WHERE ", place - 1):
            return True
    return False
