"""Rows of every table, to look at pages with something on them."""

from django.db import DatabaseError, transaction

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.contracts.samples import sample, tenant_models


def fill(tenant: Tenant, rows: int) -> None:
    """More rows of every table; a table that holds one per tenant keeps its one."""
    with tenant_scope(tenant):
        for model in tenant_models():
            for _row in range(rows):
                try:
                    with transaction.atomic():
                        sample(model)
                except DatabaseError:
                    break
