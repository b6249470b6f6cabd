"""Costs that somebody wrote or a system of expenses sent (COST-1.a)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.models import validate_currency
from advocacy.tenancy.text import LineField
from advocates.accounts.choices import Segment
from benefits.catalogue.models import NOT_NEGATIVE
from reporting.costs.choices import CostKind
from reporting.costs.lifecycle import COST, CostState


class Cost(TenantModel):
    """Money of a day, or of a period that it is spread over evenly. Hours at a rate say the amount
    themselves. The currency is any; numbers take the rate of its first day.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=CostKind)
    name = LineField(_("what for"), max_length=150)
    lead_source = LineField(
        _("lead source"),
        max_length=100,
        blank=True,
        default="",
        help_text=_("Of acquisition: where the leads came from, as the deals say it."),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("Empty: on that one day.")
    )
    amount = models.DecimalField(
        _("amount"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
        help_text=_("Empty where hours and what an hour costs say it."),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        default="",
        validators=[validate_currency],
        help_text=_("Three letters, such as EUR. Empty: your base currency."),
    )
    hours = models.DecimalField(
        _("hours"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
    )
    hourly_rate = models.DecimalField(
        _("an hour costs"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
    )
    segment = models.CharField(
        _("segment"),
        max_length=12,
        choices=Segment,
        blank=True,
        default="",
        help_text=_("Empty: for all; then it is in no number of one segment."),
    )
    note = LimitedText(_("note"), max_length=1000, blank=True, default="")
    external_id = LineField(
        _("its number elsewhere"),
        max_length=100,
        blank=True,
        default="",
        help_text=_("Of an expense: the number it has where it was filed. It comes in once."),
    )
    state = models.CharField(
        _("state"), max_length=8, choices=CostState, default=CostState.COUNTED, editable=False
    )
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("cost")
        ordering = ["-starts_on", "-id"]
        constraints = [
            COST.check("cost_state_known"),
            models.CheckConstraint(condition=Q(kind__in=CostKind.values), name="cost_kind_known"),
            models.CheckConstraint(
                condition=Q(segment__in=["", *Segment.values]), name="cost_segment_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False) & Q(ends_on__gte=F("starts_on")),
                name="cost_order",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) & Q(amount__gte=0) & ~Q(currency=""),
                name="cost_amount",
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True, hourly_rate__isnull=True)
                | Q(hours__isnull=False, hourly_rate__isnull=False),
                name="cost_hours_at_a_rate",
            ),
            models.CheckConstraint(
                condition=Q(kind="acquisition") | Q(lead_source=""), name="cost_lead_source"
            ),
            models.UniqueConstraint(
                fields=["tenant", "external_id"],
                condition=~Q(external_id=""),
                name="cost_once_from_elsewhere",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-starts_on", "-id"], name="cost_by_day")]

    def __str__(self) -> str:
        return self.name

    def validate_constraints(self, exclude: Any = None) -> None:
        """Not by a form: the service fills in first what may stay empty there, and says in words of
        a field what is wrong. The database has the last word.
        """
