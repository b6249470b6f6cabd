"""What every draft stands on: dice that always fall the same way, keys, words, and how to write.

Chance is a hash of who it is about, what it decides and the seed, never ``random()``: the same
seed gives the same people on every machine, whatever plan PostgreSQL chooses.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.db import connection, models

# In pg_temp, so that nothing is left in anybody's schema.
_FUNCTIONS = """
-- A number from 0 to 1 about somebody's something.
CREATE OR REPLACE FUNCTION pg_temp.roll(who bigint, what text) RETURNS float8
LANGUAGE sql IMMUTABLE AS $$
  SELECT (hashint8extended(who, hashtextextended(what, {seed})) & 2147483647)
         / 2147483648.0::float8
$$;
-- One of a list.
CREATE OR REPLACE FUNCTION pg_temp.pick(list anyarray, share float8) RETURNS anyelement
LANGUAGE sql IMMUTABLE AS $$
  SELECT list[1 + floor(share * cardinality(list))::int]
$$;
-- The id of a row: a UUID of the kind whose content is the application's own (RFC 9562, 8).
CREATE OR REPLACE FUNCTION pg_temp.key(kind text, number bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$
  SELECT overlay(overlay(md5(kind || number || '{slug}/{seed}') placing '8' from 13)
                 placing '8' from 17)::uuid
$$;
-- A moment of a working day: the same day, on a weekend the Monday after.
CREATE OR REPLACE FUNCTION pg_temp.office(moment timestamptz, share float8) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT date_trunc('day', moment, 'UTC')
         + make_interval(days => CASE extract(isodow FROM moment AT TIME ZONE 'UTC')
                                   WHEN 6 THEN 2 WHEN 7 THEN 1 ELSE 0 END,
                         secs => 25200 + floor(share * 32400))
$$;
"""


class Bulk:
    """Drafts in temporary tables and large inserts, for one session of the database.

    Use it as a context manager; every call needs the tenant's scope. ``parameters`` are at hand in
    every statement as ``%(name)s``.
    """

    def __init__(self, *, seed: int, slug: str, parameters: Mapping[str, Any]) -> None:
        self._functions = _FUNCTIONS.format(seed=int(seed), slug=slug)
        self._parameters = dict(parameters)
        self._drafts: list[str] = []
        self._written: set[str] = set()

    def __enter__(self) -> Self:
        """Make the functions."""
        self._execute(self._functions)
        return self

    def __exit__(self, *error: object) -> None:
        """Leave the session as it was; after an error the transaction has seen to that, or the
        process ends.
        """
        if not connection.needs_rollback:
            for name in self._drafts:
                self._execute(f"DROP TABLE IF EXISTS pg_temp.{name}")

    def _execute(self, statement: str, parameters: Mapping[str, Any] | None = None) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.rowcount

    def _keep(self, name: str, query: str, parameters: Mapping[str, Any]) -> int:
        self._execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
        rows = self._execute(f"CREATE TEMP TABLE {name} AS {query}", parameters)
        self._drafts.append(name)
        # Autovacuum never sees a temporary table; without statistics its joins go astray.
        self._execute(f"ANALYZE {name}")
        return rows

    def take_written(self) -> list[str]:
        """Tables written to since the last call, by name."""
        tables = sorted(self._written)
        self._written.clear()
        return tables

    def table(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Keep rows from Python as the temporary table ``name``, numbered by ``n`` from 1."""
        given = {
            f"v{line}_{place}": value
            for line, row in enumerate(rows)
            for place, value in enumerate(row)
        }
        lines = ", ".join(
            f"({line + 1}, {', '.join(f'%(v{line}_{place})s' for place in range(len(columns)))})"
            for line in range(len(rows))
        )
        query = f"SELECT * FROM (VALUES {lines}) given (n, {', '.join(columns)})"  # noqa: S608
        self._keep(name, query, given)

    def draft(self, name: str, query: str) -> int:
        """Keep a query's rows as the temporary table ``name``; returns how many."""
        return self._keep(name, query, self._parameters)

    def insert(self, model: type[models.Model], source: str, /, **columns: str) -> int:
        """Write a row of ``model`` for each row of ``source``; returns how many.

        ``columns`` are SQL expressions by field name. A field that is not named gets what the
        model gives a new row, so a field that is added later needs no change here unless it has
        no default; that is a ``TypeError``.
        """
        chosen, parameters = dict(columns), dict(self._parameters)
        for field in model._meta.local_concrete_fields:
            if field.name in chosen or field.has_db_default():
                continue
            if not field.has_default() and not (field.null or field.empty_strings_allowed):
                raise TypeError(f"{model.__name__}.{field.name} has no default: say what it is")
            value = field.get_default()
            if value is not None:
                parameters[f"default_{field.name}"] = field.get_db_prep_save(value, connection)
                chosen[field.name] = f"%(default_{field.name})s::{field.db_type(connection)}"
        quoted = connection.ops.quote_name
        names = ", ".join(quoted(_column(model, name)) for name in chosen)
        self._written.add(model._meta.db_table)
        return self._execute(
            f"INSERT INTO {quoted(model._meta.db_table)} ({names}) "  # noqa: S608 - our own words
            f"SELECT {', '.join(chosen.values())} FROM {source}",
            parameters,
        )


def _column(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).column)  # type: ignore[union-attr]
