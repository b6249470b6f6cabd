"""API tokens (API-3)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField


class ApiToken(TenantModel):
    """A program's key to the REST interface. It acts as its owner, within its scopes.

    Only the SHA-256 of the secret is stored; ``prefix`` is what tells tokens apart in a list. The
    scopes are read with the row and never searched, so an array loses no index.
    """

    name = LineField(_("name"), max_length=100)
    owner = TenantForeignKey(
        Membership, models.PROTECT, related_name="+", verbose_name=_("acts as")
    )
    digest = models.CharField(max_length=64)
    prefix = models.CharField(max_length=12)
    scopes = ArrayField(models.CharField(max_length=60), verbose_name=_("may"))
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "digest"], name="api_token_digest"),
        ]
        indexes = [
            # tenant_of() looks a digest up before the tenant is known.
            models.Index(fields=["digest"], name="api_token_by_digest"),
        ]

    def __str__(self) -> str:
        return self.name

    def allows(self, scope: str) -> bool:
        """Whether the scopes include ``resource:access``, by name or by ``all:access``."""
        return scope in self.scopes or f"all:{scope.rpartition(':')[2]}" in self.scopes

    @property
    def state(self) -> str:
        """``active``, ``expired`` or ``revoked``."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at <= clock.now() else "active"
