"""The database's own walls between tenants, as ``Meta.constraints`` (TEN-1, TEN-2, TEN-3).

Being constraints, they travel in ordinary migrations, in both directions:

- :class:`TenantKey`: primary key ``(tenant_id, id)`` while Django's ``pk`` stays ``id``;
- :class:`TenantIsolation`: row-level security, enabled and forced;
- :class:`SameTenant`: foreign key ``(tenant_id, x_id) -> (tenant_id, id)``;
- :class:`AppendOnly`: UPDATE and DELETE raise.

``TenantModel``'s metaclass adds the first three, so that no model can forget them.
"""

from typing import Any

from django.db import models
from django.db.backends.ddl_references import Columns, Statement, Table


class DatabaseConstraint(models.BaseConstraint):
    """A constraint that exists only in the database; forms have nothing to check."""

    create_template: str
    remove_template: str

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)

    def _parts(self, model: type[models.Model], editor: Any) -> dict[str, Any]:
        return {
            "table": Table(model._meta.db_table, editor.quote_name),
            "name": editor.quote_name(self.name),
        }

    def _statement(self, template: str, model: type[models.Model], editor: Any) -> Statement:
        return Statement(template, **self._parts(model, editor))

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Inside CREATE TABLE nothing is written; the statement follows once the table is there."""
        schema_editor.deferred_sql.append(
            self._statement(self.create_template, model, schema_editor)
        )
        return ""

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Deferred too, so that the keys it points at exist by then."""
        schema_editor.deferred_sql.append(
            self._statement(self.create_template, model, schema_editor)
        )
        return None

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Remove, tolerating that a cascade has already done so."""
        return self._statement(self.remove_template, model, schema_editor)

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing to check in Python."""

    def __eq__(self, other: object) -> bool:
        if isinstance(other, type(self)):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)


class TenantKey(DatabaseConstraint):
    """``PRIMARY KEY (tenant_id, id)``; Django goes on addressing rows by ``id``.

    Where tenants are spread over several machines, the table joins the others at once: a foreign
    key to one of them is refused before (TEN-3). Citus is not asked for by name anywhere else.
    """

    create_template = (
        "ALTER TABLE %(table)s DROP CONSTRAINT IF EXISTS %(plain)s CASCADE, "
        "ADD CONSTRAINT %(name)s PRIMARY KEY (%(columns)s); "
        "DO $join$ DECLARE first text; BEGIN "
        "IF to_regclass('pg_dist_partition') IS NULL THEN RETURN; END IF; "
        "SELECT logicalrelid::regclass INTO first FROM pg_dist_partition "
        "WHERE logicalrelid = to_regclass('tenancy_membership'); "
        "IF first IS NOT NULL AND NOT EXISTS (SELECT FROM pg_dist_partition "
        "WHERE logicalrelid = '%(table)s'::regclass) THEN "
        "PERFORM create_distributed_table('%(table)s', 'tenant_id', colocate_with => first); "
        "END IF; END $join$"
    )
    remove_template = (
        "ALTER TABLE %(table)s DROP CONSTRAINT IF EXISTS %(name)s CASCADE, "
        "ADD CONSTRAINT %(plain)s PRIMARY KEY (%(pk)s)"
    )

    def _parts(self, model: type[models.Model], editor: Any) -> dict[str, Any]:
        table, quote = model._meta.db_table, editor.quote_name
        return {
            **super()._parts(model, editor),
            # PostgreSQL names an inline primary key so, within its 63 bytes.
            "plain": quote(f"{table[:58]}_pkey"),
            "columns": Columns(table, ["tenant_id", "id"], quote),
            "pk": Columns(table, ["id"], quote),
        }

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """To the front: foreign keys deferred by the same migration need this key."""
        schema_editor.deferred_sql.insert(
            0, self._statement(self.create_template, model, schema_editor)
        )
        return ""

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """At once: the table exists, and what is deferred may need this key."""
        return self._statement(self.create_template, model, schema_editor)


class TenantIsolation(DatabaseConstraint):
    """Row-level security, enabled and forced, plus a pass for the migrating owner.

    The policy's expression is bare: a subselect is refused by Citus, a CASE loses the index, and
    ``missing_ok`` would turn "no scope" from an error into an empty answer. No role is named; the
    owner is whoever migrates.
    """

    _policy = "tenant_id = current_setting('app.tenant_id')::uuid"
    create_template = (
        "ALTER TABLE %(table)s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; "
        f"CREATE POLICY %(name)s ON %(table)s USING ({_policy}) WITH CHECK ({_policy}); "
        "CREATE POLICY %(owner)s ON %(table)s TO CURRENT_ROLE USING (true) WITH CHECK (true)"
    )
    remove_template = (
        "DROP POLICY IF EXISTS %(name)s ON %(table)s; "
        "DROP POLICY IF EXISTS %(owner)s ON %(table)s; "
        "ALTER TABLE %(table)s NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY"
    )

    def _parts(self, model: type[models.Model], editor: Any) -> dict[str, Any]:
        return {
            **super()._parts(model, editor),
            "owner": editor.quote_name(f"{self.name}_owner"),
        }


class SameTenant(DatabaseConstraint):
    """A foreign key that cannot leave the tenant; checked at once, so a service sees the error."""

    create_template = (
        "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s FOREIGN KEY (%(columns)s) "
        "REFERENCES %(target)s (%(target_columns)s)"
    )
    remove_template = "ALTER TABLE %(table)s DROP CONSTRAINT IF EXISTS %(name)s"

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def deconstruct(self) -> Any:
        """Carry the field, or the migration would lose it."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def _parts(self, model: type[models.Model], editor: Any) -> dict[str, Any]:
        field: Any = model._meta.get_field(self.field)
        # From the migration's own state: the field's model there, not today's.
        target = field.related_model
        quote, table, other = editor.quote_name, model._meta.db_table, target._meta.db_table
        return {
            **super()._parts(model, editor),
            "columns": Columns(table, ["tenant_id", field.column], quote),
            "target": Table(other, quote),
            "target_columns": Columns(other, ["tenant_id", target._meta.pk.column], quote),
        }

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Needs only the names; the field may be gone from the state already."""
        return Statement(
            self.remove_template, **DatabaseConstraint._parts(self, model, schema_editor)
        )


class AppendOnly(DatabaseConstraint):
    """UPDATE and DELETE raise. A missing policy or grant would only be silent."""

    create_template = (
        "CREATE TRIGGER %(name)s BEFORE UPDATE OR DELETE ON %(table)s "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    remove_template = "DROP TRIGGER IF EXISTS %(name)s ON %(table)s"
