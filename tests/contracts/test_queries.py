"""Query counts of every page against ``queries.json``, at two sizes of data.

A page's count must not grow with its rows, and must not grow unnoticed with the code:
``make query-baseline`` writes the file anew; the change then shows in review.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role, allowed
from advocacy.tenancy.scope import tenant_scope
from tests.contracts.urls import MEMBER, PAGES
from tests.factories.tenancy import MembershipFactory
from tests.support.urls import address_of

BASELINE = Path(__file__).with_name("queries.json")
COUNTED = [
    name
    for name, declared in PAGES.items()
    if declared.counted and "get" in declared.methods and declared.access not in {"public", "link"}
]
_BOOKKEEPING = re.compile(r"^(BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK|SET )", re.IGNORECASE)


def count(client: Client, path: str) -> tuple[int, list[str]]:
    """Queries of a page, without those that only hold the transaction together."""
    reset_queries()  # Django keeps 9,000 of them, and counts none after that
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code in {200, 302}, f"{path} answered {answer.status_code}"
    queries = [query["sql"] for query in captured if not _BOOKKEEPING.match(query["sql"])]
    return len(queries), queries


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
    small: Tenant,
    large: Tenant,
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
    for tenant in (small, large):
        with tenant_scope(tenant):
            client = client_for(MembershipFactory(role=role))
        path = address_of(name, PAGES[name], tenant, in_tenant=access != "signed-in")
        counts.append(count(client, path))
        if not counts[1:] and counts[0][0] != baseline.get(name):
            counts = [count(client, path)]  # what is kept in memory was not there yet
    (with_few, few), (with_many, many) = counts
    assert with_many <= with_few, f"{path} asks more with more rows:\n" + "\n".join(
        sql[:200] for sql in many if sql not in few
    )
    if request.config.getoption("--update-queries"):
        baseline[name] = with_few
    assert name in baseline, "run make query-baseline"
    assert with_few == baseline[name], (
        f"{path} asked {with_few} queries, {BASELINE.name} says {baseline[name]}; "
        "if that is meant, run make query-baseline\n" + "\n".join(sql[:200] for sql in few)
    )
