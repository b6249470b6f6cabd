"""Generic list pages, seen from the browser's side."""

import base64
import csv
import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from advocacy.web import counting
from advocacy.web.tables import safe_cell
from advocacy.web.views import ListPage, exports

pytestmark = [pytest.mark.urls("tests.web.urls"), pytest.mark.django_db]

URL = "/t/acme/people/"
TABLE = {"HX-Request": "true", "HX-Target": "div#list"}
ClientFor = Callable[[Membership | None], Client]
Make = Callable[..., Membership]


def text(response: Any) -> str:
    return str(response.content.decode())


def test_page_needs_the_permission_and_the_membership(
    client_for: ClientFor, alice: Membership, bob: Membership, charlie: Membership
) -> None:
    """ID-2.a, TEN-5.b: role decides; a stranger cannot tell the page exists, nobody is asked to
    sign in.
    """
    assert client_for(alice).get(URL).status_code == 200
    refused = client_for(bob).get(URL)
    assert refused.status_code == 403
    assert "Alice" not in text(refused)
    assert "Your role does not allow this" in text(refused)
    assert client_for(charlie).get(URL).status_code == 404
    assert client_for(None).get(URL).status_code == 302


def test_page_without_permission_does_not_load() -> None:
    """ID-2.a: nobody can forget to say who may open a page."""
    with pytest.raises(ImproperlyConfigured, match="must declare `permission`"):
        type("Forgotten", (ListPage,), {})
    with pytest.raises(ImproperlyConfigured):
        type("Mistyped", (ListPage,), {"permission": "people.vew"})


def test_htmx_gets_the_table_alone(client_for: ClientFor, alice: Membership) -> None:
    """UI-1: one template serves the page and its refreshed part, and caches keep them apart."""
    client = client_for(alice)
    page, part = client.get(URL), client.get(URL, headers=TABLE)
    assert "<html" in text(page)
    assert "<html" not in text(part)
    assert text(part).strip().startswith('<div id="list"')
    assert "HX-Request" in part["Vary"]
    elsewhere = client.get(URL, headers={"HX-Request": "true", "HX-Target": "div#panel-body"})
    assert "<html" in text(elsewhere)


def test_filters_live_in_the_address(
    client_for: ClientFor, alice: Membership, bob: Membership
) -> None:
    """UI-1: filters and search narrow the list, show as chips, and each chip takes its own away."""
    client = client_for(alice)
    page = text(client.get(URL, {"role": "sales", "q": "bo", "sort": "-name"}))
    assert "Bob" in page
    assert "alice@example.com" not in page
    assert 'href="?q=bo&amp;sort=-name"' in page
    assert 'href="?role=sales&amp;sort=-name"' in page
    assert '<option value="sales" selected>' in page


def test_a_filter_that_makes_no_sense_is_ignored(client_for: ClientFor, alice: Membership) -> None:
    """UI-1: an old or mistyped link still opens the list."""
    response = client_for(alice).get(
        URL, {"role": "emperor", "page": "x", "size": "7", "sort": "?"}
    )
    assert response.status_code == 200
    assert "alice@example.com" in text(response)


def test_sorting_both_ways(client_for: ClientFor, alice: Membership, bob: Membership) -> None:
    """UI-1: a heading sorts; the address and aria-sort say how."""
    client = client_for(alice)
    up, down = text(client.get(URL)), text(client.get(URL, {"sort": "-name"}))
    assert up.index("alice@") < up.index("bob@")
    assert down.index("bob@") < down.index("alice@")
    assert 'aria-sort="ascending"' in up
    assert 'aria-sort="descending"' in down


def test_columns_are_chosen(client_for: ClientFor, alice: Membership) -> None:
    """UI-1: hidden columns appear when asked for; the first always stays."""
    client = client_for(alice)
    assert 'data-label="Since"' not in text(client.get(URL))
    chosen = text(client.get(URL, {"columns": ["created_at"]}))
    assert 'data-label="Since"' in chosen
    assert 'data-label="Role"' not in chosen
    assert 'data-label="Person"' in chosen


def step(page: str, label: str) -> str:
    """The address behind *Previous* or *Next*, "" where there is none."""
    rel = {"First": "first", "Previous": "prev", "Next": "next"}[label]
    found = re.search(rf'href="(\?[^"]*)" rel="{rel}"', page)
    return f"{URL}{unescape(found[1])}" if found else ""


