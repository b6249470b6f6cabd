"""What every draft stands on: dice that always fall the same way, keys, words, and how to write.

Chance is a hash of who it is about, what it decides and the seed, never ``random()``: the same
seed gives the same people on every machine, whatever plan PostgreSQL chooses.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

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
    """Drafts in temporary tables and large inserts, all in the scope and transaction it is made in.

    ``parameters`` are at hand in every statement as ``%(name)s``.
    """

    def __init__(
        self, cursor: CursorWrapper, *, seed: int, slug: str, parameters: Mapping[str, Any]
    ) -> None:
        self._cursor = cursor
        self._parameters = dict(parameters)
        cursor.execute(_FUNCTIONS.format(seed=int(seed), slug=slug))

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
        self._cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
        self._cursor.execute(
            f"CREATE TEMP TABLE {name} ON COMMIT DROP AS "
            f"SELECT * FROM (VALUES {lines}) given (n, {', '.join(columns)})",
            given,
        )
        self._cursor.execute(f"ANALYZE {name}")

    def draft(self, name: str, query: str) -> int:
        """Keep a query's rows as the temporary table ``name``, replacing one of that name."""
        self._cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
        self._cursor.execute(f"CREATE TEMP TABLE {name} ON COMMIT DROP AS {query}", self._parameters)
        rows = self._cursor.rowcount
        # Autovacuum never sees a temporary table; without statistics its joins go astray.
        self._cursor.execute(f"ANALYZE {name}")
        return rows

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
        self._cursor.execute(
            f"INSERT INTO {quoted(model._meta.db_table)} ({names}) "  # noqa: S608 - our own words
            f"SELECT {', '.join(chosen.values())} FROM {source}",
            parameters,
        )
        return self._cursor.rowcount

    def run(self, statement: str) -> int:
        """Run another statement; returns how many rows it touched."""
        self._cursor.execute(statement, self._parameters)
        return self._cursor.rowcount


def _column(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).column)  # type: ignore[union-attr]
