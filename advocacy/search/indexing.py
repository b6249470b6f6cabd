"""Making a table findable: the triggers that keep its rows' terms, for a migration to run.

    indexed = Indexed("account", "advocates_account", starts=("r.name", "r.domain"), …)
    operations = [*indexed.operations(), …]

Triggers, so that whatever writes rows (service, import, bulk) keeps their terms in the same
transaction; one for a statement, however many rows it writes. See decision 0020.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.migrations import RunSQL

#: In the middle of a large import the statistics are older than its rows. Whatever they say, a
#: statement writes few of a tenant's rows, and what belongs to each comes from an index.
_BY_INDEX = "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off"
#: Set to "on" by whoever undoes what is written next: nobody will look for it, and terms, being
#: made of what is there, can refuse nothing.
UNDONE = "app.is_undone"
#: So many rows' terms are compared at a time.
_ROWS = 1000
# Ids that ascend within a statement: random ones would touch a page of the key's index each.
_INTO = """INSERT INTO search_searchterm (id, tenant_id, kind, object_id, term, is_start)
  SELECT (head.chance || lpad(to_hex(row_number() OVER ()), 8, '0'))::uuid, """
_FROM = "FROM search_id_head() head(chance), "
#: What a trigger calls the rows of its statement.
_TRANSITIONS = {
    "INSERT": "NEW TABLE AS added",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS gone",
}


@dataclass(frozen=True, slots=True)
class Indexed:
    """What of a table is findable.

    ``starts``   SQL texts of ``r`` (the row) and of what ``joins`` adds, found by words' beginnings
    ``insides``  texts of these that are also found by the middle of a word; few rows only
    ``changes``  columns whose change writes the terms anew
    ``theirs``   texts from rows that cannot be there before ``r`` is; their own triggers add them
    """

    kind: str
    table: str
    starts: Sequence[str]
    changes: Sequence[str]
    insides: Sequence[str] = ()
    joins: str = ""
    theirs: Sequence[str] = ()

    @property
    def function(self) -> str:
        """The function that writes anew the terms of some of a tenant's rows."""
        return f"search_index_{self.kind}"

    def operations(self) -> list[RunSQL]:
        """Functions and triggers; the rows that are there get their terms."""
        return [
            RunSQL(self._writer(), f"DROP FUNCTION IF EXISTS {self.function}(uuid, uuid[])"),
            *self._triggers(),
            RunSQL(
                f"SELECT {self.function}(tenant_id, array_agg(id)) FROM {self.table}"
                " GROUP BY tenant_id",
                f"DELETE FROM search_searchterm WHERE kind = '{self.kind}'",
            ),
        ]

    def replacing_rows(self) -> list[RunSQL]:
        """The same in the place of triggers that worked row by row; the terms stay as they are."""
        name = self.function
        was = (
            f"DROP TRIGGER IF EXISTS {name}_written ON {self.table};"
            f"DROP FUNCTION IF EXISTS {name}_row(); DROP FUNCTION IF EXISTS {name}(uuid);"
        )
        return [
            RunSQL(operation.sql, RunSQL.noop)
            for operation in (RunSQL(was), RunSQL(self._writer()), *self._triggers())
        ]

    def _writer(self) -> str:
        asked = (
            f"unnest(part) asked(id) JOIN {self.table} r ON r.tenant_id = home AND r.id = asked.id"
        )
        # A term is not looked up by its kind: planned for an empty table, that could read all
        # terms of the kind for each row.
        return f"""
CREATE OR REPLACE FUNCTION {self.function}(home uuid, which uuid[]) RETURNS void
LANGUAGE plpgsql {_BY_INDEX} AS $$
DECLARE
  part uuid[];
BEGIN
  FOR nth IN 1 .. cardinality(which) BY {_ROWS} LOOP
    part := which[nth : nth + {_ROWS - 1}];
    WITH found AS MATERIALIZED (
      {self._terms(asked, [*self.starts, *self.theirs])}
    ), outdated AS (
      DELETE FROM search_searchterm s
      WHERE s.tenant_id = home AND s.object_id = ANY (part)
        AND s.kind IS NOT DISTINCT FROM '{self.kind}'
        AND (s.object_id, s.term, s.is_start) NOT IN
            (SELECT f.object_id, f.term, f.is_start FROM found f)
    )
    {_INTO} f.tenant_id, '{self.kind}', f.object_id, f.term, f.is_start
    {_FROM} found f ON CONFLICT DO NOTHING;
  END LOOP;
END $$;
"""

    def _triggers(self) -> list[RunSQL]:
        name, kind = self.function, self.kind
        return [
            follows(
                f"{name}_added",
                self.table,
                "INSERT",
                f"""{_INTO} f.tenant_id, '{kind}', f.object_id, f.term, f.is_start
  {_FROM} ({self._terms("added r", self.starts)}) f ON CONFLICT DO NOTHING;""",
            ),
            follows(
                f"{name}_changed",
                self.table,
                "UPDATE",
                f"""PERFORM {name}(c.tenant_id, array_agg(c.id))
  FROM ({changed(*self.changes)}) c GROUP BY c.tenant_id;""",
            ),
            follows(
                f"{name}_gone",
                self.table,
                "DELETE",
                f"""DELETE FROM search_searchterm s USING gone g
  WHERE s.tenant_id = g.tenant_id AND s.object_id = g.id
    AND s.kind IS NOT DISTINCT FROM '{kind}';""",
            ),
        ]

    def _terms(self, rows: str, starts: Sequence[str]) -> str:
        found = f"SELECT word, true FROM search_split(concat_ws(' ', {', '.join(starts)}))"
        if self.insides:
            # The rests of words that are long enough to be looked into.
            found += f"""
    UNION ALL SELECT substr(word, start), false
    FROM search_split(concat_ws(' ', {", ".join(self.insides)})),
         generate_series(2, length(word) - 2) start"""
        return f"""SELECT DISTINCT r.tenant_id, r.id AS object_id,
    t.term COLLATE "C" AS term, t.is_start
  FROM {rows} {self.joins}
  CROSS JOIN LATERAL ({found}) t(term, is_start)"""


def changed(*columns: str) -> str:
    """The rows of an UPDATE of which any of these columns changed, for :func:`follows`."""
    shown = ", ".join(("tenant_id", "id", *columns))
    return f"SELECT {shown} FROM after EXCEPT SELECT {shown} FROM before"


def adds(indexed: Indexed, owner: str, text: str) -> str:
    """The statement for rows ``added`` that give the row at their column ``owner`` a text more."""
    return f"""{_INTO} r.tenant_id, '{indexed.kind}', r.{owner}, word, true
  {_FROM} added r, search_split({text}) ON CONFLICT DO NOTHING;"""


def follows(name: str, table: str, event: str, statement: str) -> RunSQL:
    """A trigger after each INSERT, UPDATE or DELETE of a table.

    ``statement`` reads the statement's rows from ``added``, ``before`` and ``after``, or ``gone``.
    """
    return RunSQL(
        f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {_BY_INDEX} AS $$
BEGIN
  {statement}
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table}
REFERENCING {_TRANSITIONS[event]} FOR EACH STATEMENT
WHEN (current_setting('{UNDONE}', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION {name}();
""",
        f"DROP TRIGGER IF EXISTS {name} ON {table}; DROP FUNCTION IF EXISTS {name}()",
    )