def test_pages(client_for: ClientFor, alice: Membership, membership: Make) -> None:
    """UI-1: pages keep the filters, and the size is one of those offered."""
    for _ in range(30):
        membership(Role.SALES)
    client = client_for(alice)
    first = text(client.get(URL, {"role": "sales"}))
    assert "1–25 of 30" in first
    second = text(client.get(step(first, "Next")))
    assert "26–30 of 30" in second
    assert not step(second, "Next")
    assert step(second, "First") == f"{URL}?role=sales"
    assert "1–25 of 30" in text(client.get(step(second, "Previous")))
    assert "role=sales" in step(first, "Next")
    assert "1–30 of 30" in text(client.get(URL, {"role": "sales", "size": 50}))


def test_a_page_that_is_none_is_the_first(
    client_for: ClientFor, alice: Membership, membership: Make
) -> None:
    """UI-1: the number of an old link, the cursor of another order or list and a made-up one open
    the list at its beginning.
    """
    for _ in range(30):
        membership(Role.SALES)
    client = client_for(alice)
    next_page = step(text(client.get(URL)), "Next")
    cursor = parse_qs(urlsplit(next_page).query)["after"][0]
    broken = ["é", cursor[:-3], *map(made_up, (b"[" * 9999, b'["a",1,"\\ud800","b"]', b"{}"))]
    for asked in (
        {"page": "2"},
        {"after": cursor, "sort": "-name"},
        {"before": cursor, "sort": "email"},
        *({"after": text} for text in broken),
    ):
        answer = client.get(URL, asked)
        assert answer.status_code == 200, asked
        assert "1–25 of 31" in text(answer), asked


def made_up(inside: bytes) -> str:
    return base64.urlsafe_b64encode(inside).decode()


def test_many_are_counted_when_somebody_asks(
    client_for: ClientFor, alice: Membership, membership: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """UI-1: a long list says that it is long; the exact number is one click away, by itself or,
    without scripts, on the page.
    """
    for _ in range(39):
        membership(Role.SALES)
    monkeypatch.setattr(counting, "MOST", 30)
    client = client_for(alice)
    page = text(client.get(URL))
    assert "1–25 of" in page
    assert "30+" in page
    assert 'href="?total=exact"' in page
    alone = client.get(
        URL, {"total": "exact"}, headers={"HX-Request": "true", "HX-Target": "span#list-total"}
    )
    assert text(alone).split("</span>")[0].endswith(">40")
    assert "<html" not in text(alone)
    assert "1–25 of 40" in text(client.get(URL, {"total": "exact"}))
    assert "26–40 of 40" in text(client.get(f"{step(page, 'Next')}&total=exact"))


def test_empty_and_no_match_say_different_things(client_for: ClientFor, alice: Membership) -> None:
    """UI-1: an empty list names the next step; filters that match nothing offer to clear them."""
    client = client_for(alice)
    nothing = text(client.get(URL, {"q": "nobody-is-called-this"}))
    assert "Nothing matches these filters" in nothing
    assert "Clear the filters" in nothing
    assert "No holidays yet" in text(client.get("/t/acme/holidays/"))


def test_export_is_what_is_shown(
    client_for: ClientFor, alice: Membership, bob: Membership, membership: Make
) -> None:
    """UI-1: the file honours filters, order and columns, and no cell runs as a formula."""
    evil = membership(Role.SALES)
    evil.user.name = '=HYPERLINK("http://x","y")'
    evil.user.save()
    response = client_for(alice).get(
        URL, {"export": "csv", "role": "sales", "columns": "email", "sort": "-name"}
    )
    assert response["Content-Type"].startswith("text/csv")
    assert 'filename="people.csv"' in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Person", "E-mail"]
    assert {row[0] for row in rows[1:]} == {"Bob", '\'=HYPERLINK("http://x","y")'}


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        (" +49 30", "' +49 30"),
        ("-x", "'-x"),
        ("@a", "'@a"),
        ("\t=1", "\t'=1"),
        (-5, "-5"),
        ("plain", "plain"),
        (None, ""),
    ],
)
def test_spreadsheet_cells_are_safe(value: object, cell: str) -> None:
    """UI-1: text that a spreadsheet would run is quoted; numbers stay numbers."""
    assert safe_cell(value) == cell


def test_export_needs_its_own_permission(
    client_for: ClientFor, alice: Membership, bob: Membership
) -> None:
    """ID-2.a: who may see a list may not always carry it away."""
    address = "/t/acme/holidays/?export=csv"
    assert client_for(alice).get(address)["Content-Type"].startswith("text/csv")
    assert client_for(bob).get(address)["Content-Type"].startswith("text/html")


