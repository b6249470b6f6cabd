"""What the shell around every page needs to know."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from advocacy.tenancy.keys import secret_for
from advocacy.tenancy.lookups import workplaces_of
from advocacy.web import navigation
from advocacy.web.urls import quiet_reverse


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Everything is lazy: a fragment pays for nothing of it."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict[str, Any]:
    tenant = getattr(request, "tenant", None)
    user = getattr(request, "user", None)
    user = user if user is not None and user.is_authenticated else None
    return {
        "tenant": tenant,
        "membership": getattr(request, "membership", None),
        "user": user,
        # Opens what this person typed before their session ended, and nobody else's.
        "draft_key": secret_for("advocacy.web.drafts", str(user.pk)) if user else "",
        "nav_items": navigation.entries(request),
        "menu": navigation.entries(request, "menu"),
        "bar": navigation.entries(request, "bar"),
        "counts_url": quiet_reverse(request, "navigation-counts") if tenant else None,
        "search_url": quiet_reverse(request, "search") if tenant else None,
        "home_url": quiet_reverse(request, "today") if tenant else quiet_reverse(None, "home"),
        "sign_in_url": quiet_reverse(None, "sign-in"),
        "sign_out_url": quiet_reverse(None, "sign-out"),
        "workplaces": _workplaces(request, user, tenant),
    }


def _workplaces(request: HttpRequest, user: Any, tenant: Any) -> list[dict[str, str]]:
    """The user's other tenants, to switch to; most people have none."""
    if tenant is None or user is None:
        return []
    # Of a request that may write, the middleware has asked before.
    known = getattr(request, "workplaces", None)
    return [
        {"name": other.name, "url": quiet_reverse(other, "today") or f"/t/{other.slug}/"}
        for other in (workplaces_of(user.pk) if known is None else known)
        if other.tenant_id != tenant.pk
    ]
