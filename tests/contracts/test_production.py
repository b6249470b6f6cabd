"""What a server on the internet does with browsers: the production settings (ID-4)."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.factories.tenancy import PASSWORD, UserFactory

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "advocacy.settings.production",
    "SECRET_KEY": "x7" * 20 + "!kQ3zR9wLmT5vB1nC8yP2",
    "ALLOWED_HOSTS": "advocacy.example",
    "PUBLIC_URL": "https://advocacy.example",
    "DATABASE_URL": "postgresql://app@db.example/advocacy",
    "REDIS_URL": "redis://redis.example/0",
}
#: Settings that decide about cookies, transport and content.
TESTED = ("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_", "CONTENT_SECURITY_", "X_FRAME", "DEBUG")

_DUMP = f"""
import json
from django.conf import settings
found = {{n: getattr(settings, n) for n in dir(settings) if n.startswith({TESTED!r})}}
print(json.dumps(found, default=str))
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Python under the production settings, with nothing else in the environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={**kept, **ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_deploy_is_clean() -> None:
    """ID-4.b: Django's own deployment checks find nothing, warnings included."""
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "PUBLIC_URL"])
def test_a_missing_variable_is_named(name: str) -> None:
    """ID-4: no default stands in for a secret or a server that was forgotten."""
    script = f"import os; os.environ.pop({name!r}); import advocacy.settings.production"
    done = run("-c", script)
    assert done.returncode != 0
    assert f"{name} is not set" in done.stderr


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    """The settings under test, as the production environment has them."""
    done = run("-c", _DUMP)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    found["SECURE_PROXY_SSL_HEADER"] = tuple(found["SECURE_PROXY_SSL_HEADER"])
    return found


def test_headers_and_cookies(db: None, production: dict[str, Any]) -> None:
    """ID-4.a, ID-4.b: cookies only over HTTPS and not for scripts, HSTS, a strict content
    policy.
    """
    user = UserFactory()
    with override_settings(**production):
        client = Client()
        client.get("/sign-in/", secure=True)
        answer = client.post(
            "/sign-in/", {"username": user.email, "password": PASSWORD}, secure=True
        )
        page = client.get("/sign-in/", secure=True)
    session = answer.cookies["sessionid"]
    assert session["secure"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert answer.cookies["csrftoken"]["secure"]
    assert "max-age=31536000" in page["Strict-Transport-Security"]
    assert "includeSubDomains" in page["Strict-Transport-Security"]
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["X-Frame-Options"] == "DENY"
    policy = dict(part.strip().split(" ", 1) for part in page["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"


def test_plain_http_is_sent_to_https(db: None, production: dict[str, Any]) -> None:
    """ID-4.b: except for the health check, which comes from the machine itself."""
    with override_settings(**production):
        client = Client()
        answer = client.get("/sign-in/")
        assert (answer.status_code, answer["Location"]) == (301, "https://testserver/sign-in/")
        assert client.get("/healthz").status_code in {200, 503}
        behind_proxy = client.get("/sign-in/", headers={"x-forwarded-proto": "https"})
        assert behind_proxy.status_code == 200


def test_failures_show_nothing(alice: Any, production: dict[str, Any]) -> None:
    """ID-4.b, BAD-1: no page of a failure tells about the inside."""
    assert production["DEBUG"] is False
    with override_settings(**production):
        missing = Client().get("/no-such-page/", secure=True)
    assert missing.status_code == 404
    assert "urlpatterns" not in missing.content.decode()