def test_a_long_export_is_sent_in_parts(
    client_for: ClientFor, alice: Membership, membership: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """UI-1.e: a file is as long as its list, each row once, and never held as a whole."""
    for _ in range(11):
        membership(Role.SALES)
    monkeypatch.setattr(exports, "CHUNK", 5)
    response = client_for(alice).get(URL, {"export": "csv", "sort": "-name"})
    assert response.streaming
    parts = [part.decode() for part in response]  # type: ignore[attr-defined]
    assert len(parts) == 3
    rows = list(csv.reader(io.StringIO("".join(parts).removeprefix("\ufeff"))))
    names = [row[0] for row in rows[1:]]
    assert len(names) == len(rows) - 1 == 12
    assert names == sorted(names, reverse=True)
    emails = [row[2] for row in rows]
    assert len(set(emails)) == 13


def test_export_of_the_ticked_rows(
    client_for: ClientFor,
    alice: Membership,
    bob: Membership,
    charlie: Membership,
    membership: Make,
) -> None:
    """UI-1.d, UI-1.e: the file holds the ticked rows of this list, or all that match."""
    membership(Role.CSM)
    client = client_for(alice)
    page = text(client.get(URL, {"sort": "-name", "columns": "email"}))
    button = unescape(re.findall(r'formaction="([^"]*export=csv[^"]*)"', page)[0])
    ticked = {"ids": [str(bob.pk), str(alice.pk), str(charlie.pk), "nonsense"]}
    rows = lines_of(client.post(f"{URL}{button}", ticked))
    assert rows == [["Person", "E-mail"], ["Bob", "bob@example.com"], ["Alice", alice.email]]
    every = lines_of(client.post(f"{URL}{button}", {"all": "1", "query": "role=sales"}))
    assert [row[0] for row in every] == ["Person", "Bob"]
    nothing = client.post(f"{URL}{button}", {})
    assert nothing.status_code == 422
    assert "Nothing is selected" in text(nothing)


def lines_of(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_queries_do_not_grow_with_rows(
    client_for: ClientFor,
    alice: Membership,
    membership: Make,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    """UI-1: twenty rows cost what two cost."""
    client = client_for(alice)
    membership(Role.SALES)
    client.get(URL)
    with django_assert_max_num_queries(15) as few:
        client.get(URL)
    for _ in range(18):
        membership(Role.SALES)
    with django_assert_max_num_queries(15) as many:
        client.get(URL)
    assert len(many) == len(few)


def active(tenant: Tenant) -> set[str]:
    with tenant_scope(tenant):
        return {m.name for m in Membership.objects.select_related("user").filter(is_active=True)}


def test_bulk_action_on_the_ticked_rows(
    client_for: ClientFor,
    tenant: Tenant,
    other_tenant: Tenant,
    alice: Membership,
    bob: Membership,
    charlie: Membership,
) -> None:
    """UI-1, TEN-5: only rows the list itself would show can be acted on."""
    response = client_for(alice).post(
        "/t/acme/people/deactivate/",
        {"ids": [str(bob.pk), str(charlie.pk), "nonsense"], "next": f"{URL}?q=x"},
    )
    assert response.status_code == 302
    assert response["Location"] == f"{URL}?q=x"
    assert active(tenant) == {"Alice"}
    assert active(other_tenant) == {"Charlie"}


def test_bulk_action_on_everything_that_matches(
    client_for: ClientFor, tenant: Tenant, alice: Membership, bob: Membership, membership: Make
) -> None:
    """UI-1: "all that match" means the filters, not the page."""
    membership(Role.CSM)
    client_for(alice).post(
        "/t/acme/people/deactivate/", {"all": "1", "query": "role=sales", "ids": [str(alice.pk)]}
    )
    assert "Bob" not in active(tenant)
    assert "Alice" in active(tenant)


def test_bulk_action_with_nothing_ticked(
    client_for: ClientFor, tenant: Tenant, alice: Membership
) -> None:
    """UI-1: a press without a choice says so and changes nothing."""
    response = client_for(alice).post("/t/acme/people/deactivate/", {})
    assert response.status_code == 422
    assert "Nothing is selected" in text(response)
    assert active(tenant) == {"Alice"}


def test_the_menu_leads_to_the_other_workplaces(
    client_for: ClientFor, alice: Membership, other_tenant: Tenant, membership: Make
) -> None:
    """ID-1: whoever works for two companies switches between them; others see no switch."""
    client = client_for(alice)
    assert "Switch to" not in text(client.get(URL))
    membership(Role.CSM, tenant=other_tenant, user=alice.user)
    page = text(client.get(URL))
    assert "Switch to Umbrella" in page
    assert 'href="/t/umbrella/"' in page


def test_bulk_buttons_follow_the_role(client_for: ClientFor, alice: Membership) -> None:
    """ID-2.a: a button is shown to whom the action is allowed."""
    page = text(client_for(alice).get(URL))
    assert "Deactivate" in page
    assert "Promote" not in page
