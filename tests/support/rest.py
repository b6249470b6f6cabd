"""Asking the REST interface as a program would."""

import json
import secrets
from typing import Any

from django.test import Client

from advocacy.rest.services import PREFIX
from advocacy.tenancy.keys import secret_digest
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import tenant_scope
from tests.factories.rest import ApiTokenFactory

ROOT = "/api/v1/"


class Api:
    """``Api(secret).post("accounts/", {...})``; the answer has ``.json()``."""

    def __init__(self, secret: str | None) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request; ``path`` is below the root unless it begins with a slash."""
        address = path if path.startswith(("/", "http")) else ROOT + path
        data = body if isinstance(body, bytes) else b"" if body is None else _encoded(body)
        return self.client.generic(
            method.upper(),
            address,
            data,
            content_type="application/json",
            headers={**self.headers, **headers},
        )

    def get(self, path: str) -> Any:
        """Read."""
        return self.ask("get", path)

    def post(self, path: str, body: Any = None) -> Any:
        """Make, or act."""
        return self.ask("post", path, body)

    def patch(self, path: str, body: Any) -> Any:
        """Change."""
        return self.ask("patch", path, body)

    def put(self, path: str, body: Any) -> Any:
        """Upsert."""
        return self.ask("put", path, body)

    def delete(self, path: str) -> Any:
        """Remove."""
        return self.ask("delete", path)


def _encoded(body: Any) -> bytes:
    return json.dumps(body).encode()


def secret_for(owner: Membership, **values: Any) -> str:
    """The secret of a new token that acts as a member."""
    secret = PREFIX + secrets.token_urlsafe(32)
    with tenant_scope(owner.tenant_id):
        ApiTokenFactory(owner=owner, digest=secret_digest(secret), prefix=secret[:8], **values)
    return secret


def api_for(owner: Membership, **values: Any) -> Api:
    """The interface as a member's token sees it."""
    return Api(secret_for(owner, **values))
