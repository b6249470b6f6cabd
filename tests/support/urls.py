"""Walking the addresses of the product, and asking for one as a member would."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.web.urls import TENANT_KWARG
from tests.contracts.samples import sample
from tests.contracts.urls import Declared


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver."""

    name: str
    route: str
    callback: Callable[..., Any]

    @property
    def in_tenant(self) -> bool:
        """Whether it lies under ``/t/<slug>/``."""
        return self.route.startswith("t/")

    @property
    def permission(self) -> str | None:
        """What the view itself declares."""
        view = getattr(self.callback, "view_class", self.callback)
        return getattr(view, "permission", None)


def addresses() -> Iterator[Address]:
    """Every pattern, with its full name (``namespace:name``; empty when it has none)."""
    yield from _walk(get_resolver(), "", "")


def _walk(resolver: URLResolver, route: str, prefix: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(f"{prefix}{pattern.name}" if pattern.name else "", here, pattern.callback)
        else:
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern, here, space)


def address_of(name: str, declared: Declared, tenant: Tenant, *, in_tenant: bool) -> str:
    """The path of a declared address, with sample rows made in the tenant."""
    kwargs: dict[str, Any] = {}
    with tenant_scope(tenant):
        for key, value in declared.kwargs.items():
            if inspect.isclass(value) and issubclass(value, TenantModel):
                kwargs[key] = sample(value).pk
            else:
                kwargs[key] = value() if callable(value) else value
    if in_tenant:
        kwargs[TENANT_KWARG] = tenant.slug
    return reverse(name, kwargs=kwargs)
