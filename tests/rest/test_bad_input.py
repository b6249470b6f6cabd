"""Nothing a client sends is a 500; every refusal is a problem document (API-1, BAD-1)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.api import RESOURCES
from advocacy.rest.problems import CONTENT_TYPE
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Account
from tests.factories.advocates import AccountFactory, ActivityTypeFactory, AdvocateFactory
from tests.support.breadth import examples
from tests.support.rest import Api, api_for


@pytest.fixture
def api(membership: Callable[..., Membership]) -> Api:
    """As an admin."""
    return api_for(membership("admin"))


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The problem document, checked."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == CONTENT_TYPE
    found: dict[str, Any] = answer.json()
    assert found["status"] == status and found["code"] == code
    assert found["type"] == f"urn:advocacy:problem:{code}"
    assert found["title"] and found["detail"]
    return found


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"name": NaN}',
        b'{"employees": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'"name"',
        b"[]",
        b"null",
        b"17",
    ],
)
def test_bodies_that_are_no_object(api: Api, body: bytes) -> None:
    """BAD-1.c: said in words, 400 or 422."""
    answer = api.ask("post", "accounts/", body)
    assert answer.status_code in {400, 422}, answer.content
    assert answer["Content-Type"] == CONTENT_TYPE


def test_too_large(api: Api, settings: Any) -> None:
    """BAD-1.c: a body beyond the limit is not read to its end."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    problem(api.post("accounts/", {"name": "x" * 200}), 413, "too_large")


def test_other_types_than_json(api: Api) -> None:
    """BAD-1: forms are for the pages."""
    answer = api.client.post("/api/v1/accounts/", {"name": "A"}, headers=api.headers)
    problem(answer, 415, "unsupported_media_type")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "A\x00B"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": {"a": 1}}, "name"),
        ({"name": "A", "employees": "many"}, "employees"),
        ({"name": "A", "employees": -1}, "employees"),
        ({"name": "A", "employees": 10**30}, "employees"),
        ({"name": "A", "annual_value": "1e400"}, "annual_value"),
        ({"name": "A", "annual_value": 10**20}, "annual_value"),
        ({"name": "A", "health": 101}, "health"),
        ({"name": "A", "renewal_on": "31.12.2026"}, "renewal_on"),
        ({"name": "A", "renewal_on": 20261231}, "renewal_on"),
        ({"name": "A", "lifecycle": "friend"}, "lifecycle"),
        ({"name": "A", "country": "Atlantis"}, "country"),
        ({"name": "A", "currency": "euros"}, "currency"),
        ({"name": "A", "owner": "me"}, "owner"),
        ({"name": "A", "owner": 5}, "owner"),
        ({"name": "A", "owner": "00000000-0000-0000-0000-000000000000"}, "owner"),
        ({"name": "A", "products": "CRM"}, "products"),
        ({"name": "A", "products": [["CRM"]]}, "products.0"),
        ({"name": "A", "products": ["x" * 101]}, "products.0"),
        ({"name": "A", "nickname": "B"}, "nickname"),
        ({"name": "A", "id": "00000000-0000-0000-0000-000000000000"}, "id"),
    ],
)
def test_fields_that_are_wrong(api: Api, tenant: Tenant, body: Any, field: str) -> None:
    """BAD-1.a, API-1.e: 422 naming the field; nothing is saved."""
    found = problem(api.post("accounts/", body), 422, "invalid")
    assert list(found["errors"]) == [field]
    assert api.get("accounts/").json()["results"] == []


