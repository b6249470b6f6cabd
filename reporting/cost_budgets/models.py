"""Budgets of kinds of costs (COST-1.c)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantModel
from benefits.catalogue.models import NOT_NEGATIVE
from reporting.costs.choices import BUDGETED


class CostBudget(TenantModel):
    """What may be spent on a kind of cost in a period, in the base currency. Incentives have the
    budgets of benefits instead.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=BUDGETED)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    amount = models.DecimalField(
        _("amount"), max_digits=12, decimal_places=2, validators=NOT_NEGATIVE
    )
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("budget of costs")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[code for code, _label in BUDGETED]),
                name="cost_budget_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="cost_budget_order",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="cost_budget_amount"),
        ]
        indexes = [models.Index(fields=["tenant", "-starts_on", "-id"], name="cost_budget_by_day")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
