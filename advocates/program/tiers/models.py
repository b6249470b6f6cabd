"""Tiers, who stands where, and every change (TIER-1 to TIER-7)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.people.models import Advocate


class Tier(TenantModel):
    """One rung. The lowest has no minimums, so that every enrolled advocate stands somewhere."""

    code = models.SlugField(_("code"), max_length=20)
    name = LineField(_("name"), max_length=50)
    rank = models.PositiveSmallIntegerField(_("rank"), help_text=_("Higher is better."))
    min_activities = models.PositiveSmallIntegerField(_("activities a year, at least"))
    min_high_effort = models.PositiveSmallIntegerField(_("high-effort among them"), default=0)
    expected_max = models.PositiveSmallIntegerField(_("expected at most"), null=True, blank=True)
    seats_percent = models.DecimalField(
        _("seats, in percent of the enrolled"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    guide_low = models.PositiveSmallIntegerField(_("share guide from, %"), null=True, blank=True)
    guide_high = models.PositiveSmallIntegerField(_("share guide to, %"), null=True, blank=True)
    touch_model = LineField(_("touch model"), max_length=100, blank=True, default="")
    touch_days = models.PositiveSmallIntegerField(
        _("days between check-ins"), null=True, blank=True
    )
    entitlements = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    #: Touched by whoever hands out seats, so that two never hand out the last one (TIER-2).
    version = models.BigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-rank"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="tier_code_once"),
            models.UniqueConstraint(fields=["tenant", "rank"], name="tier_rank_once"),
            models.CheckConstraint(
                condition=models.Q(min_high_effort__lte=models.F("min_activities")),
                name="tier_minimums_order",
                violation_error_message=_(
                    "High-effort activities are among the activities: they cannot be more."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TierStanding(TenantModel):
    """Where an advocate stands now, and the figures it follows from. One row per advocate."""

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="standings")
    tier = TenantForeignKey(Tier, models.PROTECT, null=True, related_name="+")
    earned_tier = TenantForeignKey(Tier, models.PROTECT, null=True, related_name="+")
    waiting_for = TenantForeignKey(Tier, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField(null=True)
    grace_until = models.DateField(null=True)
    activities = models.PositiveIntegerField(default=0)
    high_effort = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)
    last_completed_at = models.DateTimeField(null=True)
    #: The tier was set by hand (TIER-5); what was calculated takes over when that ends.
    overridden = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "advocate"], name="tier_standing_once"),
        ]
        indexes = [
            models.Index(fields=["tenant", "tier"], name="tier_standing_by_tier"),
            models.Index(
                fields=["tenant", "waiting_for"],
                condition=models.Q(waiting_for__isnull=False),
                name="tier_standing_waiting",
            ),
        ]


class TierRun(TenantModel):
    """One recalculation of everyone (TIER-6, TIER-7)."""

    started_at = models.DateTimeField(default=clock.now)
    reason = models.CharField(max_length=40)
    changed = models.PositiveIntegerField(default=0)


class TierChange(TenantModel):
    """One change of tier, kept for ever (TIER-6)."""

    class Why(models.TextChoices):
        """What the change followed from."""

        ENROLLED = "enrolled", _("Joined the program")
        EARNED = "earned", _("Earned it")
        SEAT = "seat", _("A seat became free")
        SHORTFALL = "shortfall", _("Fell short at the end of the grace period")
        VOIDED = "voided", _("A completion was recorded in error")
        LEFT = "left", _("Left the program")
        OVERRIDE = "override", _("Set by hand")
        LIFTED = "lifted", _("The tier set by hand ended")

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="tier_changes")
    from_tier = TenantForeignKey(Tier, models.PROTECT, null=True, related_name="+")
    to_tier = TenantForeignKey(Tier, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=10, choices=Why)
    at = models.DateTimeField(default=clock.now)
    run = TenantForeignKey(TierRun, models.PROTECT, null=True, related_name="changes")
    actor = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    activities = models.PositiveIntegerField(default=0)
    high_effort = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["tenant", "advocate", "-at"], name="tier_change_history"),
        ]
