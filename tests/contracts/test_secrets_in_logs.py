"""No log shows the secret of an address: routes, handlers, gunicorn, Celery (ID-3)."""

import http.client
import io
import logging
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.handlers.base import BaseHandler
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from gunicorn.config import Config

from advocacy import clock as product_clock
from advocacy.identity.services.invitations import JOIN
from advocacy.masking import MASK, SECRET_PATHS, SecretsMasked, masked
from advocacy.messaging.links import create_link, link_url
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.weblog import MaskedLogger
from tests.support.mail import mailed_secret

#: What a part of an address is called when it is a key.
SECRET_NAMES = {"secret", "token", "key", "password", "signature", "digest", "hash", "otp"}
SECRET = "Zq8-secret_0123456789abcdefghijklmnopqrstuv"
_PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_PLAIN = {
    "uuid": "01900000-0000-7000-8000-000000000000",
    "slug": "acme",
    "str": "any",
    "int": "7",
    None: "any",
}


def routes(patterns: Any, before: str = "/") -> Iterator[str]:
    """Every route of the product, as written."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def secret_addresses(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """An address of every route with a part that is called like a secret."""

    def fill(part: re.Match[str]) -> str:
        return SECRET if part["name"] in SECRET_NAMES else _PLAIN[part["kind"]]

    return [
        _PART.sub(fill, route)
        for route in routes(patterns)
        if SECRET_NAMES & {part["name"] for part in _PART.finditer(route)}
    ]


ADDRESSES = secret_addresses(get_resolver().url_patterns)


def uncovered(addresses: list[str]) -> list[str]:
    return [address for address in addresses if SECRET in masked(address)]


def test_every_route_with_a_secret_is_covered() -> None:
    """ID-3: a new route with a secret fails here until it is in the one list."""
    assert len(ADDRESSES) > 8
    assert {address.partition(SECRET)[0] for address in ADDRESSES} == {
        path.partition("{secret}")[0].replace("{any}", "any") for path in SECRET_PATHS
    }
    assert uncovered(ADDRESSES) == []
    stray: list[Any] = [path("shared/<str:token>/", lambda request: None)]
    assert uncovered(secret_addresses(stray)) == [f"/shared/{SECRET}/"]


@pytest.mark.parametrize("address", ["/p/{}/ask/", "/sign-in/link/{}/", "/password-reset/MQ/{}/"])
@pytest.mark.parametrize(
    "text",
    [
        "Not Found: {}",
        "<WSGIRequest: GET '{}'>",
        '10.0.0.1 - - "GET {} HTTP/1.1" 200 12 "https://advocacy.example{}" "Mozilla"',
        "GET /sign-in/?next={}&x=1",
        "GET /sign-in/?next=<encoded>",
        "GET /sign-in/?next=<twice>",
        "{{'path': '{}', 'other': 1}}",
    ],
)
def test_wherever_an_address_stands(address: str, text: str) -> None:
    """ID-3: alone, with its site, as a referrer, in another address's query."""
    whole = address.format(SECRET)
    once = quote(whole, safe="")
    told = text.replace("<encoded>", once).replace("<twice>", quote(once, safe=""))
    told = told.replace("{}", whole)
    assert SECRET in told
    said = masked(told)
    assert SECRET not in said
    assert said.count(MASK) == told.count(SECRET)


@pytest.mark.parametrize(
    "text",
    [
        "/sign-in/link/sent/",
        "/sign-in/link/",
        "/password-reset/done/",
        "/password-reset/MQ/set-password/",
        "/t/acme/settings/people/",
        "/static/app.css",
        "/portal/acme/?sent=1",
    ],
)
def test_other_addresses_are_left_alone(text: str) -> None:
    """ID-3: a log stays of use."""
    assert masked(text) == text


def test_a_token_is_masked_wherever_it_stands() -> None:
    """API-3: an API token that somebody put into an address."""
    assert masked("GET /api/v1/events/?token=adv_0123456789abcdefABCDEF") == (
        f"GET /api/v1/events/?token={MASK}"
    )


# -- the handlers of the settings ---------------------------------------------------------------


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the configured handlers write, as talkative as in production."""
    [console] = [
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(one, SecretsMasked) for one in handler.filters)
    ]
    assert isinstance(console, logging.StreamHandler)
    stream = io.StringIO()
    before, root = console.setStream(stream), logging.getLogger()
    level = root.level
    root.setLevel(logging.INFO)
    yield stream
    root.setLevel(level)
    if before is not None:
        console.setStream(before)


def test_every_handler_masks() -> None:
    """ID-3: those of the settings carry the filter, and Django's own are gone."""
    for handler in settings.LOGGING["handlers"].values():
        assert "secrets" in handler["filters"]
    for name in ("django", "django.server", "django.request"):
        assert logging.getLogger(name).handlers == []
        assert logging.getLogger(name).propagate


def test_tracebacks_stacks_and_odd_arguments(written: io.StringIO) -> None:
    """ID-3: whatever a record carries is masked, and nothing is lost for it."""
    log = logging.getLogger("advocacy.test")
    try:
        raise ValueError(f"no page at /p/{SECRET}/ask/")
    except ValueError:
        log.exception("failed at %(path)s", {"path": f"/sign-in/link/{SECRET}/"}, stack_info=True)
    too_few = ("%s and %s", f"/p/{SECRET}/")
    log.error(*too_few)
    log.warning(Path(f"/p/{SECRET}/ask"))
    said = written.getvalue()
    assert SECRET not in said
    assert said.count(MASK) >= 4
    assert "ValueError" in said


