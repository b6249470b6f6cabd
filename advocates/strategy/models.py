"""A version of the strategy sheet; nothing of an earlier one is ever changed (STR-1)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership

LONGEST = 3000


def _part(name: Any, help_text: Any) -> models.TextField:  # type: ignore[type-arg]
    return LimitedText(name, max_length=LONGEST, blank=True, default="", help_text=help_text)


class StrategySheet(TenantModel):
    """Goals, ideal advocate, portfolio, value exchange, measures, as somebody wrote them down."""

    number = models.PositiveIntegerField(_("version"), editable=False)
    goals = _part(
        _("Goals"), _("What should be different in a year? For whom, and how would you notice?")
    )
    ideal_advocate = _part(
        _("Ideal advocate"),
        _("Whose word counts with your prospects: industry, size, role, what they achieved."),
    )
    portfolio = _part(
        _("What people are asked for"),
        _("Start with few kinds: which first, which later, and which never."),
    )
    value_exchange = _part(
        _("What they get"),
        _("Access, recognition, peers, influence: what is theirs, whatever they give."),
    )
    measures = _part(
        _("Measures"), _("Three or four numbers, each with a target, and who looks at them when.")
    )
    written_by = TenantForeignKey(
        Membership, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("strategy sheet")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="strategy_sheet_number_once")
        ]

    def __str__(self) -> str:
        return str(_("Version %(number)d") % {"number": self.number})
