"""Who asks and whether they may, as DRF wants to be told (API-3, ID-2)."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import authentication, permissions
from rest_framework.request import Request

from advocacy.rest.models import ApiToken
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.middleware import SAFE_METHODS
from advocacy.tenancy.models import Membership


class TokenAuthentication(authentication.BaseAuthentication):
    """Takes over what the middleware found; it has refused everybody else already."""

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        token: ApiToken | None = getattr(request._request, "token", None)
        return (token.owner.user, token) if token is not None else None

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="advocacy"'


class MatrixAndScope(permissions.BasePermission):
    """Both must allow: the owner's role by the permission matrix, and the token by its scopes."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Raise :class:`NotAllowed` saying which of the two refuses."""
        token = request.auth
        if not isinstance(token, ApiToken):
            return False
        if view.action in (None, "metadata"):
            return True  # a method the address does not take: 405
        if not token.owner.can(view.permissions[view.action]):
            raise NotAllowed(_("The role of the token's owner does not allow this."))
        access = "read" if request.method in SAFE_METHODS else "write"
        scope = f"{view.scope_resources.get(view.action, view.resource)}:{access}"
        if not token.allows(scope):
            raise NotAllowed(
                _("The token lacks the scope %(scope)s.") % {"scope": scope}, code="missing_scope"
            )
        return True


def actor_of(token: ApiToken) -> Actor:
    """Who acts: the token, with the rights of its owner."""
    return Actor("token", token.pk, token.owner, token.name[:50])


class ByToken:
    """What a view reads off the token."""

    request: Any

    @property
    def actor(self) -> Actor:
        """Who acts, for a service."""
        return actor_of(self.request.auth)

    @property
    def membership(self) -> Membership:
        """Whose rights count."""
        owner: Membership = self.request.auth.owner
        return owner
