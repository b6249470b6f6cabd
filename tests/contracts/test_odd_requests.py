"""Requests no browser sends: headers, cookies, hosts, encodings, broken uploads (BAD-1, ID-4)."""

import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pytest
from django.test import Client

from advocacy.rest.problems import CONTENT_TYPE
from advocacy.tenancy.models import Membership
from tests.conftest import BACKEND
from tests.support.breadth import share
from tests.support.rest import secret_for

#: One address of each kind.
ADDRESSES = (
    "/sign-in/",
    "/t/acme/accounts/",
    "/p/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/",
    "/api/v1/accounts/",
    "/static/css/ground.css",
)

HEADERS: list[dict[str, str]] = [
    *(
        {"Host": host}
        for host in ("", "a b", "[::1", "x:99999", "x:abc", "evil\\x", "é", "x" * 300)
    ),
    *({"Origin": value} for value in ("null", "http://[", "x" * 5000, "\xff")),
    *({"Referer": value} for value in ("http://[", "https://testserver\x00/", "x" * 70_000)),
    *({"Accept-Language": value} for value in ("x" * 10_000, "de;q=a,*;q=", "\xff", "../../etc")),
    *({"Accept": value} for value in ("x/y", "*", "application/json;q=x;" * 500, "")),
    *({"X-Forwarded-For": value} for value in ("unknown", "x" * 5000, "1.2.3.4:80", "::g", ",,")),
    *({"User-Agent": value} for value in ("x" * 70_000, "\xff\xfe", "")),
    *({"If-Modified-Since": value} for value in ("yesterday", "9" * 5000)),
    *({"If-None-Match": value} for value in ('W/"', "x" * 5000)),
    *({"Range": value} for value in ("bytes=9-1", "bytes=a-", "bytes=0-1,3-9", "9" * 5000)),
    {"HX-Request": "true", "HX-Target": "\xff", "X-Queue": "x" * 5000},
    {"HX-Request": "true", "HX-Current-URL": "javascript:\xff"},
    *({"Authorization": f"Bearer {v}"} for v in ("", "adv_", "adv_\xff", "adv_" + "x" * 70_000)),
    {"Authorization": "Basic \xff"},
    {"X-Forwarded-Proto": "gopher", "X-Forwarded-Host": "evil.example"},
    {"X-CSRFToken": "\xff" * 64},
    {"Expect": "100-continue", "Content-Encoding": "gzip", "Transfer-Encoding": "x"},
]

COOKIES = [
    'sessionid="abcdefgh\\000ijkl"',
    "sessionid=\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8",
    "sessionid=" + "x" * 70_000,
    "sessionid=..%2f..%2f; sessionid=b",
    'csrftoken="\\000"; messages="\\000:x"',
    "csrftoken=é; messages=x:y:z",
    "messages=[[1]]; django_language=\xff",
    "django_language=" + "x" * 600,
    "=;;=a; ; \x01=2",
]

TYPES = [
    *(f"application/x-www-form-urlencoded; charset={c}" for c in ("hex", "utf-16", "rot13", "x")),
    *(f"application/json; charset={c}" for c in ("hex", "utf-7", "zlib", "unicode_escape", "idna")),
    *(f"text/plain; charset={c}" for c in ("latin-1", "undefined", "base64", "\xff", "x" * 5000)),
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=\xff",
    "multipart/form-data; boundary=" + "x" * 300,
    "multipart/form-data; boundary=b; charset=hex",
    "multipart/mixed; boundary=b",
    "application/xml",
    "/",
    "",
]

_END = b"\r\n--b--\r\n"
_FIELD = b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s' + _END
BODIES = [
    b"",
    b"\xff\xfe%ff=%00&username=%ff",
    b"a" * 70_000,
    b"&" * 7000,
    b"username=a&" * 7000,
    _FIELD % (b"username", b"", b"\x00"),
    _FIELD % (b"username", b"", b"\xff\xfe"),
    _FIELD % (b"user\x00name", b"", b"a"),
    _FIELD % (b"files", b'; filename="\x00/../../x"', b"a,b\n1,2"),
    _FIELD % (b"files", b"; filename*=hex''%ff", b"a,b\n1,2"),
    _FIELD % (b"a", b"\r\nContent-Transfer-Encoding: base64", b"!!!"),
    _FIELD % (b"a", b"\r\nContent-Type: text/plain; charset=hex", b"a"),
    b"--b\r\nContent-Disposition: form-data",
    b"--b\r\n: \r\n\r\n--b\r\n\xff\r\n\r\n" + _END,
]


