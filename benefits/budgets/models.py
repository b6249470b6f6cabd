"""Budgets (BEN-5.b)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.text import LineField
from advocates.accounts.choices import Segment
from benefits.catalogue.models import NOT_NEGATIVE


class Budget(TenantModel):
    """What may be spent on benefits in a period, for one segment or for all; in the tenant's
    currency.
    """

    name = LineField(_("name"), max_length=100)
    segment = models.CharField(_("segment"), max_length=12, choices=Segment, blank=True, default="")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    amount = models.DecimalField(
        _("amount"), max_digits=12, decimal_places=2, validators=NOT_NEGATIVE
    )
    #: Changed by whoever commits to it, so that two never spend the same money (BEN-5).
    version = models.BigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("budget")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(segment__in=["", *Segment.values]), name="budget_segment_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="budget_order",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_amount"),
        ]
        indexes = [models.Index(fields=["tenant", "-starts_on", "-id"], name="budget_by_start")]

    def __str__(self) -> str:
        return self.name
