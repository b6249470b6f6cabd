"""Roles and grants: the owner migrates, the application serves, and neither is the other."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from advocacy.tenancy.citus.settings import problems as settings_problems
from advocacy.tenancy.constraints import AppendOnly

_UNSAFE_ROLE = """
SELECT r.rolsuper, r.rolbypassrls,
       EXISTS (SELECT 1 FROM pg_class c JOIN pg_roles o ON o.oid = c.relowner
               WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                 AND pg_has_role(current_user, o.oid, 'MEMBER'))
FROM pg_roles r WHERE r.rolname = current_user
"""

_ALL = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})


def application_role() -> str:
    """Name of the role that serves requests, from the settings."""
    return str(settings.DATABASES[DEFAULT_DB_ALIAS]["USER"])


def refuse_unsafe_role(connection: BaseDatabaseWrapper) -> None:
    """Stop unless a connection is of a role that policies bind (TEN-1).

    Raises :class:`ImproperlyConfigured` for a superuser, a role that bypasses policies, and the
    owner of the tables or a member of it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNSAFE_ROLE)
        superuser, bypasses, owns = cursor.fetchone()
    reason = (
        "is a superuser"
        if superuser
        else "bypasses row-level security"
        if bypasses
        else "owns the tables"
        if owns
        else None
    )
    if reason:
        raise ImproperlyConfigured(
            "DATABASE_URL must name a role that policies bind; "
            f"{connection.settings_dict['USER']!r} {reason}. "
            "docs/operations.md shows how to make the two roles."
        )


def refuse_missing_settings(connection: BaseDatabaseWrapper) -> None:
    """Stop where Citus is installed and lacks what the application needs of it (TEN-3.b).

    Raises :class:`ImproperlyConfigured` with the statements that help.
    """
    if found := settings_problems(connection, owner=False):
        raise ImproperlyConfigured("The database is not set up for Citus. " + " ".join(found))


_checked = False


def check_first_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Look at the application's role once per process, on its first connection.

    Every way in (web, worker, command, shell) passes here, and none can forget to.
    """
    global _checked  # noqa: PLW0603 - once per process
    if _checked or connection.alias != DEFAULT_DB_ALIAS:
        return
    try:
        refuse_unsafe_role(connection)
        refuse_missing_settings(connection)
    except ImproperlyConfigured:
        # Left open, it would serve the next query.
        connection.close()
        raise
    _checked = True


def grant_application_role(alias: str) -> None:
    """Give the application role what it needs on every table, and not more.

    Append-only tables lose UPDATE and DELETE, others what their model withholds
    (``application_may``); the history of migrations is read-only.
    """
    connection = connections[alias]
    role = connection.ops.quote_name(application_role())
    with connection.cursor() as cursor:
        cursor.execute(
            f"GRANT USAGE ON SCHEMA public TO {role};"
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};"
            f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};"
            f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role};"
            f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};"
        )
        present = set(connection.introspection.table_names(cursor))
        for table, withheld in withheld_privileges().items():
            if table in present:
                cursor.execute(
                    f"REVOKE {', '.join(sorted(withheld))} "
                    f"ON {connection.ops.quote_name(table)} FROM {role}"
                )


def withheld_privileges() -> dict[str, frozenset[str]]:
    """What the application role must not do, by table; tables that it may use freely are left out.

    Nobody but their owner may ever TRUNCATE such a table.
    """
    found = {}
    for model in apps.get_models():
        withheld = _ALL - getattr(model, "application_may", _ALL)
        if any(isinstance(constraint, AppendOnly) for constraint in model._meta.constraints):
            withheld |= {"UPDATE", "DELETE"}
        if withheld:
            found[model._meta.db_table] = withheld | {"TRUNCATE"}
    return found


def grant_after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Run the grants once, after the last app's migrations."""
    # The signal comes once per app that has models; earlier ones would miss later tables.
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    if sender.label == last.label and connections[using].settings_dict["USER"] != (
        application_role()
    ):
        grant_application_role(using)
