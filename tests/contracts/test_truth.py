"""What the interface answers is what its description says, and an empty parameter is none (API-1).

Answers are checked by a validator of JSON Schema against ``docs/openapi.yaml``, which another test
keeps equal to the code. Rows come as sparse as the product makes them and as full as the samples.
"""

from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from advocacy.rest.problems import CONTENT_TYPE
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role, allowed
from advocacy.tenancy.scope import tenant_scope
from tests.contracts.endpoints import ENDPOINTS, Endpoint
from tests.factories.tenancy import MembershipFactory
from tests.support import worlds
from tests.support.openapi import description
from tests.support.rest import api_for
from tests.support.urls import address_of, addresses

ROUTES = {address.name: f"/{address.route}" for address in addresses()}
VIEWS: dict[str, Any] = {address.name: address.callback for address in addresses()}
#: No JSON but the bytes of a file (tests/activities/test_asset_files.py).
BYTES = {"api:files-content"}
READABLE = [name for name in ENDPOINTS if "get" in ENDPOINTS[name].methods and name not in BYTES]
#: Those with pages and filters.
LISTS = [name for name in READABLE if name.endswith("-list") and not ENDPOINTS[name].shared]

#: Without a due time there is nothing to tell yet.
EMPTY_WHEN_THIN = {"api:loops-list"}


def bare(route: str) -> str:
    """A path without the names of its parts."""
    parts = route.strip("/").split("/")
    return "/".join("{}" if part[:1] in ("<", "{") else part for part in parts)


@cache
def operations() -> dict[tuple[str, str], Any]:
    """Every operation by path and method."""
    return {
        (bare(path), method): operation
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
    }


FORMATS = FormatChecker()


@FORMATS.checks("uri")
def _is_address(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme)


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    """For a part of the description."""
    whole = {"components": description()["components"], **schema}
    return Draft202012Validator(whole, format_checker=FORMATS)


def wrong(schema: dict[str, Any], answer: Any) -> list[str]:
    """Where an answer is not what was described."""
    return [
        f"{'.'.join(str(part) for part in error.absolute_path)}: {error.message[:200]}"
        for error in validator(schema).iter_errors(answer)
    ]


def answered(name: str, method: str, status: int) -> dict[str, Any]:
    """The described answer of an address."""
    responses = operations()[bare(ROUTES[name]), method]["responses"]
    schema: dict[str, Any] = responses[str(status)]["content"]["application/json"]["schema"]
    return schema


def role_for(declared: Endpoint, method: str = "get") -> Role:
    """A role that may."""
    return next(role for role in (Role.ADMIN, *Role) if allowed(role, declared.methods[method]))


def address(name: str, tenant: Tenant) -> str:
    """Of a sample row; thinned too where the rows are."""
    path = address_of(name, ENDPOINTS[name], tenant, in_tenant=False)  # type: ignore[arg-type]
    if tenant.slug == "thin":
        with tenant_scope(tenant):
            for model in ENDPOINTS[name].kwargs.values():
                if isinstance(model, type) and issubclass(model, TenantModel):
                    worlds.thin(model._default_manager.order_by("-pk")[:1].get())
    return path


@pytest.mark.parametrize("rows", ["full", "thin"])
@pytest.mark.parametrize("name", READABLE)
def test_answers_are_as_described(
    name: str, rows: str, db: None, small: Tenant, thin: Tenant
) -> None:
    """API-1: every field of every list and row, for who sees all of it and who sees the least."""
    tenant, declared = small if rows == "full" else thin, ENDPOINTS[name]
    schema = answered(name, "get", 200)
    path = address(name, tenant)
    for role in {role_for(declared), *(r for r in (Role.SALES, Role.CSM) if _may(declared, r))}:
        with tenant_scope(tenant):
            owner: Membership = MembershipFactory.create(role=role)
            _give(owner)
        answer = api_for(owner).get(path)
        if answer.status_code == 404 and (declared.narrowed or "external" in name):
            assert not wrong(PROBLEM, answer.json())
            continue
        assert answer.status_code == 200, answer.content
        assert not wrong(schema, answer.json())
        nothing = rows == "thin" and name in EMPTY_WHEN_THIN
        if name in LISTS and role == role_for(declared) and not nothing:
            assert answer.json()["results"], "nothing was checked"


