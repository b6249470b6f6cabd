"""Tenants with rows in every table, committed once for many tests: making them takes seconds.

A test that asks for one (``small``, ``large``, ``thin``; tests/contracts/conftest.py) writes in its
own transaction, which is rolled back, as with everything it makes itself. They are gone before the
first test that could mind them: a transactional one, or one that is no contract.
"""

from typing import Any

from django.db import DatabaseError, models, transaction

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.contracts.samples import tenant_models
from tests.factories.tenancy import TenantsFactory
from tests.support import database
from tests.support.fill import fill

#: Rows of each table. The larger number still fits on one page of a list, and shows what grows.
ROWS = {"small": 2, "large": 4, "thin": 2}


def world(name: str) -> Tenant:
    """The committed tenant of a name, made now unless it is there; never in a transaction."""
    if name not in database.committed:
        tenant = TenantsFactory(slug=name)
        fill(tenant, ROWS[name])
        if name == "thin":
            _thin_all(tenant)
        database.analyze()
        database.committed[name] = tenant
    found: Tenant = database.committed[name]
    return found


def leave(*, contract: bool, transactional: bool) -> None:
    """Take all of them away where the coming test could mind them."""
    if database.committed and (transactional or not contract):
        database.empty_tables()


def _thin_all(tenant: Tenant) -> None:
    with tenant_scope(tenant):
        for model in tenant_models():
            for row in model._default_manager.all():
                thin(row)


def thin(row: models.Model) -> None:
    """Take everything off a row that the model lets be missing, where the database agrees."""
    bare: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name == "tenant":
            continue
        if field.null:
            bare[field.attname] = None
        elif field.blank and isinstance(field, models.CharField | models.TextField):
            bare[field.attname] = ""
    if not _updated(row, bare):
        for name, value in bare.items():
            _updated(row, {name: value})


def _updated(row: models.Model, values: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**values)
    except DatabaseError:
        return False
    return True
