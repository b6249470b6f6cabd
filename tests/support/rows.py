"""Inserting one row for a factory, as ``save()`` would, without compiling its statement anew."""

from django.db import connection, models

from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.inserting import insertion
from advocacy.tenancy.scope import current_tenant_id


def insert(row: models.Model) -> None:
    """Insert a new row; it counts as saved afterwards."""
    if isinstance(row, TenantModel):
        row.tenant_id = current_tenant_id()
    statement, values = insertion([row])
    if any(hasattr(value, "resolve_expression") for value in values):
        row.save(force_insert=True)  # a column that PostgreSQL fills
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    row._state.adding, row._state.db = False, connection.alias
