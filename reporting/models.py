"""What reporting keeps of its own: when somebody wants to see a thing again, and who heard what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from reporting.capacity.models import CapacityCheck
from reporting.chat.models import ChatConnection, ChatPost
from reporting.cost_budgets.models import CostBudget
from reporting.costs.models import Cost
from reporting.goals.models import Goal
from reporting.news.models import News
from reporting.rates.models import ExchangeRate
from reporting.report.models import ReportSubscription

__all__ = [
    "CapacityCheck",
    "ChatConnection",
    "ChatPost",
    "Cost",
    "CostBudget",
    "ExchangeRate",
    "Goal",
    "News",
    "ReportSubscription",
    "Snooze",
]


class Snooze(TenantModel):
    """A colleague put one thing in their own queue off until a moment (UI-2).

    Nobody else's queue changes, nor does what is due when; the row comes back by itself once
    ``until`` has passed. ``subject_id`` is the request, thank-you, … that ``work`` is about.
    """

    member = TenantForeignKey(Membership, models.CASCADE, related_name="+")
    work = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    until = models.DateTimeField(_("until"))
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["until", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "member", "work", "subject_id"], name="snooze_once"
            ),
        ]
