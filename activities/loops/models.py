"""The duty to tell an advocate what came of it (AST-3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership


class LoopDuty(TenantModel):
    """The duty to tell an advocate what came of an activity; opened on completion (ACT-2)."""

    activity = TenantForeignKey(Activity, models.PROTECT, related_name="loop_duties")
    owner = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True, help_text=_("Known once there is something to tell."))
    closed_at = models.DateTimeField(null=True)
    closed_by = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    #: What there is to tell, in a few words; and afterwards what was told.
    news = models.CharField(max_length=300, blank=True, default="")
    note = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "activity"], name="loop_duty_once"),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "due_at"],
                condition=models.Q(closed_at__isnull=True),
                name="loop_duty_open",
            ),
        ]
