"""What holds for every list of the product (UI-1)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role, allowed
from advocacy.web.urls import TENANT_KWARG
from advocacy.web.views import ListPage
from tests.contracts.urls import PAGES

pytestmark = pytest.mark.django_db


def lists() -> list[str]:
    """The names of all addresses at which a list stands."""
    found = []

    def walk(patterns: Any, space: str = "") -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                walk(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space)
            elif isinstance(each, URLPattern):
                view = getattr(each.callback, "view_class", None)
                if view is not None and issubclass(view, ListPage):
                    found.append(f"{space}{each.name}")

    walk(get_resolver("advocacy.urls").url_patterns)
    return sorted({name for name in found if name in PAGES})


LISTS = lists()


def test_there_are_lists() -> None:
    """UI-1.e: the walk finds what it is to hold."""
    assert {"accounts:list", "mail-log", "tokens", "opportunities:list"} <= set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_export(
    name: str, tenant: Tenant, membership: Any, client_for: Callable[[Membership], Client]
) -> None:
    """UI-1.e: whoever runs the program gets the file of what is shown, and the page offers it."""
    access = PAGES[name].access
    role = next(r for r in (Role.PROGRAM_MANAGER, Role.ADMIN, *Role) if allowed(r, access))
    client = client_for(membership(role))
    address = reverse(name, kwargs={TENANT_KWARG: tenant.slug})
    answer = client.get(address, {"export": "csv"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    assert "export=csv" in client.get(address).content.decode()
