"""How far a deal has to be before anybody is asked because of it (REQ-4)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocates.models import ActivityType
from requests.gates.choices import LeastStage


class RequestGate(TenantModel):
    """What the deal of a request of one type has to have; what is left empty asks for nothing.

    ``min_amount`` is in the tenant's currency. An amount in another one is not compared: of a deal
    of the CRM it is enough, of one that was typed in with a request it is not.
    """

    activity_type = TenantForeignKey(
        ActivityType, models.PROTECT, related_name="+", verbose_name=_("what is asked for")
    )
    min_stage = models.CharField(
        _("stage, at least"), max_length=10, choices=LeastStage, blank=True, default=""
    )
    min_probability = models.PositiveSmallIntegerField(
        _("probability in per cent, at least"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    min_amount = models.DecimalField(
        _("amount, at least"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("gate")
        ordering = ["activity_type__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "activity_type"],
                name="request_gate_once",
                violation_error_message=_("There is one for this already; change that one."),
            ),
            models.CheckConstraint(
                condition=models.Q(min_stage__in=["", *LeastStage.values]),
                name="request_gate_stage_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity_type)
