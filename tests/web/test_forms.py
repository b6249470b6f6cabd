"""Forms, actions and error pages, seen from the browser's side."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django import forms
from django.test import Client

from advocacy.tenancy.models import Holiday, Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.factories.tenancy import HolidayFactory

pytestmark = [pytest.mark.urls("tests.web.urls"), pytest.mark.django_db]

NEW = "/t/acme/holidays/new/"
HTMX = {"HX-Request": "true", "HX-Target": "form#form"}
ClientFor = Callable[[Membership | None], Client]


def text(response: Any) -> str:
    return str(response.content.decode())


def holidays(tenant: Tenant) -> list[str]:
    with tenant_scope(tenant):
        return [holiday.name for holiday in Holiday.objects.all()]


@pytest.fixture
def labour_day(tenant: Tenant) -> Holiday:
    with tenant_scope(tenant):
        made: Holiday = HolidayFactory(day=date(2026, 5, 1), name="Labour Day")
        return made


def test_errors_keep_what_was_typed(client_for: ClientFor, alice: Membership) -> None:
    """UI-1, BAD-1.a, BAD-1.b: 422, a summary that leads to the field, the field described by its
    error.
    """
    response = client_for(alice).post(NEW, {"day": "someday", "name": "Kept as typed"})
    page = text(response)
    assert response.status_code == 422
    assert "<html" in page
    assert 'value="Kept as typed"' in page
    assert 'href="#id_day"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_day_error"' in page
    assert 'id="id_day_error"' in page


def test_htmx_gets_the_form_alone(client_for: ClientFor, alice: Membership) -> None:
    """UI-1: with errors the form comes back by itself."""
    response = client_for(alice).post(NEW, {"day": "", "name": ""}, headers=HTMX)
    assert response.status_code == 422
    assert "<html" not in text(response)
    assert '<form id="form"' in text(response)


def test_success_moves_on(client_for: ClientFor, tenant: Tenant, alice: Membership) -> None:
    """UI-1: a plain form is redirected, htmx is told to move; the message waits there."""
    client = client_for(alice)
    plain = client.post(NEW, {"day": "2026-12-24", "name": "Eve"})
    assert (plain.status_code, plain["Location"]) == (302, "/t/acme/holidays/")
    assert "Saved." in text(client.get("/t/acme/holidays/"))
    moved = client.post(NEW, {"day": "2026-12-25", "name": "Christmas"}, headers=HTMX)
    assert moved["HX-Redirect"] == "/t/acme/holidays/"
    assert sorted(holidays(tenant)) == ["Christmas", "Eve"]


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_next_stays_at_home(client_for: ClientFor, alice: Membership, target: str) -> None:
    """ID-4: a link cannot send somebody elsewhere by way of our form."""
    response = client_for(alice).post(NEW, {"day": "2026-12-24", "name": "Eve", "next": target})
    assert response["Location"] == "/t/acme/holidays/"


@pytest.mark.parametrize("address", [NEW, "/t/acme/holidays/raced/"])
def test_a_duplicate_is_an_error_at_its_field(
    client_for: ClientFor, tenant: Tenant, alice: Membership, labour_day: Holiday, address: str
) -> None:
    """BAD-1.a, BAD-1.c: found by the form or by the database in a race, it reads the same and is no
    500.
    """
    response = client_for(alice).post(address, {"day": "2026-05-01", "name": "Again"})
    assert response.status_code == 422
    assert "Another holiday already has this day." in text(response)
    assert 'id="id_day_error"' in text(response)
    assert holidays(tenant) == ["Labour Day"]


def test_the_same_value_at_another_tenant_is_none_of_ours(
    client_for: ClientFor, other_tenant: Tenant, charlie: Membership, labour_day: Holiday
) -> None:
    """TEN-1: uniqueness is checked inside the tenant only."""
    response = client_for(charlie).post(
        "/t/umbrella/holidays/new/", {"day": "2026-05-01", "name": "Dia do Trabalho"}
    )
    assert response.status_code == 302
    assert holidays(other_tenant) == ["Dia do Trabalho"]


def test_a_refusal_lands_at_its_field(
    client_for: ClientFor, tenant: Tenant, alice: Membership
) -> None:
    """BAD-1.a: what a service says is shown in the form, and nothing is written."""
    response = client_for(alice).post(NEW, {"day": "2026-12-24", "name": "taken"})
    assert response.status_code == 409
    assert "This one is taken." in text(response)
    assert 'id="id_name_error"' in text(response)
    assert holidays(tenant) == []


def test_action_is_post_only(
    client_for: ClientFor, tenant: Tenant, alice: Membership, bob: Membership, labour_day: Holiday
) -> None:
    """ID-2.a, ID-3: GET never changes anything, and the role is asked before anything is done."""
    address = f"/t/acme/holidays/{labour_day.pk}/forget/"
    assert client_for(alice).get(address).status_code == 405
    assert client_for(bob).post(address).status_code == 403
    assert holidays(tenant) == ["Labour Day"]
    assert client_for(alice).post(address)["Location"] == "/t/acme/holidays/"
    assert holidays(tenant) == []


def test_refused_action_says_why_and_undoes(
    client_for: ClientFor, tenant: Tenant, alice: Membership
) -> None:
    """BAD-1.a: 409 as a page, or as a toast that leaves the htmx page alone."""
    with tenant_scope(tenant):
        kept: Holiday = HolidayFactory(name="kept")
    client = client_for(alice)
    address = f"/t/acme/holidays/{kept.pk}/forget/"
    page = client.post(address)
    assert page.status_code == 409
    assert "This one stays." in text(page)
    toast = client.post(address, headers={"HX-Request": "true"})
    assert toast.status_code == 409
    assert toast["HX-Reswap"] == "none"
    assert 'hx-target="#toasts"' in text(toast)
    assert "This one stays." in text(toast)
    assert holidays(tenant) == ["kept"]


def test_a_row_that_is_done_leaves(
    client_for: ClientFor, alice: Membership, labour_day: Holiday
) -> None:
    """UI-1: htmx drops the row and shows the message, without loading the page."""
    response = client_for(alice).post(
        f"/t/acme/holidays/{labour_day.pk}/row/", headers={"HX-Request": "true"}
    )
    assert response["HX-Reswap"] == "delete"
    assert "Forgotten." in text(response)


def test_side_panel_and_page_share_an_address(client_for: ClientFor, alice: Membership) -> None:
    """UI-1: a link opens the panel with scripts and the page without."""
    client = client_for(alice)
    address = f"/t/acme/people/{alice.pk}/"
    assert "<html" in text(client.get(address))
    panel = client.get(address, headers={"HX-Request": "true", "HX-Target": "div#panel-body"})
    assert "<html" not in text(panel)
    assert "data-panel-title" in text(panel)


def test_error_pages(client_for: ClientFor, alice: Membership) -> None:
    """BAD-1: a lost page, a stale form and a fault each have a page; htmx gets no page."""
    client = client_for(alice)
    missing = client.get("/nowhere/")
    assert missing.status_code == 404
    assert "There is nothing at this address" in text(missing)
    broken = client.get("/broken/")
    assert broken.status_code == 500
    assert "Something broke on our side" in text(broken)
    assert "deliberate" not in text(broken)
    assert text(client.get("/broken/", headers={"HX-Request": "true"})) == ""


def test_stale_token(alice: Membership) -> None:
    """ID-4.a: a form without a valid token changes nothing and says what to do."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice.user, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(NEW, {"day": "2026-12-24", "name": "Eve"})
    assert response.status_code == 403
    assert "open too long" in text(response)


