"""The third door into a tenant: an API token (architecture: "The request", API-3)."""

import uuid
from collections.abc import Callable
from functools import lru_cache

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from advocacy.rest import limits
from advocacy.rest.problems import problem_response
from advocacy.rest.selectors import usable_token
from advocacy.rest.services import PREFIX, note_use
from advocacy.tenancy.keys import secret_digest, tenant_in
from advocacy.tenancy.lookups import tenant_of
from advocacy.tenancy.middleware import SAFE_METHODS
from advocacy.tenancy.scope import tenant_scope

ROOT = "/api/v1/"
#: Descriptions of the interface; they hold nobody's data.
OPEN = ("/api/v1/schema/", "/api/v1/docs/")


class TokenMiddleware:
    """Opens transaction and scope around ``/api/v1/…`` as ``TenantMiddleware`` does around pages.

    Tokens only: a session is no way in, so no other site can make a signed-in browser ask. A
    missing, unknown, expired or revoked token and one whose owner was deactivated answer the same
    401. Sets ``request.token``, ``request.tenant`` and ``request.membership``, which DRF's
    authentication takes over.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request of the interface; everything else passes."""
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        request.token = None  # type: ignore[attr-defined]
        if request.path_info in OPEN:
            return self.get_response(request)
        response = self._answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not secret.startswith(PREFIX):
            return _unauthorized(_("Send a token: Authorization: Bearer adv_…"), "no_token")
        digest = secret_digest(secret)
        try:
            tenant_id = _tenant_of(digest, tenant_in(secret))
        except LookupError:
            return _unknown()
        allowance = limits.take(digest)
        if allowance is not None and allowance.exceeded:
            response = problem_response(
                429, _("Too many requests; wait a moment."), code="rate_limited"
            )
        else:
            response = self._inside(request, tenant_id, digest)
        for name, value in (allowance.headers if allowance else {}).items():
            response[name] = value
        return response

    def _inside(self, request: HttpRequest, tenant_id: uuid.UUID, digest: str) -> HttpResponse:
        with tenant_scope(tenant_id, read_only=request.method in SAFE_METHODS):
            token = usable_token(digest)
            if token is None:
                return _unknown()
            request.token = token  # type: ignore[attr-defined]
            request.membership = token.owner  # type: ignore[attr-defined]
            request.tenant = token.owner.tenant  # type: ignore[attr-defined]
            # No zone is activated: programs get UTC, whoever owns the token (BAD-3).
            response = self.get_response(request)
            if response.status_code >= 400 and not getattr(response, "commit_on_error", False):
                transaction.set_rollback(True)
        note_use(tenant_id=tenant_id, token=token)
        return response


@lru_cache(maxsize=4096)
def _tenant_of(digest: str, home: uuid.UUID | None) -> uuid.UUID:
    """Whose a token is, asked once per process: that never changes, while whether it still works
    is asked each time, inside the tenant. ``LookupError`` for an unknown one, which is not kept.
    """
    found = tenant_of("token", digest, home)
    if found is None:
        raise LookupError(digest)
    return found


def _unauthorized(detail: str, code: str) -> HttpResponse:
    return problem_response(
        401, detail, code=code, headers={"WWW-Authenticate": 'Bearer realm="advocacy"'}
    )


def _unknown() -> HttpResponse:
    return _unauthorized(_("This token is unknown, expired or revoked."), "invalid_token")
