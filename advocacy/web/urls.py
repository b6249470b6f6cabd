"""Addresses of tenant pages, which all live under ``/t/<slug>/``."""

from typing import Any, Protocol

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

#: Name of the slug's group in the pattern that holds every tenant page.
TENANT_KWARG = "tenant"


class HasSlug(Protocol):
    """A tenant, as far as an address needs it."""

    @property
    def slug(self) -> str:
        """The tenant's part of the address."""


def tenant_reverse(where: "HttpRequest | HasSlug", viewname: str, *args: Any, **kwargs: Any) -> str:
    """Address of a tenant page, for the tenant given or the request's.

    Raises ``NoReverseMatch`` for an unknown name, and when the request has no tenant.
    """
    tenant = getattr(where, "tenant", where)
    slug = getattr(tenant, "slug", None)
    if not slug:
        raise NoReverseMatch(f"{viewname!r} is a tenant's page, but there is no tenant here")
    if kwargs:
        return reverse(viewname, kwargs={TENANT_KWARG: slug, **kwargs})
    return reverse(viewname, args=(slug, *args))


def quiet_reverse(where: "HttpRequest | HasSlug | None", viewname: str, *args: Any) -> str | None:
    """Like :func:`tenant_reverse` (plain ``reverse`` without a place), None if no such page."""
    try:
        if where is None:
            return reverse(viewname, args=args)
        return tenant_reverse(where, viewname, *args)
    except NoReverseMatch:
        return None
