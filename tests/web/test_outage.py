"""A database that is away: 503 with Retry-After wherever it is noticed, and nothing half-saved."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from advocacy.rest.problems import CONTENT_TYPE
from advocacy.tenancy.models import Holiday, Membership, Tenant
from advocacy.tenancy.outage import is_away
from advocacy.tenancy.scope import tenant_scope
from tests.contracts.probe_urls import DAY
from tests.support.database import server_connection
from tests.support.rest import api_for

ClientFor = Callable[[Membership | None], Client]


@pytest.fixture
def committed(transactional_db: None, tenant: Tenant, alice: Membership) -> Membership:
    """Alice, for requests that each have a connection of their own."""
    return alice


@contextmanager
def away() -> Iterator[None]:
    """Nobody listens where the database was."""
    connection.close()
    settings = connection.settings_dict
    kept = settings["HOST"]
    settings["HOST"] = "/nowhere"
    try:
        yield
    finally:
        settings["HOST"] = kept
        connection.close()


def hang_up_all() -> None:
    """The server ends every connection of the application, as it does when it shuts down."""
    with server_connection("default") as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE usename = current_user AND datname = %s",
            [connection.settings_dict["NAME"]],
        )


def _is_503(answer: Any) -> None:
    assert answer.status_code == 503, answer.content[:300]
    assert int(answer["Retry-After"]) > 0
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/", "/t/acme/today/", "/t/acme/accounts/", "/p/" + "s" * 43 + "/"]
)
@pytest.mark.parametrize("debug", [False, True])
def test_pages(
    committed: Membership, client_for: ClientFor, path: str, debug: bool, settings: Any
) -> None:
    """BAD-2: a page in the reader's language that asks nothing of the database."""
    settings.DEBUG = debug
    client = client_for(committed)
    with away():
        answer = client.get(path, headers={"Accept-Language": "en"})
        _is_503(answer)
        assert "Back in a moment" in answer.content.decode()
        fragment = client.get(path, headers={"HX-Request": "true"})
        _is_503(fragment)
        assert fragment["Content-Type"].startswith("text/plain")
        assert b"<" not in fragment.content
    assert client.get(path).status_code != 503


def test_programs(committed: Membership) -> None:
    """BAD-2, API-1: a problem document, for reading and writing."""
    api = api_for(committed)
    with away():
        for method, body in (("get", None), ("post", {"name": "A"})):
            answer = api.ask(method, "accounts/", body)
            _is_503(answer)
            assert answer["Content-Type"] == CONTENT_TYPE
            assert (answer.json()["status"], answer.json()["code"]) == (503, "unavailable")
    assert api.get("accounts/").json()["results"] == []


def test_pages_without_a_database_go_on(committed: Membership, settings: Any) -> None:
    """BAD-2: static files and the form to sign in need none."""
    # Left out of the tests' middleware, because it looks at every file for each new client.
    settings.MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware", *settings.MIDDLEWARE]
    settings.WHITENOISE_USE_FINDERS = True
    with away():
        assert Client().get("/static/css/ground.css").status_code == 200
        assert Client().get("/sign-in/").status_code == 200


@pytest.mark.urls("tests.web.outage_urls")
@pytest.mark.parametrize("where", ["before", "after", "caught"])
def test_in_the_middle_of_a_request(
    committed: Membership, client_for: ClientFor, where: str
) -> None:
    """BAD-1, BAD-2: what was written before the connection broke is gone, and it is no 500."""
    client = client_for(committed)
    with patch("tests.web.outage_urls.hang_up", hang_up_all):
        _is_503(client.post(f"/t/acme/{where}/"))
    with tenant_scope(committed.tenant):
        assert not Holiday.objects.filter(day=DAY).exists()
    assert client.post("/t/acme/never/").status_code == 200


def test_one_line_in_the_log(
    committed: Membership, client_for: ClientFor, caplog: pytest.LogCaptureFixture
) -> None:
    """BAD-2: no traceback for each of a thousand requests."""
    client = client_for(committed)
    with away(), caplog.at_level(logging.INFO):
        client.get("/t/acme/today/")
        api_for_nobody = client.get("/api/v1/accounts/", headers={"Authorization": "Bearer adv_x"})
        _is_503(api_for_nobody)
    ours = [record for record in caplog.records if record.name == "advocacy.door"]
    assert [record.levelname for record in ours] == ["WARNING", "WARNING"]
    assert not [record for record in caplog.records if record.exc_info]


def _operational(pgcode: str | None) -> OperationalError:
    error = OperationalError("x")
    error.__cause__ = type("Cause", (Exception,), {"pgcode": pgcode})()
    return error


@pytest.mark.parametrize(
    ("pgcode", "expected"),
    [
        (None, True),  # the connection is gone
        ("08006", True),
        ("57P01", True),  # it shuts down
        ("57P03", True),  # it starts up
        ("53300", True),  # too many connections
        ("53100", True),  # the disk is full
        ("40P01", False),  # a deadlock
        ("57014", False),  # a statement took too long
        ("55P03", False),  # a lock was not to be had
    ],
)
def test_what_counts_as_away(pgcode: str | None, expected: bool) -> None:
    """BAD-2: everything else is a fault of ours and stays a 500 with its traceback."""
    assert is_away(_operational(pgcode)) is expected
    later = RuntimeError("because of it")
    later.__cause__ = _operational(pgcode)
    assert is_away(later) is expected


def test_other_errors_are_not_away() -> None:
    """BAD-2: and a closed connection is."""
    assert is_away(InterfaceError("connection already closed"))
    assert not is_away(ZeroDivisionError())
    assert not is_away(None)