@pytest.fixture
def send(
    alice: Membership, settings: Any, caplog: pytest.LogCaptureFixture
) -> Callable[..., list[str]]:
    """``send(method, path, …)`` as a signed-in browser that must prove where its forms come from,
    with a token for the interface; what is wrong with the answer.
    """
    settings.AXES_ENABLED = True
    settings.TRUSTED_PROXIES = 1
    settings.API_REQUESTS_PER_MINUTE = 10_000_000
    token = {"Authorization": f"Bearer {secret_for(alice)}"}
    strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
    lax = Client(raise_request_exception=False)
    for client in (strict, lax):
        client.force_login(alice.user, backend=BACKEND)

    def ask(
        method: str,
        path: str,
        body: bytes = b"",
        kind: str = "",
        *,
        headers: Mapping[str, str] = MappingProxyType({}),
        cookie: str | None = None,
    ) -> list[str]:
        given = {**(token if path.startswith("/api/") else {}), **headers}
        extra = {} if cookie is None else {"HTTP_COOKIE": cookie}
        # The check looks at some of the headers itself, and keeps the view from seeing the rest.
        suspicious = {"Origin", "Referer", "X-CSRFToken", "X-Forwarded-Proto"} & set(headers)
        client = strict if suspicious or cookie else lax
        caplog.clear()
        with caplog.at_level(logging.ERROR):
            answer = client.generic(method, path, body, kind, headers=given, **extra)
        where = f"{method} {path} {kind!r:.60} {body!r:.60} {headers!r:.80} {cookie!r:.80}"
        logged = [record for record in caplog.records if record.name == "django.request"]
        wrong = []
        if answer.status_code >= 500 or logged:
            why = [str(record.exc_info and record.exc_info[1])[:150] for record in logged]
            wrong.append(f"{where}: {answer.status_code} {why}")
        if path.startswith("/api/") and answer.status_code >= 400:
            if answer["Content-Type"] != CONTENT_TYPE:
                wrong.append(f"{where}: {answer.status_code} is no problem document")
        return wrong

    return ask


@pytest.mark.parametrize("path", ADDRESSES)
def test_headers(path: str, send: Callable[..., list[str]]) -> None:
    """BAD-1: one strange header at a time."""
    mine = [headers for _path, headers in share(((path, h) for h in HEADERS), of=2)]
    wrong = [line for headers in mine for line in send("GET", path, headers=headers)]
    for headers in mine:
        body, kind = b"username=a%40example.com&password=b", "application/x-www-form-urlencoded"
        wrong += send("POST", path, body, kind, headers=headers)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", ADDRESSES)
def test_cookies(path: str, send: Callable[..., list[str]]) -> None:
    """BAD-1: a broken cookie is as good as none."""
    wrong = [line for cookie in COOKIES for line in send("GET", path, cookie=cookie)]
    wrong += [line for cookie in COOKIES for line in send("POST", path, cookie=cookie)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", ADDRESSES)
def test_encodings(path: str, send: Callable[..., list[str]]) -> None:
    """BAD-1: bodies of any kind in any encoding."""
    wrong = []
    for kind in TYPES:
        wrong += send("GET", f"{path}?q=a", b"", kind)
        wrong += send("POST", path, b"username=a&q=%C3%A4", kind)
    for body in BODIES:
        for kind in ("multipart/form-data; boundary=b", "application/x-www-form-urlencoded"):
            wrong += send("POST", path, body, kind)
    assert not wrong, "\n".join(wrong)


PATHS = [
    "/%00",
    "/static/%00",
    "/static/css/%00ground.css",
    "/static/%ff/../../etc/passwd",
    "/t/%00/today/",
    "/t/acme/%00",
    "/t/acme/accounts/?%00=a",
    "/t/acme/accounts/?q=%ff",
    "/t/acme/accounts/?%ff=a",
    "/t/acme/accounts/?q=%",
    "/t/acme/accounts/?q=%zz&&&==;",
    "/t/acme/accounts/?" + "&".join(f"a{n}=1" for n in range(7000)),
    "/p/%00aaaaaaaaaaaaaaaaaaaaaaaa/",
    "/api/v1/accounts/?search=%ff",
    "/api/v1/%ff/",
    "/api/v1/%00/",
    "/" + "a/" * 5000,
    "//evil.example/",
    "/t/acme//accounts/",
    "/.%2e/.%2e/etc/passwd",
]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "BREW"])
def test_addresses(method: str, send: Callable[..., list[str]]) -> None:
    """BAD-1: whatever stands in the address line."""
    wrong = [line for path in PATHS for line in send(method, path)]
    assert not wrong, "\n".join(wrong)


def test_what_is_said(alice: Membership, client_for: Callable[..., Client]) -> None:
    """BAD-1: a sentence that names the problem, for each kind of client."""
    client = client_for(alice)
    page = client.get("/t/acme/accounts/?q=%00")
    assert page.status_code == 400
    assert "NUL character" in page.content.decode()
    assert client.get("/t/acme/accounts/?q=%ff").status_code == 400
    fragment = client.get("/t/acme/accounts/?q=%00", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment["Content-Type"]) == (400, "text/plain; charset=utf-8")
    token = {"Authorization": f"Bearer {secret_for(alice)}"}
    document = client.get("/api/v1/accounts/?lifecycle=%ff", headers=token)
    assert document["Content-Type"] == CONTENT_TYPE
    assert list(document.json()["errors"]) == ["lifecycle"]
    form = client.post(
        "/t/acme/accounts/new/", b"name=M%FCller", "application/x-www-form-urlencoded"
    )
    assert (form.status_code, "UTF-8" in form.content.decode()) == (400, True)
    other = client.post("/sign-in/", b"username=a", "text/plain; charset=latin-1")
    assert other.status_code == 415


def test_signing_in_with_a_name_nobody_has(
    client_for: Callable[..., Client], settings: Any, db: None
) -> None:
    """ID-4, BAD-1: too long for an address is said at the field, and counted for nobody."""
    settings.AXES_ENABLED = True
    answer = client_for(None).post("/sign-in/", {"username": "x" * 300, "password": "b"})
    assert answer.status_code == 200
    assert "254" in " ".join(answer.context["form"].errors["username"])
