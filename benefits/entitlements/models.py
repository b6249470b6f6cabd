"""What belongs to a tier, by segment (BEN-2.a, SEG-1.c)."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocates.accounts.choices import Segment
from advocates.models import Tier
from benefits.catalogue.models import Benefit


class Entitlement(TenantModel):
    """Everybody on a tier gets a benefit: when they enter it, and again every so many months."""

    tier = TenantForeignKey(Tier, models.CASCADE, related_name="+", verbose_name=_("tier"))
    segment = models.CharField(_("segment"), max_length=12, choices=Segment, blank=True, default="")
    benefit = TenantForeignKey(
        Benefit, models.PROTECT, related_name="entitlements", verbose_name=_("what they get")
    )
    every_months = models.PositiveSmallIntegerField(
        _("again every so many months"),
        default=0,
        validators=[MaxValueValidator(60)],
        help_text=_("0: once, when they enter the tier."),
    )
    is_automatic = models.BooleanField(
        _("is theirs at once"),
        default=False,
        help_text=_("Nobody has to see to it, as with access to a channel."),
    )
    is_on = models.BooleanField(_("is granted"), default=True)
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("entitlement")
        ordering = ["tier", "segment", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "tier", "segment", "benefit"],
                name="entitlement_once",
                violation_error_message=_("This tier has it already."),
            ),
            models.CheckConstraint(
                condition=models.Q(segment__in=["", *Segment.values]),
                name="entitlement_segment_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier.name}: {self.benefit.name}"
