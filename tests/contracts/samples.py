"""One sample row of any tenant table, found among the factories in ``tests/factories/``.

A model without a factory fails the contracts: add one to ``tests/factories/<app>.py``.
"""

import importlib
import pkgutil
from functools import cache

from django.apps import apps

import tests.factories
from advocacy.tenancy.base import TenantModel
from tests.factories.base import TenantFactory


def tenant_models() -> list[type[TenantModel]]:
    """Every concrete tenant model of the product."""
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


@cache
def _factories() -> dict[type[TenantModel], type[TenantFactory]]:
    for module in pkgutil.iter_modules(tests.factories.__path__):
        importlib.import_module(f"tests.factories.{module.name}")
    found: dict[type[TenantModel], type[TenantFactory]] = {}
    # Breadth first: a model's plain factory comes before its specialised subclasses.
    waiting = list(TenantFactory.__subclasses__())
    while waiting:
        factory = waiting.pop(0)
        if not factory._meta.abstract:
            found.setdefault(factory._meta.model, factory)
        waiting.extend(factory.__subclasses__())
    return found


def factory_of(model: type[TenantModel]) -> type[TenantFactory]:
    """What makes rows of a model."""
    factory = _factories().get(model)
    assert factory is not None, (
        f"{model._meta.label} has no factory: add one to "
        f"tests/factories/{model._meta.app_label}.py, so that the contracts can hold it"
    )
    return factory


def sample(model: type[TenantModel]) -> TenantModel:
    """A new row in the open scope's tenant."""
    row: TenantModel = factory_of(model)()
    return row
