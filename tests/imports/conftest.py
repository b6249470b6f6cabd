"""What the tests of imports share."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from advocacy.tenancy.models import Membership, Tenant
from tests.imports.test_import_pages import Desk


@pytest.fixture
def desk(tenant: Tenant, alice: Membership, client_for: Callable[..., Any]) -> Desk:
    """Alice at the pages of the import."""
    return Desk(client_for(alice), tenant)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two rows at a time."""
    from imports import services as imports

    monkeypatch.setattr(imports, "BATCH", 2)
    yield
