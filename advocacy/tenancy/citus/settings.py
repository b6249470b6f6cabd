"""What has to be set where tenants are spread over several machines, and whether it is.

Without the first, a worker does not know the scope's tenant and refuses every row. The others are
for the owner: triggers on distributed tables count as unsafe, a second ``migrate`` fails in its
grants otherwise, and a policy that says ``true`` to the owner is no help on a shard whose other
policy reads a setting that is not there. A
superuser sets them: since PostgreSQL 15 nobody else may keep a setting that PostgreSQL itself does
not know.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Needed:
    """A setting of the database, or of the role that migrates it."""

    name: str
    value: str
    of_owner: bool = True

    def sql(self, connection: BaseDatabaseWrapper, owner: str) -> str:
        """The statement that sets it for every later connection."""
        quote = connection.ops.quote_name
        database = quote(str(connection.settings_dict["NAME"]))
        whose = (
            f"ROLE {quote(owner)} IN DATABASE {database}"
            if self.of_owner
            else (f"DATABASE {database}")
        )
        return f"ALTER {whose} SET {self.name} = '{self.value}'"


NEEDED = (
    Needed("citus.propagate_set_commands", "local", of_owner=False),
    Needed("citus.enable_unsafe_triggers", "on"),
    Needed("citus.multi_shard_modify_mode", "sequential"),
    Needed("app.tenant_id", "00000000-0000-0000-0000-000000000000"),
)


def is_installed(cursor: Any) -> bool:
    """Whether this database has Citus."""
    cursor.execute("SELECT to_regclass('pg_dist_partition') IS NOT NULL")
    return bool(cursor.fetchone()[0])


def missing(cursor: Any, *, owner: bool) -> Iterator[Needed]:
    """What this connection lacks of what its role needs."""
    for each in NEEDED:
        if each.of_owner and not owner:
            continue
        cursor.execute("SELECT current_setting(%s, true)", [each.name])
        if cursor.fetchone()[0] != each.value:
            yield each


def problems(connection: BaseDatabaseWrapper, *, owner: bool) -> list[str]:
    """A sentence for each missing setting, with the statement that helps; none without Citus."""
    with connection.cursor() as cursor:
        if not is_installed(cursor):
            return []
    return [
        f"{each.name} is not {each.value}: let a superuser say {sql};"
        for each, sql in lacking(connection, owner=owner)
    ]


def lacking(connection: BaseDatabaseWrapper, *, owner: bool) -> list[tuple[Needed, str]]:
    """Each missing setting with the statement that sets it for later connections."""
    with connection.cursor() as cursor:
        name = owner_of_tables(cursor)
        return [(each, each.sql(connection, name)) for each in missing(cursor, owner=owner)]


def owner_of_tables(cursor: Any) -> str:
    """The role that owns the tables; before there are any, whoever is connected."""
    cursor.execute(
        "SELECT coalesce((SELECT pg_get_userbyid(relowner) FROM pg_class"
        " WHERE oid = to_regclass('tenancy_membership')), current_user)"
    )
    return str(cursor.fetchone()[0])
