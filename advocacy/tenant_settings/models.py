"""What a tenant changed of its numbers (SET-1)."""

from django.db import models

from advocacy.tenancy.base import TenantModel


class FamilySettings(TenantModel):
    """One family's values, only those that differ from the default. Locked while they change."""

    family = models.SlugField(max_length=40)
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "family"], name="family_settings_once"),
        ]

    def __str__(self) -> str:
        return self.family
