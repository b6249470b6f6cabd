"""Taking a scaled tenant away again, and no other.

The application cannot: its ledger and its event log keep every row. The owner of the tables can,
as in a migration, and does so only for a tenant whose log says that ``seed_demo --scale`` made it.
"""

from graphlib import TopologicalSorter

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from advocacy.events.models import Event
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope

#: The event with which a scaled tenant begins.
MADE = "demo.scaled"
OWNER = "owner"

_WITH_TRIGGERS = """
SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace ORDER BY 1
"""


class NotScaled(Exception):
    """The tenant was made otherwise, or nobody here may remove it; the message says which."""


def remove_scaled_tenant(tenant: Tenant) -> int:
    """Delete a tenant that ``seed_demo --scale`` made; returns how many rows went.

    Its colleagues keep their accounts, which belong to no tenant. One transaction of the owner,
    which lifts the guards of the tables that keep every row for as long as it lasts; meanwhile
    other tenants' writes to these wait. Raises :class:`NotScaled`.
    """
    with tenant_scope(tenant, read_only=True):
        if not Event.objects.filter(verb=MADE).exists():
            raise NotScaled(
                f"“{tenant.slug}” was not made by seed_demo --scale, so it is left alone; "
                "--slug NAME makes another tenant."
            )
    if OWNER not in settings.DATABASES:
        raise NotScaled(
            "removing a tenant is the owner's business: set DATABASE_OWNER_URL and MIGRATING=1."
        )
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        # Rather give up than keep everybody waiting.
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        cursor.execute(_WITH_TRIGGERS)
        guarded = [name for (name,) in cursor.fetchall()]
        _switch(cursor, guarded, "DISABLE")
        removed = sum(_empty(cursor, table, tenant) for table in _children_first())
        cursor.execute("DELETE FROM tenancy_tenant WHERE id = %s", [tenant.pk])
        _switch(cursor, guarded, "ENABLE")
    return removed


def _switch(cursor: CursorWrapper, tables: list[str], how: str) -> None:
    for table in tables:
        cursor.execute(f"ALTER TABLE {cursor.db.ops.quote_name(table)} {how} TRIGGER USER")


def _empty(cursor: CursorWrapper, table: str, tenant: Tenant) -> int:
    quoted = cursor.db.ops.quote_name(table)
    cursor.execute(f"DELETE FROM {quoted} WHERE tenant_id = %s", [tenant.pk])  # noqa: S608
    return cursor.rowcount


def _children_first() -> list[str]:
    """The tenants' tables, each before those it points at."""
    order: TopologicalSorter[str] = TopologicalSorter()
    for model in apps.get_models():
        if issubclass(model, TenantModel):
            order.add(model._meta.db_table)
            for field in model._meta.local_fields:
                target = field.related_model
                if isinstance(field, TenantForeignKey) and target is not model:
                    order.add(target._meta.db_table, model._meta.db_table)  # type: ignore[union-attr]
    return list(order.static_order())