class Wrong(forms.Form):
    """Every kind of field somebody fills in badly."""

    name = forms.CharField(max_length=3)
    email = forms.EmailField()
    number = forms.IntegerField(min_value=2)
    colour = forms.ChoiceField(choices=[("", "–"), ("r", "Red, 100 %"), ("g", "Green")])
    many = forms.ChoiceField(choices=[(str(n), str(n)) for n in range(20)])
    sure = forms.BooleanField()
    own = forms.CharField(error_messages={"required": "Say why."})


def test_what_is_wrong_is_said_in_our_words() -> None:
    """BAD-1.a: Django's phrases are replaced everywhere, and name what is accepted."""
    typed = {"name": "abcd", "email": "x", "number": "1", "colour": "b", "many": "30"}
    errors = {name: texts[0] for name, texts in Wrong(typed).errors.items()}
    assert errors == {
        "name": "Enter at most 3 characters; it has 4 now.",
        "email": "Enter an address such as ana@example.com.",
        "number": "Enter 2 or more.",
        "colour": "Choose one of: Red, 100 %, Green.",
        "many": "This is not in the list any more. Choose one that is.",
        "sure": "Tick this to go on.",
        "own": "Say why.",
    }
    assert Wrong({"number": "x"}).errors["number"] == ["Enter a whole number, such as 12."]
