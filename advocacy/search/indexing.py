"""Making a table findable: the triggers that keep its rows' terms, for a migration to run.

    indexed = Indexed("account", "advocates_account", starts=("r.name", "r.domain"), …)
    operations = [*indexed.operations(), …]

A trigger, so that whatever writes a row (service, import, bulk) keeps its terms in the same
transaction; see decision 0020.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.migrations import RunSQL


@dataclass(frozen=True, slots=True)
class Indexed:
    """What of a table is findable.

    ``starts``   SQL texts of ``r`` (the row) and of what ``joins`` adds, found by words' beginnings
    ``insides``  texts of these that are also found by the middle of a word; few rows only
    ``changes``  columns whose change writes the terms anew
    """

    kind: str
    table: str
    starts: Sequence[str]
    changes: Sequence[str]
    insides: Sequence[str] = ()
    joins: str = ""

    @property
    def function(self) -> str:
        """The function that writes one row's terms."""
        return f"search_index_{self.kind}"

    def operations(self) -> list[RunSQL]:
        """Function and triggers; the rows that are there get their terms."""
        inside = f"search_insides(search_words(ARRAY[{', '.join(self.insides)}]::text[]))"
        name, table = self.function, self.table
        forward = f"""
CREATE OR REPLACE FUNCTION {name}(which uuid) RETURNS void LANGUAGE sql AS $$
  SELECT search_write(r.tenant_id, '{self.kind}', r.id,
                      search_words(ARRAY[{", ".join(self.starts)}]::text[]),
                      {inside if self.insides else "'{}'"})
  FROM {table} r {self.joins} WHERE r.id = which
$$;
CREATE OR REPLACE FUNCTION {name}_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM search_searchterm
    WHERE tenant_id = OLD.tenant_id AND kind = '{self.kind}' AND object_id = OLD.id;
  ELSE
    PERFORM {name}(NEW.id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER {name}_written AFTER INSERT OR UPDATE OF {", ".join(self.changes)} OR DELETE
ON {table} FOR EACH ROW EXECUTE FUNCTION {name}_row();
SELECT count({name}(id)) FROM {table};
"""
        back = f"""
DROP TRIGGER IF EXISTS {name}_written ON {table};
DROP FUNCTION IF EXISTS {name}_row();
DROP FUNCTION IF EXISTS {name}(uuid);
DELETE FROM search_searchterm WHERE kind = '{self.kind}';
"""
        return [RunSQL(forward, back)]


def follows(name: str, table: str, when: str, statement: str) -> RunSQL:
    """A trigger on another table that a row's terms read: ``when`` as ``UPDATE OF name``,
    ``statement`` with NEW and OLD.
    """
    return RunSQL(
        f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {statement}
  RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
""",
        f"DROP TRIGGER IF EXISTS {name} ON {table}; DROP FUNCTION IF EXISTS {name}()",
    )
