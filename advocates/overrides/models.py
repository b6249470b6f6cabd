"""A tier set by hand (TIER-5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocates.overrides.lifecycle import OVERRIDE, OverrideState
from advocates.people.models import Advocate
from advocates.program.tiers.models import Tier


class TierOverride(TenantModel):
    """Somebody stands on a tier until a day, that day included, whatever they earned."""

    advocate = TenantForeignKey(
        Advocate, models.CASCADE, related_name="tier_overrides", verbose_name=_("who")
    )
    tier = TenantForeignKey(Tier, models.PROTECT, related_name="+", verbose_name=_("tier"))
    reason = LimitedText(_("why"), max_length=500)
    until = models.DateField(_("until"))
    state = models.CharField(
        _("state"), max_length=10, choices=OverrideState, default=OverrideState.STANDING
    )
    set_by = TenantForeignKey(
        Membership, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("set"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("tier set by hand")
        ordering = ["-created_at", "-id"]
        constraints = [
            OVERRIDE.check("tier_override_state_known"),
            models.UniqueConstraint(
                fields=["tenant", "advocate"],
                condition=models.Q(state="standing"),
                name="tier_override_once",
                violation_error_message=_(
                    "A tier is set for this person already. Change that one, or lift it first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.tier)
