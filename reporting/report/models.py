"""Who gets the report by mail (REP-1.e)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from reporting.report.periods import Every


class ReportSubscription(TenantModel):
    """A colleague gets the report by mail, once for each period; without a row they do not."""

    member = TenantForeignKey(Membership, models.CASCADE, related_name="+")
    every = models.CharField(_("how often"), max_length=7, choices=Every)
    created_at = models.DateTimeField(_("subscribed"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("report by mail")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "member"], name="report_subscribed_once"),
            models.CheckConstraint(
                condition=models.Q(every__in=Every.values), name="report_every_known"
            ),
        ]
