"""Every address of the REST interface × role × scope × other tenant × no token (ID-2, API-3)."""

from collections.abc import Callable
from itertools import chain
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from advocacy.rest.problems import CONTENT_TYPE
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.planning import analyze_small_tables
from advocacy.tenancy.roles import Role, allowed
from advocacy.tenancy.scope import tenant_scope
from tests.contracts.endpoints import ENDPOINTS, Endpoint
from tests.factories.tenancy import MembershipFactory
from tests.support.breadth import some_roles
from tests.support.database import fingerprint
from tests.support.rest import Api, api_for
from tests.support.urls import address_of, addresses

NAMES = list(ENDPOINTS)
CALLBACKS = {address.name: address.callback for address in addresses()}
READABLE = [name for name in NAMES if "get" in ENDPOINTS[name].methods]


def path_of(name: str, tenant: Tenant) -> str:
    """The address, with sample rows made in the tenant."""
    return address_of(name, ENDPOINTS[name], tenant, in_tenant=False)  # type: ignore[arg-type]


def role_for(declared: Endpoint, method: str) -> Role:
    """A role that may."""
    return next(role for role in (Role.ADMIN, *Role) if allowed(role, declared.methods[method]))


def refused(answer: Any, status: int, code: str | None = None) -> None:
    """A problem document of this status."""
    assert answer.status_code == status, (answer.request["PATH_INFO"], answer.content)
    assert answer["Content-Type"] == CONTENT_TYPE
    assert answer.json()["status"] == status
    if code:
        assert answer.json()["code"] == code


def test_endpoints_and_declarations_agree() -> None:
    """ID-2.b, API-3.a: methods, permission and scope are the promised ones."""
    wrong = []
    for name, declared in ENDPOINTS.items():
        view: Any = CALLBACKS[name]
        found = {method: view.cls.permissions[action] for method, action in view.actions.items()}
        found.pop("head", None)
        scopes = {
            view.cls.scope_resources.get(action, view.cls.resource)
            for action in view.actions.values()
        }
        if (found, scopes) != (dict(declared.methods), {declared.resource}):
            wrong.append(f"{name}: {found}, {scopes}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", NAMES)
def test_roles(name: str, tenant: Tenant, membership: Callable[..., Membership]) -> None:
    """ID-2.a, ID-2.b: a token may what its owner's role may; what is refused changes nothing."""
    declared, path = ENDPOINTS[name], path_of(name, tenant)
    tried = {
        method: some_roles(f"{name} {method}", lambda role, action=action: allowed(role, action))
        for method, action in declared.methods.items()
    }
    apis = {role: api_for(membership(role)) for role in {*chain.from_iterable(tried.values())}}
    before = fingerprint(tenant)
    for method, action in declared.methods.items():
        for role in tried[method]:
            with transaction.atomic():
                answer = apis[role].ask(method, path, {} if method != "get" else None)
                where = f"{name}: {method} as {role} answered {answer.status_code}"
                if allowed(role, action):
                    assert answer.status_code < 500, where
                    missing = name.endswith("by-external-id") and method == "get"
                    if not declared.narrowed and not missing:
                        assert answer.status_code not in {401, 403, 404, 405}, where
                else:
                    refused(answer, 403, "not_allowed")
                    assert fingerprint(tenant) == before, f"{where} and changed something"
                transaction.set_rollback(True)


def test_scopes(tenant: Tenant, membership: Callable[..., Membership]) -> None:
    """API-3.a: without the scope of its resource and access a token gets 403, whoever owns it."""
    owners = {role: membership(role) for role in Role}
    paths = {name: path_of(name, tenant) for name in ENDPOINTS}
    # Or rows of tables believed to be empty are read anew for each row of another: minutes.
    analyze_small_tables()
    for name, declared in ENDPOINTS.items():
        path = paths[name]
        for method in declared.methods:
            needed = f"{declared.resource}:{'read' if method == 'get' else 'write'}"
            other = f"{declared.resource}:{'write' if method == 'get' else 'read'}"
            owner = owners[role_for(declared, method)]
            refused(api_for(owner, scopes=[other]).ask(method, path, {}), 403, "missing_scope")
            with transaction.atomic():
                answer = api_for(owner, scopes=[needed]).ask(method, path, {})
                # Where the role alone is not enough, the row may be somebody else's to act on.
                is_theirs = declared.narrowed and answer.status_code == 403
                code = answer.json()["code"] if is_theirs else ""
                assert code != "missing_scope", f"{method} {path}"
                assert is_theirs or answer.status_code != 403, f"{method} {path}"
                transaction.set_rollback(True)


def test_strangers(
    tenant: Tenant, other_tenant: Tenant, membership: Callable[..., Membership]
) -> None:
    """ID-2.b, TEN-1.a, API-3.a: another tenant's token finds nothing of ours; nobody gets in
    without one.
    """
    stranger = api_for(membership(Role.ADMIN, tenant=other_tenant))
    owners = {role: membership(role) for role in Role}
    paths = {name: path_of(name, tenant) for name in NAMES}
    analyze_small_tables()
    before = fingerprint(tenant)
    for name, path in paths.items():
        declared = ENDPOINTS[name]
        for method in declared.methods:
            for nobody in (Api(None), Api("adv_" + "x" * 43), Api("something else")):
                answer = nobody.ask(method, path, {})
                refused(answer, 401)
                assert answer["WWW-Authenticate"].startswith("Bearer"), name
            if "pk" in declared.kwargs and not declared.shared:
                refused(stranger.ask(method, path, {}), 404, "not_found")
    assert fingerprint(tenant) == before
    for name, path in paths.items():
        declared = ENDPOINTS[name]
        if name.endswith("-list") and "get" in declared.methods and not declared.shared:
            ours = api_for(owners[role_for(declared, "get")]).get(path).json()["results"]
            theirs = stranger.get(path).json()["results"]
            assert not {row["id"] for row in ours} & {row["id"] for row in theirs}, name


def test_a_session_is_no_token(alice: Membership, client_for: Callable[..., Any]) -> None:
    """API-3.a: a signed-in browser is nobody here, so no other site can make it ask."""
    assert client_for(alice).get("/api/v1/accounts/").status_code == 401


@pytest.mark.parametrize(
    "name",
    [n for n in READABLE if "external" not in n and ENDPOINTS[n].queries is not None],
)
def test_queries(name: str, db: None, small: Tenant, large: Tenant) -> None:
    """API-1: as many queries with many rows as with few, and not many."""
    counts, asked = [], []
    for tenant in (small, large):
        with tenant_scope(tenant):
            owner = MembershipFactory(role=role_for(ENDPOINTS[name], "get"))
        api, path = api_for(owner), path_of(name, tenant)
        with CaptureQueriesContext(connection) as captured:
            answer = api.get(path)
        assert answer.status_code == 200
        queries = [q["sql"] for q in captured if q["sql"].startswith(("SELECT", "WITH"))]
        counts.append(len(queries))
        asked.append(queries)
    assert counts[0] == counts[1], "\n".join(sql[:200] for sql in asked[1])
    most = ENDPOINTS[name].queries
    assert most is not None
    assert counts[0] <= most, "\n".join(sql[:200] for sql in asked[1])
