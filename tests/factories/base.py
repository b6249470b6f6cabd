"""What factories of tenant rows have in common."""

from typing import Any

from django.db import models
from factory.django import DjangoModelFactory

from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.scope import current_tenant_id
from tests.support.rows import insert


class PlainFactory(DjangoModelFactory):
    """Makes a row that belongs to no tenant."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[models.Model], *args: Any, **kwargs: Any) -> models.Model:
        if cls._meta.django_get_or_create:
            found: models.Model = super()._create(model_class, *args, **kwargs)
            return found
        row = model_class(*args, **kwargs)
        insert(row)
        return row


class TenantFactory(PlainFactory):
    """Makes a row in the open scope; a related row of another tenant is a mistake in the test.

    Raises ``NoTenantScope`` when no scope is open.
    """

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[TenantModel], *args: Any, **kwargs: Any) -> TenantModel:
        here = current_tenant_id()
        for name, value in kwargs.items():
            if isinstance(value, TenantModel) and value.tenant_id != here:
                raise AssertionError(
                    f"{model_class.__name__}.{name} belongs to tenant {value.tenant_id}, "
                    f"but the open scope is {here}"
                )
        row: TenantModel = super()._create(model_class, *args, **kwargs)
        return row
