"""The live schema against the rules of tenancy (TEN-1, TEN-2, TEN-3).

The models are checked before anything starts (``checks.py``); this reads PostgreSQL's own
catalogue, so that a hand-written migration or a manual ALTER cannot open a hole either.
``manage.py check --database default`` runs it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.checks import GLOBAL_MODELS
from advocacy.tenancy.constraints import SameTenant
from advocacy.tenancy.database import application_role, withheld_privileges

_POLICY = "(tenant_id = (current_setting('app.tenant_id'::text))::uuid)"

# What an extension brings (Citus has views of its own in this schema) is its own affair.
_OWN = (
    "NOT EXISTS (SELECT FROM pg_depend d WHERE d.deptype = 'e'"
    " AND d.classid = '{catalogue}'::regclass AND d.objid = {oid})"
)
_OWN_RELATION = _OWN.format(catalogue="pg_class", oid="c.oid")
_OWN_FUNCTION = _OWN.format(catalogue="pg_proc", oid="p.oid")

_TABLES = """
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
       COALESCE((SELECT a.attnotnull FROM pg_attribute a
                 WHERE a.attrelid = c.oid AND a.attname = 'tenant_id'), false),
       pg_get_userbyid(c.relowner)
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND {own}
ORDER BY c.relname
"""

_UNIQUE = """
SELECT t.relname, i.relname, x.indisprimary,
       ARRAY(SELECT a.attname::text FROM unnest(x.indkey) WITH ORDINALITY k(num, place)
             JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.num ORDER BY k.place)
FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class t ON t.oid = x.indrelid
WHERE t.relnamespace = 'public'::regnamespace AND x.indisunique
ORDER BY 1, 2
"""

_FOREIGN = """
SELECT t.relname, c.conname, f.relname, c.condeferrable, c.convalidated,
       ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(num, place)
             JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.num ORDER BY k.place),
       ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY k(num, place)
             JOIN pg_attribute a ON a.attrelid = f.oid AND a.attnum = k.num ORDER BY k.place)
FROM pg_constraint c
JOIN pg_class t ON t.oid = c.conrelid
JOIN pg_class f ON f.oid = c.confrelid
WHERE c.contype = 'f' AND t.relnamespace = 'public'::regnamespace
ORDER BY 1, 2
"""

_POLICIES = """
SELECT tablename::text, policyname::text, permissive, roles::text[], cmd, qual, with_check
FROM pg_policies WHERE schemaname = 'public' ORDER BY 1, 2
"""

_DEFINERS = """
SELECT p.oid::regprocedure::text,
       EXISTS (SELECT 1 FROM unnest(p.proconfig) setting WHERE setting LIKE 'search_path=%%'),
       EXISTS (SELECT 1 FROM aclexplode(COALESCE(p.proacl, acldefault('f', p.proowner))) g
               WHERE g.grantee = 0 AND g.privilege_type = 'EXECUTE')
FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
  AND {own} ORDER BY 1
"""

# A grant on a column counts: it is enough to rewrite that column.
_HELD = """
SELECT c.relname, p.privilege
FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p(privilege)
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND CASE WHEN p.privilege IN ('DELETE', 'TRUNCATE')
      THEN has_table_privilege('{role}', c.oid, p.privilege)
      ELSE has_any_column_privilege('{role}', c.oid, p.privilege) END
