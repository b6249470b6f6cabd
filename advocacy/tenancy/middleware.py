"""One middleware between the web and the tenants (architecture: "The request").

It finds whose page is asked for, opens one transaction and one scope around the view *and* the
rendering, and decides at the end whether anything is kept.
"""

import re
import uuid
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone, translation

from advocacy.languages import spoken
from advocacy.tenancy.delegation import beside_member, keep
from advocacy.tenancy.keys import secret_digest, tenant_in
from advocacy.tenancy.lookups import tenant_of, workplaces_of
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_TENANT_PATH = re.compile(r"^/t/([-a-z0-9]+)(?:/|$)")
_LINK_PATH = re.compile(r"^/[ps]/([A-Za-z0-9_-]{20,100})(?:/|$)")


class TenantMiddleware:
    """Sets ``request.tenant`` and ``request.membership`` and holds the transaction.

    - ``/t/<slug>/…`` needs a signed-in member; an unknown tenant and a tenant the user is no
      member of answer the same 404 (TEN-5); nobody signed in goes to the sign-in page.
    - ``/p/<secret>/…`` is a personal link (ID-3): the secret alone names the tenant. So is
      ``/s/<secret>/``, which is shared with somebody outside (AST-2.b).
    - Anything else runs without scope or transaction.

    GET and HEAD run in a read-only transaction (mail scanners follow links; nothing may change).
    A status of 400 and above rolls back, because Django has turned the exception into a response
    by the time it arrives here; a response may say ``commit_on_error = True``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request inside its tenant, if it has one."""
        request.tenant = None  # type: ignore[attr-defined]
        request.membership = None  # type: ignore[attr-defined]
        if match := _TENANT_PATH.match(request.path_info):
            return self._staff(request, match[1])
        if match := _LINK_PATH.match(request.path_info):
            return self._personal(request, match[1])
        return self.get_response(request)

    def _staff(self, request: HttpRequest, slug: str) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            sign_in = f"{resolve_url(settings.LOGIN_URL)}?next={quote(_seen_page(request))}"
            if request.headers.get("HX-Request"):
                response = HttpResponse(status=401)
                response["HX-Redirect"] = sign_in
                return response
            return HttpResponseRedirect(sign_in)
        tenant = Tenant.objects.filter(slug=slug).first()
        if tenant is None:
            raise Http404
        if request.method not in SAFE_METHODS:
            # The page that follows a refusal shows them, and after a write Citus refuses a function
            # that reads as somebody else. Who only reads has them when a page asks.
            request.workplaces = workplaces_of(user.pk)  # type: ignore[attr-defined]
        return self._inside(request, tenant, user.pk)

    def _personal(self, request: HttpRequest, secret: str) -> HttpResponse:
        tenant_id = tenant_of("link", secret_digest(secret), tenant_in(secret))
        tenant = Tenant.objects.filter(pk=tenant_id).first() if tenant_id else None
        if tenant is None:
            raise Http404
        response = self._inside(request, tenant, None)
        # The address is the secret: keep it out of other sites' logs and of caches. Not
        # "no-referrer": a browser then posts the form with the origin "null", which the CSRF
        # check must refuse.
        response["Referrer-Policy"] = "same-origin"
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def _inside(
        self, request: HttpRequest, tenant: Tenant, user_id: uuid.UUID | None
    ) -> HttpResponse:
        read_only = request.method in SAFE_METHODS
        with tenant_scope(tenant, read_only=read_only):
            if user_id is not None:
                membership = (
                    Membership.objects.select_related("user", "tenant")
                    .filter(user_id=user_id, is_active=True)
                    .annotate(absences_now=beside_member())
                    .first()
                )
                if membership is None:
                    raise Http404
                keep(membership.absences_now)
                request.membership = membership  # type: ignore[attr-defined]
                self._localise(request, membership)
            else:
                timezone.activate(tenant.zone)
            request.tenant = tenant  # type: ignore[attr-defined]
            try:
                response = self.get_response(request)
            finally:
                timezone.deactivate()
            if response.status_code >= 400 and not getattr(response, "commit_on_error", False):
                transaction.set_rollback(True)
            return response

    @staticmethod
    def _localise(request: HttpRequest, membership: Membership) -> None:
        timezone.activate(membership.zone)
        if membership.user.language:
            language = spoken(membership.user.language)
            translation.activate(language)
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]


def _seen_page(request: HttpRequest) -> str:
    """The page somebody was on when they asked: what answers a POST, or fills a part of a page, is
    none to come back to. Of what the browser says only a path of a tenant counts.
    """
    if request.headers.get("HX-Request"):
        seen = request.headers.get("HX-Current-URL", "")
    elif request.method in SAFE_METHODS:
        seen = ""
    else:
        seen = request.headers.get("Referer", "")
    try:
        page = urlsplit(seen)
    except ValueError:
        return request.get_full_path()
    if not _TENANT_PATH.match(page.path):
        return request.get_full_path()
    return f"{page.path}?{page.query}" if page.query else page.path