PROBLEM = {"$ref": "#/components/schemas/Problem"}


def _may(declared: Endpoint, role: Role) -> bool:
    return allowed(role, declared.methods["get"])


def _give(owner: Membership) -> None:
    """Let requests and the news of them be this colleague's: also a blind role has rows."""
    from reporting.models import News
    from requests.models import Request

    Request.objects.update(requester=owner)
    News.objects.update(member=owner)


WRITES = [
    (name, method)
    for name, declared in ENDPOINTS.items()
    for method in declared.methods
    if method != "get" and name not in BYTES
]


@pytest.mark.parametrize(("name", "method"), WRITES)
def test_what_is_taken_is_described(name: str, method: str, tenant: Tenant) -> None:
    """API-1: every described field is one that it takes, and what it takes none of has no body."""
    declared = ENDPOINTS[name]
    body = operations()[bare(ROUTES[name]), method].get("requestBody")
    with tenant_scope(tenant):
        owner: Membership = MembershipFactory.create(role=role_for(declared, method))
        path = address_of(name, declared, tenant, in_tenant=False)  # type: ignore[arg-type]
        _give(owner)
    api = api_for(owner)
    if body is None:
        answer = api.ask(method, path, {"no_such_field": 1})
        assert (answer.status_code, answer.json()["detail"]) == (422, "This takes no body.")
        return
    schema = body["content"]["application/json"]["schema"]
    fields = description()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["properties"]
    answer = api.ask(method, path, {**dict.fromkeys(fields), "no_such_field": 1})
    assert answer.status_code == 422, answer.content
    found = answer.json()["errors"]
    assert found.pop("no_such_field") == ["There is no such field."]
    only_read = {field for field, about in fields.items() if about.get("readOnly")}
    assert found == {field: ["This field cannot be set."] for field in only_read}


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_parameter_is_none(name: str, db: None, small: Tenant) -> None:
    """API-1: ``?account=`` and ``?ordering=`` say nothing, so they change nothing."""
    tenant, declared = small, ENDPOINTS[name]
    with tenant_scope(tenant):
        owner: Membership = MembershipFactory.create(role=role_for(declared))
    api, path = api_for(owner), address_of(name, declared, tenant, in_tenant=False)  # type: ignore[arg-type]
    plain = api.get(path).json()
    for parameter in _parameters(name):
        answer = api.get(f"{path}?{parameter}=")
        assert answer.status_code == 200, (parameter, answer.content)
        assert answer.json()["results"] == plain["results"], parameter


@pytest.mark.parametrize("name", LISTS)
def test_nonsense_is_refused_by_its_name(name: str, db: None, small: Tenant) -> None:
    """API-1: 400 and the parameter, wherever the description narrows what it may be."""
    tenant, declared = small, ENDPOINTS[name]
    with tenant_scope(tenant):
        owner: Membership = MembershipFactory.create(role=role_for(declared))
    api, path = api_for(owner), address_of(name, declared, tenant, in_tenant=False)  # type: ignore[arg-type]
    for parameter, schema in _parameters(name).items():
        narrow = schema.get("enum") or schema.get("format") or schema.get("type") != "string"
        answer = api.get(f"{path}?{parameter}=no+such+thing")
        if narrow:
            assert answer.status_code == 400, (parameter, schema, answer.status_code)
            assert parameter in answer.json()["errors"]
            assert answer["Content-Type"] == CONTENT_TYPE
        assert answer.status_code in (200, 400)


def _parameters(name: str) -> dict[str, dict[str, Any]]:
    described = operations()[bare(ROUTES[name]), "get"]["parameters"]
    return {each["name"]: each["schema"] for each in described if each["in"] == "query"}
