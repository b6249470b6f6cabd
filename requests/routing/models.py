"""Which requests go to whom (REQ-3)."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocates.accounts.choices import Region, Segment
from advocates.models import ActivityType
from requests.routing.lifecycle import ROUTING_RULE, RuleState


class RoutingRule(TenantModel):
    """Requests of some type, company size and region; what is left empty narrows nothing.

    Rules are tried by ``position``; the first that fits and names somebody who is there decides.
    """

    position = models.PositiveSmallIntegerField(
        gettext_lazy("place in the order"),
        blank=True,
        help_text=gettext_lazy("Rules are tried from 1 on. Left empty: behind the others."),
    )
    activity_type = TenantForeignKey(
        ActivityType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("what is asked for"),
    )
    segment = models.CharField(
        gettext_lazy("size of the prospect"),
        max_length=12,
        choices=Segment,
        blank=True,
        default="",
    )
    region = models.CharField(
        gettext_lazy("region"), max_length=8, choices=Region, blank=True, default=""
    )
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=RuleState, default=RuleState.IN_USE
    )
    created_at = models.DateTimeField(gettext_lazy("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = gettext_lazy("routing rule")
        ordering = ["position", "id"]
        constraints = [
            ROUTING_RULE.check("routing_rule_state_known"),
            models.CheckConstraint(
                condition=models.Q(segment__in=["", *Segment.values]),
                name="routing_rule_segment_known",
            ),
            models.CheckConstraint(
                condition=models.Q(region__in=["", *Region.values]),
                name="routing_rule_region_known",
            ),
        ]

    def __str__(self) -> str:
        parts = (
            str(self.activity_type) if self.activity_type else "",
            self.get_segment_display(),
            self.get_region_display(),
        )
        return " · ".join(str(part) for part in parts if part) or _("Every request")


class RoutingTurn(TenantModel):
    """One of those a rule gives requests to; of several the one whose ``last_turn`` is lowest."""

    rule = TenantForeignKey(RoutingRule, models.CASCADE, related_name="turns")
    member = TenantForeignKey(Membership, models.CASCADE, related_name="+")
    #: Counts up over all of the rule; 0 had none yet.
    last_turn = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "rule", "member"], name="routing_turn_once"),
        ]
