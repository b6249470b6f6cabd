"""The tenant's own weights for matching (MAT-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocates.models import ActivityType


class MatchingWeights(TenantModel):
    """How much each criterion counts; for one activity type, or for all when it is empty."""

    activity_type = TenantForeignKey(
        ActivityType, models.CASCADE, null=True, blank=True, related_name="+"
    )
    industry = models.PositiveSmallIntegerField(_("industry"), default=20)
    use_case = models.PositiveSmallIntegerField(_("use case and product"), default=20)
    size = models.PositiveSmallIntegerField(_("size"), default=15)
    persona = models.PositiveSmallIntegerField(_("persona"), default=10)
    region = models.PositiveSmallIntegerField(_("region and time zone"), default=10)
    relationship = models.PositiveSmallIntegerField(_("relationship and health"), default=10)
    rotation = models.PositiveSmallIntegerField(_("freshness and rotation"), default=15)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "activity_type"],
                nulls_distinct=False,
                name="matching_weights_once",
            ),
        ]
