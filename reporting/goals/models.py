"""Goals: what a number of the program is to be by when (GOAL-1.a)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantModel
from advocates.accounts.choices import Region, Segment
from reporting.goals.choices import GoalMetric
from reporting.goals.lifecycle import GOAL, GoalState


class Goal(TenantModel):
    """A metric's target over a period, for all or for a part of the program.

    ``target`` is in per cent for shares and differences, else in the metric's own unit: hours,
    days, a count, or money in the base currency.
    """

    metric = models.CharField(_("number"), max_length=40, choices=GoalMetric)
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=2)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    segment = models.CharField(_("segment"), max_length=12, choices=Segment, blank=True, default="")
    region = models.CharField(_("region"), max_length=8, choices=Region, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=8, choices=GoalState, default=GoalState.PURSUED, editable=False
    )
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("goal")
        ordering = ["-ends_on", "-id"]
        constraints = [
            GOAL.check("goal_state_known"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="goal_order",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(segment__in=["", *Segment.values]), name="goal_segment_known"
            ),
            models.CheckConstraint(
                condition=Q(region__in=["", *Region.values]), name="goal_region_known"
            ),
            models.UniqueConstraint(
                fields=["tenant", "metric", "segment", "region", "starts_on", "ends_on"],
                condition=Q(state="pursued"),
                name="goal_once",
                violation_error_message=_("There is a goal for this number and period already."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-ends_on", "-id"], name="goal_by_end")]

    def __str__(self) -> str:
        return str(self.get_metric_display())