@pytest.mark.parametrize(
    "query",
    [
        "page_size=0",
        "page_size=201",
        "page_size=many",
        "page_size=" + "9" * 5000,
        "page_size=²",
        "ordering=health",
        "ordering=--name",
        "cursor=abc",
        "cursor=%FF",
        "cursor=WyJuYW1lIl0",
        "cursor=" + "W1tbW1tb" * 2000,
        "search=%00",
        "lifecycle=friend",
        "owner=me",
        "updated_since=yesterday",
        "updated_since=%00",
        "industry=%00",
        "updated_since=0000-00-00",
        "nickname=B",
    ],
)
def test_queries_that_are_wrong(api: Api, query: str) -> None:
    """BAD-1.a, API-1.e: a parameter is refused by name, never passed over."""
    found = problem(api.get(f"accounts/?{query}"), 400, "invalid")
    assert list(found["errors"]) == [query.partition("=")[0]] or query.startswith("search")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "accounts/nobody/", 404),
        ("get", "accounts/00000000-0000-0000-0000-000000000000/", 404),
        ("get", "nothing/", 404),
        ("get", "", 404),
        ("delete", "accounts/", 405),
        ("put", "accounts/00000000-0000-0000-0000-000000000000/", 405),
        ("options", "accounts/", 405),
        ("trace", "accounts/", 405),
        ("put", "accounts/by-external-id/%20/1/", 422),
        ("put", "accounts/by-external-id/crm/%00/", 400),
        ("put", f"accounts/by-external-id/crm/{'x' * 201}/", 422),
        ("put", f"accounts/by-external-id/{'x' * 51}/1/", 422),
    ],
)
def test_addresses_that_lead_nowhere(api: Api, method: str, path: str, status: int) -> None:
    """BAD-1.c, API-1.e: a problem document as well."""
    answer = api.ask(method, path, {"name": "A"} if method == "put" else None)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == CONTENT_TYPE


def test_what_the_services_refuse(api: Api, tenant: Tenant) -> None:
    """API-1.e, BAD-1.a: their code, their sentence, their fields; and nothing is half-saved."""
    with tenant_scope(tenant):
        advocate = AdvocateFactory(status="candidate")
    found = problem(api.post(f"advocates/{advocate.pk}/enrol/", {}), 422, "reason_needed")
    assert list(found["errors"]) == ["reason"]
    problem(api.post(f"advocates/{advocate.pk}/resume/", {}), 409, "illegal_move")
    assert api.get(f"advocates/{advocate.pk}/").json()["status"] == "candidate"


def test_a_command_without_a_body_takes_none(api: Api, tenant: Tenant) -> None:
    """BAD-1.a: what would be passed over is refused."""
    from tests.factories.activities import ActivityFactory

    with tenant_scope(tenant):
        activity = ActivityFactory()
    problem(api.post(f"activities/{activity.pk}/accept/", {"reason": "x"}), 422, "invalid")


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "0001-01-01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@pytest.mark.parametrize("resource", [cls.resource for cls in RESOURCES if hasattr(cls, "create")])
@settings(
    max_examples=examples(10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_values_at_all(resource: str, api: Api, tenant: Tenant, data: st.DataObject) -> None:
    """BAD-1.c: whatever stands in the fields, the answer is no 500."""
    cls = next(cls for cls in RESOURCES if cls.resource == resource)
    from advocates.models import Account, ActivityType, Advocate

    with tenant_scope(tenant):
        valid = {
            "account": str((Account.objects.first() or AccountFactory()).pk),
            "advocate": str((Advocate.objects.first() or AdvocateFactory()).pk),
            "activity_type": (ActivityType.objects.first() or ActivityTypeFactory()).code,
            "name": "A",
            "last_name": "B",
            "source": "crm",
            "external_id": "1",
            "happened_at": date.today().isoformat() + "T00:00:00Z",
        }
    names = [name for name, field in cls.serializer_class().get_fields().items()]
    body = {name: valid[name] for name in names if name in valid}
    for name in data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3)):
        body[name] = data.draw(_JSON)
    answer = api.post(f"{resource}/", body)
    assert answer.status_code in {201, 409, 422}, (body, answer.content)


def test_a_row_that_goes_meanwhile_is_a_conflict(
    api: Api, tenant: Tenant, alice: Membership, client_for: Any, monkeypatch: Any
) -> None:
    """BAD-1.c: a merge deletes what another request has just read; nothing of it is kept."""
    with tenant_scope(tenant):
        account = AccountFactory(name="Isdom")

    def goes(_changes: object) -> None:
        raise Account.DoesNotExist

    monkeypatch.setattr("advocates.accounts.services._only_known", goes)
    problem(api.patch(f"accounts/{account.pk}/", {"name": "Other"}), 409, "gone")
    page = client_for(alice).post(
        f"/t/acme/accounts/{account.pk}/edit/", {"name": "Other", "lifecycle": "customer"}
    )
    assert page.status_code == 409 and "removed meanwhile" in page.content.decode()
    with tenant_scope(tenant):
        assert account.reload().name == "Isdom"
