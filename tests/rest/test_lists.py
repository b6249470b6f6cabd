"""Lists: pages by cursor, order, filters, search (API-1)."""

import base64
import json
import math
from collections.abc import Callable
from typing import Any

import pytest

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Account
from tests.factories.advocates import AccountFactory
from tests.support.rest import Api, api_for


@pytest.fixture
def api(membership: Callable[..., Membership]) -> Api:
    """As a program manager."""
    return api_for(membership("program_manager"))


def walk(api: Api, path: str, link: str = "next") -> list[list[str]]:
    """Names, page by page."""
    pages = []
    while path:
        answer = api.get(path).json()
        pages.append([row["name"] for row in answer["results"]])
        path = answer[link]
    return pages


@pytest.fixture
def accounts(tenant: Tenant) -> list[Account]:
    """Seven, three of one name."""
    with tenant_scope(tenant):
        return [AccountFactory(name=name) for name in ("C", "A", "B", "B", "É", "B", "a")]


@pytest.mark.parametrize("ordering", ["name", "-name", "created_at", "-id"])
def test_every_row_once(api: Api, accounts: list[Account], ordering: str) -> None:
    """API-1: page after page, forwards and back, nothing twice and nothing left out."""
    whole = walk(api, f"accounts/?ordering={ordering}")
    assert len(whole) == 1 and len(whole[0]) == 7
    for size in (1, 2, 3, 7):
        pages = walk(api, f"accounts/?ordering={ordering}&page_size={size}")
        assert [name for page in pages for name in page] == whole[0]
        assert all(len(page) == size for page in pages[:-1])
    answer = api.get(f"accounts/?ordering={ordering}&page_size=3").json()
    assert answer["previous"] is None
    last = api.get(api.get(answer["next"]).json()["next"]).json()
    assert last["next"] is None
    back = walk(api, last["previous"], "previous")
    assert back == [whole[0][3:6], whole[0][:3]]


def test_rows_that_come_meanwhile_shift_nothing(
    api: Api, accounts: list[Account], tenant: Tenant
) -> None:
    """API-1: the key is the row's own, so a row before the page moves nothing into it."""
    first = api.get("accounts/?ordering=name&page_size=3").json()
    with tenant_scope(tenant):
        AccountFactory(name="AA")
        Account.objects.filter(pk=first["results"][2]["id"]).delete()
    second = api.get(first["next"]).json()
    shown = {row["id"] for row in first["results"]} & {row["id"] for row in second["results"]}
    assert not shown
    assert len(second["results"]) == 3


def test_a_cursor_belongs_to_its_order(api: Api, accounts: list[Account]) -> None:
    """API-1: another order needs another beginning."""
    link = api.get("accounts/?ordering=name&page_size=3").json()["next"]
    answer = api.get(link.replace("ordering=name", "ordering=-name"))
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["cursor"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("requests/?ordering=number", math.inf),
        ("requests/?ordering=number", math.nan),
        ("accounts/?ordering=name", {"a": 1}),
        ("accounts/?ordering=name", ["a"]),
        ("accounts/?ordering=name", True),
    ],
)
def test_a_cursor_made_up_by_hand(api: Api, name: str, value: Any) -> None:
    """API-1, BAD-1.c: what no row can have is no place in a list."""
    model = {"accounts": "advocates.account", "requests": "requests.request"}[
        name.split("/", maxsplit=1)[0]
    ]
    mark = f"{model} {name.rpartition('=')[2]}"
    text = json.dumps([mark, value, "01a21d65-0564-7b95-9e71-471a57765f5a", False])
    cursor = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    answer = api.get(f"{name}&cursor={cursor}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["cursor"])


def test_a_cursor_belongs_to_its_list(api: Api, accounts: list[Account]) -> None:
    """API-1: another list has no such row."""
    cursor = api.get("accounts/?ordering=name&page_size=3").json()["next"].rpartition("=")[2]
    answer = api.get(f"opportunities/?ordering=name&cursor={cursor}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["cursor"])


def test_filters_search_and_pages_together(api: Api, tenant: Tenant) -> None:
    """API-1: the links keep what was asked for."""
    with tenant_scope(tenant):
        for number in range(3):
            AccountFactory(name=f"Retail {number}", industry="Retail", lifecycle="customer")
        AccountFactory(name="Retail prospect", industry="Retail", lifecycle="prospect")
        AccountFactory(name="Steel 1", industry="Steel", lifecycle="customer")
    pages = walk(api, "accounts/?industry=Retail&lifecycle=customer&search=retail&page_size=2")
    assert pages == [["Retail 0", "Retail 1"], ["Retail 2"]]


def test_changed_since(api: Api, accounts: list[Account]) -> None:
    """API-1: a time without a zone is UTC; the answer's own times can be sent back."""
    newest: Any = max(row["updated_at"] for row in api.get("accounts/").json()["results"])
    assert newest.endswith("Z")
    found = api.get(f"accounts/?updated_since={newest}").json()["results"]
    assert found and all(row["updated_at"] >= newest for row in found)
