"""A program changes a row as it knows it, or hears that it does not (API-6)."""

from typing import Any

import pytest

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role, allowed
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Account
from tests.contracts.endpoints import ENDPOINTS
from tests.factories.advocates import AccountFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support.rest import Api, api_for
from tests.support.threads import at_once
from tests.support.urls import address_of

PATCHED = [name for name, endpoint in ENDPOINTS.items() if "patch" in endpoint.methods]


@pytest.fixture
def api(alice: Membership) -> Api:
    return api_for(alice)


@pytest.fixture
def account(tenant: Tenant) -> Account:
    with tenant_scope(tenant):
        made: Account = AccountFactory(name="Isdom", city="Bern")
        return made


@pytest.mark.parametrize("name", PATCHED)
def test_every_row_that_can_be_changed_has_a_version(name: str, tenant: Tenant) -> None:
    """API-6.b: told by GET, asked for by PATCH; another one is refused before anything is read."""
    declared: Any = ENDPOINTS[name]
    action = declared.methods["patch"]
    with tenant_scope(tenant):
        role = next(r for r in (Role.ADMIN, *Role) if allowed(r, action))
        api = api_for(MembershipFactory(role=role))
    path = address_of(name, declared, tenant, in_tenant=False)
    tag = api.get(path)["ETag"]
    stale = api.ask("patch", path, {"nonsense": 1}, **{"If-Match": '"0011"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    assert api.ask("patch", path, {"nonsense": 1}, **{"If-Match": tag}).status_code == 422


@pytest.mark.parametrize("given", ["{tag}", '"other", {tag}', "W/{tag}", "*"])
def test_a_change_of_what_was_read(api: Api, account: Account, given: str) -> None:
    """API-6.b: by its version, one of several, one that was compressed on its way, or any."""
    path = f"accounts/{account.pk}/"
    match = given.format(tag=api.get(path)["ETag"])
    answer = api.ask("patch", path, {"city": "Basel"}, **{"If-Match": match})
    assert (answer.status_code, answer.json()["city"]) == (200, "Basel")
    assert answer["ETag"] == api.get(path)["ETag"]


@pytest.mark.parametrize("given", ["{tag}", "", "rubbish", '"half'])
def test_a_stale_change(api: Api, account: Account, given: str) -> None:
    """API-6.b: 412, and nothing is changed; without the header a PATCH says what it means."""
    path = f"accounts/{account.pk}/"
    match = given.format(tag=api.get(path)["ETag"])
    assert api.patch(path, {"industry": "Retail"}).status_code == 200
    answer = api.ask("patch", path, {"city": "Basel"}, **{"If-Match": match})
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert api.get(path).json()["city"] == "Bern"


def test_by_external_id(api: Api) -> None:
    """API-6.b, API-4.a: a row that is there; of one that is not no version can be meant."""
    path = "accounts/by-external-id/crm/1/"
    body = {"name": "Isdom", "lifecycle": "customer"}
    assert api.ask("put", path, body, **{"If-Match": "*"}).status_code == 412
    assert api.put(path, body).status_code == 201
    tag = api.get(path)["ETag"]
    assert api.ask("put", path, {"city": "Graz"}, **{"If-Match": tag}).status_code == 200
    assert api.ask("put", path, {"city": "Linz"}, **{"If-Match": tag}).status_code == 412
    assert api.get(path).json()["city"] == "Graz"


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment() -> None:
    """API-6.b: of four who know the same version one changes it."""
    tenant = TenantsFactory(slug="acme")
    with tenant_scope(tenant):
        account = AccountFactory(city="Bern")
        owner = MembershipFactory(role="program_manager")
    api, path = api_for(owner), f"accounts/{account.pk}/"
    tag = api.get(path)["ETag"]

    def change(number: int) -> int:
        body = {"city": f"City {number}"}
        return int(api_for(owner).ask("patch", path, body, **{"If-Match": tag}).status_code)

    assert at_once(4, change) == [200, 412, 412, 412]
