"""What was found in one night, or when somebody looked (CAP-6)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantModel


class CapacityCheck(TenantModel):
    """How full everybody was on one day of the tenant's; looking again writes the day's anew.

    ``figures`` holds whole numbers and keys of colleagues, nothing of a customer.
    """

    on = models.DateField(_("day"))
    made_at = models.DateTimeField(_("as of"), default=clock.now)
    figures = models.JSONField(default=dict)
    warnings = ArrayField(models.CharField(max_length=20), default=list)
    #: It stands on the manager's Today: something is new, or the last word of it is a week old.
    calls = models.BooleanField(default=False)
    noted_at = models.DateTimeField(_("noted"), null=True)

    class Meta:
        verbose_name = _("capacity check")
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "on"], name="capacity_check_once"),
        ]

    def __str__(self) -> str:
        return str(_("How full everybody is"))
