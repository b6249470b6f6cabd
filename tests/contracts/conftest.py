"""What several contracts start from."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from tests.support.database import copy_template, owner_connection


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