ORDER BY 1, 2
"""

_VIEWS = """
SELECT c.relname, c.relkind,
       COALESCE('security_invoker=true' = ANY (c.reloptions), false)
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm') AND {own}
ORDER BY 1
"""


def global_tables() -> frozenset[str]:
    """Tables that belong to no tenant."""
    return frozenset(
        {
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            if model._meta.label in GLOBAL_MODELS or model._meta.auto_created
        }
        | {"django_migrations"}
    )


def schema_faults(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Name every table, key, reference, policy, grant, function and view that breaks a rule."""
    with connection.cursor() as cursor:

        def rows(query: str) -> list[tuple[Any, ...]]:
            cursor.execute(query, [])
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

        tables = {name: rest for name, *rest in rows(_TABLES.format(own=_OWN_RELATION))}
        shared = global_tables()
        tenanted = set(tables) - shared
        yield from _table_faults(tables, tenanted, rows(_POLICIES))
        yield from _key_faults(tenanted, rows(_UNIQUE))
        yield from _reference_faults(tenanted, rows(_FOREIGN), set(tables))
        yield from _privilege_faults(rows(_HELD.format(role=application_role().replace("'", "''"))))
        for name, pinned, public in rows(_DEFINERS.format(own=_OWN_FUNCTION)):
            if not pinned:
                yield f"function {name}: SECURITY DEFINER without its own search_path"
            if public:
                yield f"function {name}: SECURITY DEFINER and executable by everyone"
        for name, kind, invoker in rows(_VIEWS.format(own=_OWN_RELATION)):
            if kind == "m":
                yield f"{name}: a materialized view has no policies"
            elif not invoker:
                yield f"{name}: a view must be security_invoker"


def _table_faults(
    tables: dict[str, list[Any]], tenanted: set[str], policies: list[tuple[Any, ...]]
) -> Iterator[str]:
    for table in sorted(tenanted):
        enabled, forced, has_tenant, owner = tables[table]
        if not has_tenant:
            yield f"{table}: no tenant_id NOT NULL, and not in GLOBAL_MODELS"
            continue
        if not (enabled and forced):
            yield f"{table}: row-level security is not enabled and forced"
        found = {
            (tuple(roles), permissive, cmd, qual, check)
            for name, _policy, permissive, roles, cmd, qual, check in policies
            if name == table
        }
        wanted = {
            (("public",), "PERMISSIVE", "ALL", _POLICY, _POLICY),
            ((owner,), "PERMISSIVE", "ALL", "true", "true"),
        }
        if found != wanted:
            yield f"{table}: its policies are not exactly isolation and owner: {sorted(found)}"


def _privilege_faults(held: list[tuple[Any, ...]]) -> Iterator[str]:
    withheld = withheld_privileges()
    for table, privilege in held:
        if privilege in withheld.get(table, ()):
            yield f"{table}: the application's role may {privilege} and must not"


def _key_faults(tenanted: set[str], keys: list[tuple[Any, ...]]) -> Iterator[str]:
    for table, name, primary, columns in keys:
        if table not in tenanted:
            continue
        if primary and columns[:1] != ["tenant_id"]:
            yield f"{table}: primary key {columns} does not start with the tenant"
        if "tenant_id" not in columns:
            yield f"{table}: {name} is unique without the tenant"
    for table in sorted(tenanted - {table for table, _name, primary, _columns in keys if primary}):
        yield f"{table}: no primary key"


def _reference_faults(
    tenanted: set[str], references: list[tuple[Any, ...]], tables: set[str]
) -> Iterator[str]:
    present = set()
    for table, name, target, deferrable, valid, columns, target_columns in references:
        if target not in tenanted:
            continue
        if table not in tenanted:
            yield f"{table}: {name} points from a global table into a tenant's"
        elif columns[:1] != ["tenant_id"] or target_columns[:1] != ["tenant_id"]:
            yield f"{table}: {name} refers to {target} without the tenant"
        elif deferrable or not valid:
            yield f"{table}: {name} must be checked at once and for every row"
        else:
            present.add((table, tuple(columns), target, tuple(target_columns)))
    for model in apps.get_models():
        if not issubclass(model, TenantModel) or model._meta.db_table not in tables:
            continue
        for constraint in model._meta.constraints:
            if isinstance(constraint, SameTenant):
                field: Any = model._meta.get_field(constraint.field)
                wanted = (
                    model._meta.db_table,
                    ("tenant_id", field.column),
                    field.related_model._meta.db_table,
                    ("tenant_id", field.related_model._meta.pk.column),
                )
                if wanted not in present:
                    yield f"{model._meta.db_table}: the foreign key of {field.name} is missing"


def check_schema(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[checks.CheckMessage]:
    """The schema the application serves from keeps tenants apart (TEN-3)."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    faults = schema_faults(connections[DEFAULT_DB_ALIAS])
    return [checks.Error(fault, id="tenancy.E010") for fault in faults]
