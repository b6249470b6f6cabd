"""Where ``next`` may lead: to a page of ours, whatever the request calls itself (ID-4)."""

from itertools import product
from typing import Any

import pytest
from django.test import Client, RequestFactory

from advocacy.tenancy.models import Membership
from advocacy.web.http import redirect, safe_next

OURS = "https://advocacy.example.com"


@pytest.fixture(autouse=True)
def at_home(settings: Any) -> None:
    """As an installation is: one address, any Host let through by a careless setting."""
    settings.PUBLIC_URL = OURS
    settings.ALLOWED_HOSTS = ["*"]


@pytest.mark.parametrize(
    "wanted",
    [
        "/t/acme/",
        "/t/acme/accounts/?q=a%20b&page=2#row",
        "/t/acme/?q=münchen",
        f"{OURS}/t/acme/",
        "?page=2",
        "/a//b",
        "/redirect?to=https://evil.example",
    ],
)
def test_pages_of_ours(wanted: str) -> None:
    """ID-4: paths, and our configured address."""
    request = RequestFactory().post("/", {"next": wanted})
    assert safe_next(request, "/home") == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "https://evil.example/",
        "http://advocacy.example.com/",  # without encryption
        "https://advocacy.example.com.evil.example/",
        "https://advocacy.example.com@evil.example/",
        "https://advocacy.example.com:444/",
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\\/evil.example",
        "/a\\b",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example",
        "HTTPS://evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.example",
        " //evil.example",
        "\t//evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r\nSet-Cookie: a=b",
        "/a\nb",
        "/\x00/evil.example",
        "\x00//evil.example",
        "\u200b//evil.example",
        "\u3000//evil.example",
        "/\u2028/evil.example",
        "//[evil",
        "/" * 2 + "evil.example/" * 30,
        "/" + "a" * 400,
    ],
)
def test_pages_of_others(wanted: str) -> None:
    """ID-4: not even when the request says it was sent to the other site."""
    for host, secure in product(("evil.example", "advocacy.example.com"), (True, False)):
        request = RequestFactory(HTTP_HOST=host).post("/", {"next": wanted}, secure=secure)
        assert safe_next(request, "/home") == "/home", (host, secure)
        assert redirect(request, safe_next(request, "/home"))["Location"] == "/home", (host, secure)


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example"]
)
def test_signing_in_at_another_host(alice: Membership, wanted: str) -> None:
    """ID-4: password, link and signing out check it against our address, not the Host header."""
    alice.user.set_password("correct horse battery")
    alice.user.save()
    client = Client(headers={"host": "evil.example"})
    assert wanted not in client.get("/sign-in/", {"next": wanted}).content.decode()
    answer = client.post(
        "/sign-in/",
        {"username": alice.user.email, "password": "correct horse battery", "next": wanted},
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/sign-in/", {"next": wanted})["Location"] == "/"
    assert client.post("/sign-out/", {"next": wanted})["Location"] == "/sign-in/"


def test_htmx_is_sent_to_an_address_a_header_can_carry() -> None:
    """BAD-1: letters beyond Latin-1 in a search are no reason to fail."""
    request = RequestFactory(headers={"HX-Request": "true"}).post("/", {"next": "/t/?q=ß日本"})
    assert (
        redirect(request, safe_next(request, "/"))["HX-Redirect"]
        == "/t/?q=%C3%9F%E6%97%A5%E6%9C%AC"
    )
