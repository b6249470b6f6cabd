"""Tenants in which every table has rows, for contracts that only read or are rolled back.

Their scope is ``class``, which for a function means itself but makes them come before ``db``: what
is committed has to be there before the test's transaction begins.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from advocacy.tenancy.models import Tenant
from tests.support.database import copy_template, owner_connection
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


@pytest.fixture
def migrated(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The alias ``owner`` points at another database, to which all migrations are applied."""
    wrapper = connections["owner"]
    before = wrapper.settings_dict["NAME"]
    name = f"{before}_migrations"
    with django_db_blocker.unblock():
        with owner_connection() as owner, owner.cursor() as cursor:
            assert copy_template(cursor, name)
        wrapper.close()
        wrapper.settings_dict["NAME"] = name
        yield wrapper
        wrapper.close()
        wrapper.settings_dict["NAME"] = before
        with owner_connection() as owner, owner.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')
