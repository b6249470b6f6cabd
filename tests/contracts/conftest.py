"""Tenants in which every table has rows, for contracts that only read or are rolled back.

Their scope is ``class``, which for a function means itself but makes them come before ``db``: what
is committed has to be there before the test's transaction begins.
"""

from typing import Any

import pytest

from advocacy.tenancy.models import Tenant
from tests.support.worlds import world


@pytest.fixture(scope="class")
def small(django_db_setup: None, django_db_blocker: Any) -> Tenant:
    """Two rows in every table."""
    with django_db_blocker.unblock():
        return world("small")


@pytest.fixture(scope="class")
def large(django_db_setup: None, django_db_blocker: Any) -> Tenant:
    """Four rows in every table."""
    with django_db_blocker.unblock():
        return world("large")


@pytest.fixture(scope="class")
def thin(django_db_setup: None, django_db_blocker: Any) -> Tenant:
    """Two rows in every table, with as little on them as may be."""
    with django_db_blocker.unblock():
        return world("thin")
