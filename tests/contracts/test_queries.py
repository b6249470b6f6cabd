"""Query counts of every page against ``queries.json``, at two sizes of data.

A page's count must not grow with its rows, and must not grow unnoticed with the code:
``make query-baseline`` writes the file anew; the change then shows in review.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role, allowed
from advocacy.tenancy.scope import tenant_scope
from tests.contracts.urls import MEMBER, PAGES
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support.database import empty_tables
from tests.support.fill import fill
from tests.support.urls import address_of

BASELINE = Path(__file__).with_name("queries.json")
COUNTED = [
    name
    for name, declared in PAGES.items()
    if declared.counted and "get" in declared.methods and declared.access not in {"public", "link"}
]
#: Rows of each table at the two sizes; the larger fits on one page of a list.
SMALL, LARGE = 2, 8

_BOOKKEEPING = re.compile(r"^(BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK|SET )", re.IGNORECASE)


def count(client: Client, path: str) -> tuple[int, list[str]]:
    """Queries of a page, without those that only hold the transaction together."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code in {200, 302}, f"{path} answered {answer.status_code}"
    queries = [query["sql"] for query in captured if not _BOOKKEEPING.match(query["sql"])]
    return len(queries), queries


@pytest.fixture(scope="module")
def sized(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Tenant, Tenant]]:
    """A small tenant and a large one, committed once for all pages."""
    with django_db_blocker.unblock():
        tenants = TenantsFactory(slug="small"), TenantsFactory(slug="large")
        for tenant, rows in zip(tenants, (SMALL, LARGE), strict=True):
            fill(tenant, rows)
    yield tenants
    with django_db_blocker.unblock():
        empty_tables()


@pytest.fixture(scope="module")
def baseline(request: pytest.FixtureRequest) -> Iterator[dict[str, int]]:
    """The checked-in counts; written back when asked to."""
    found: dict[str, int] = json.loads(BASELINE.read_text())
    yield found
    if request.config.getoption("--update-queries"):
        kept = {name: found[name] for name in sorted(found) if name in COUNTED}
        BASELINE.write_text(json.dumps(kept, indent=2) + "\n")


@pytest.mark.parametrize("name", COUNTED)
def test_queries(
    name: str,
    db: None,
    sized: tuple[Tenant, Tenant],
    client_for: Callable[[Membership | None], Client],
    baseline: dict[str, int],
    request: pytest.FixtureRequest,
) -> None:
    """UI-1: no more queries with many rows than with few, and as many as last time.

    Fewer are fine: of a long queue only the first rows are looked up.
    """
    access = PAGES[name].access
    order = (Role.PROGRAM_MANAGER, Role.ADMIN, *Role)
    role = next(r for r in order if access in {MEMBER, "signed-in"} or allowed(r, access))
    counts: list[tuple[int, list[str]]] = []
    for tenant in sized:
        with tenant_scope(tenant):
            client = client_for(MembershipFactory(role=role))
        path = address_of(name, PAGES[name], tenant, in_tenant=access != "signed-in")
        if not counts:
            client.get(path)  # fills what is kept in memory
        counts.append(count(client, path))
    (small, few), (large, many) = counts
    assert large <= small, f"{path} asks more with more rows:\n" + "\n".join(
        sql[:200] for sql in many if sql not in few
    )
    if request.config.getoption("--update-queries"):
        baseline[name] = small
    assert name in baseline, "run make query-baseline"
    assert small == baseline[name], (
        f"{path} asked {small} queries, {BASELINE.name} says {baseline[name]}; if that is meant, "
        "run make query-baseline\n" + "\n".join(sql[:200] for sql in few)
    )