@pytest.fixture
def secrets(alice: Membership, tenant: Tenant) -> dict[str, str]:
    """A working address of each kind, with its secret."""
    with tenant_scope(tenant):
        link = create_link(
            purpose=JOIN,
            subject_id=uuid7(),
            expires_at=product_clock.now() + timedelta(days=1),
        )
        personal = urlsplit(link_url(link)).path
    token = default_token_generator.make_token(alice.user)
    uid = urlsafe_base64_encode(force_bytes(alice.user.pk))
    mailed = mailed_secret(alice.email)
    return {
        personal: personal.split("/")[2],
        reverse("sign-in-with-link", args=[mailed]): mailed,
        reverse("password-reset-confirm", args=[uid, token]): token,
    }


def break_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request ends in an error that names its address."""

    def fail(self: BaseHandler, request: Any) -> Any:
        raise RuntimeError(f"cannot serve {request.get_full_path()} of {request!r}")

    monkeypatch.setattr(BaseHandler, "resolve_request", fail)


def test_working_addresses(
    secrets: dict[str, str], written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ID-3: opened, posted to, refused, broken, and carried on to signing in."""
    client = Client(raise_request_exception=False)
    strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
    seen = set()
    for address in secrets:
        seen.add(
            client.get(address, headers={"referer": f"http://testserver{address}"}).status_code
        )
        seen.add(client.get(f"{address}nowhere/").status_code)
        seen.add(client.put(address).status_code)
        seen.add(strict.post(address).status_code)
        seen.add(client.get("/sign-in/", {"next": address}).status_code)
        seen.add(client.get("/no-such-page/", {"next": address}).status_code)
    break_everything(monkeypatch)
    seen |= {client.get(address).status_code for address in secrets}
    assert seen >= {200, 403, 404, 405, 500}
    said = written.getvalue()
    for words in ("Not Found", "Forbidden", "Internal Server Error", "Method Not Allowed"):
        assert words in said
    assert [secret for secret in secrets.values() if secret in said] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_unknown_secrets(
    db: None, address: str, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ID-3: a secret that is cut off or made up may still be most of a real one."""
    client = Client(raise_request_exception=False)
    client.get(address)
    client.post(address)
    Client(enforce_csrf_checks=True).post(address)
    break_everything(monkeypatch)
    # The middleware turns a personal link that nobody has away before anything can break.
    assert client.get(address).status_code == (404 if address.startswith(("/p/", "/s/")) else 500)
    assert SECRET not in written.getvalue()
    assert MASK in written.getvalue()


# -- gunicorn and Celery ------------------------------------------------------------------------


def test_the_lines_of_gunicorn(tmp_path: Path) -> None:
    """ID-3: the access line with its referrer, and what the server says about a failure."""
    files = {name: tmp_path / name for name in ("accesslog", "errorlog")}
    config = Config()
    for name, file in files.items():
        config.set(name, str(file))
    log = MaskedLogger(config)
    address = f"/p/{SECRET}/ask/"
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": address,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": address,
        "QUERY_STRING": f"next={quote(address, safe='')}",
        "HTTP_REFERER": f"https://advocacy.example{address}",
    }
    answer = SimpleNamespace(status="200 OK", sent=10, headers=[])
    request = SimpleNamespace(headers=[])
    log.access(answer, request, environ, timedelta(seconds=1))
    try:
        raise RuntimeError(address)
    except RuntimeError:
        log.exception("Error handling request %s", address)
    for file in files.values():
        said = file.read_text()
        assert MASK in said
        assert SECRET not in said


@pytest.fixture
def server() -> Iterator[Callable[[], tuple[int, Callable[[], str]]]]:
    """Starts a gunicorn from the project's folder with an access log, as the image does."""
    started: list[subprocess.Popen[str]] = []

    def start() -> tuple[int, Callable[[], str]]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = ["gunicorn", "wsgiref.simple_server:demo_app", "--access-logfile", "-"]
        process = subprocess.Popen(
            [sys.executable, "-m", *command, "--bind", f"127.0.0.1:{port}", "--no-control-socket"],
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)

        def stop() -> str:
            process.terminate()
            return process.communicate(timeout=20)[0]

        return port, stop

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def test_a_server_started_from_here_masks(server: Any) -> None:
    """ID-3: without any flag, since gunicorn reads its settings from the project's folder."""
    port, stop = server()
    for _attempt in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", f"/p/{SECRET}/ask/", headers={"Referer": f"/p/{SECRET}/"})
            connection.getresponse().read()
            break
        except OSError:
            time.sleep(0.1)
    said = stop()
    assert f"GET /p/{MASK}/ask/" in said
    assert SECRET not in said


def test_celery_keeps_our_handlers() -> None:
    """ID-3: a worker's log is masked like everybody's; Celery puts nothing in its place."""
    script = (
        "from advocacy.celery import app; app.log.setup(loglevel='INFO'); import logging;"
        f"logging.getLogger('celery.app.trace').error('failed at %s', '/p/{SECRET}/ask/')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"failed at /p/{MASK}/ask/" in done.stderr
    assert SECRET not in done.stderr + done.stdout


def test_the_proxy_logs_no_addresses() -> None:
    """ID-3: what Caddy says of itself leaves out the address and the headers with the referrer."""
    text = (settings.BASE_DIR / "deploy" / "Caddyfile").read_text()
    options, _brace, sites = text.partition("\n}\n")
    assert "request>uri delete" in options
    assert "request>headers delete" in options
    assert not re.search(r"^\s*log\b", sites, re.MULTILINE)
