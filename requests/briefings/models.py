"""What one side reads before a call (FUL-2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from requests.asks.models import Ask
from requests.briefings.choices import Side

_ONE_A_LINE = _("One a line. Empty it, and what we know stands there again.")


class Briefing(TenantModel):
    """One side's. A text that is empty is written anew from what is known whenever it is read;
    who meets whom, when and where always is.
    """

    ask = TenantForeignKey(Ask, models.CASCADE, related_name="briefings")
    side = models.CharField(_("for whom"), max_length=9, choices=Side, editable=False)
    why = LimitedText(
        _("why they fit"), max_length=1000, blank=True, default="", help_text=_ONE_A_LINE
    )
    questions = LimitedText(
        _("what the prospect wants to know"),
        max_length=3000,
        blank=True,
        default="",
        help_text=_ONE_A_LINE,
    )
    points = LimitedText(
        _("talking points"), max_length=3000, blank=True, default="", help_text=_ONE_A_LINE
    )
    dos = LimitedText(
        _("please do"), max_length=2000, blank=True, default="", help_text=_ONE_A_LINE
    )
    donts = LimitedText(
        _("please do not"), max_length=2000, blank=True, default="", help_text=_ONE_A_LINE
    )
    note = LimitedText(
        _("a personal line"),
        max_length=1000,
        blank=True,
        default="",
        help_text=_("What only you know. It stands first."),
    )
    edited_at = models.DateTimeField(null=True, editable=False)
    edited_by = TenantForeignKey(
        Membership, models.SET_NULL, null=True, related_name="+", editable=False
    )
    #: When it goes out by mail; none once it has, or while no time is booked.
    send_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("briefing")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "ask", "side"], name="briefing_once"),
            models.CheckConstraint(
                condition=models.Q(side__in=Side.values), name="briefing_side_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "send_at"],
                condition=models.Q(send_at__isnull=False),
                name="briefing_to_send",
            )
        ]

    def __str__(self) -> str:
        # Without the advocate, whose name is not for everybody (VIS-1).
        words = {"request": self.ask.request, "side": self.get_side_display()}
        return str(_("Briefing for %(request)s: %(side)s")) % words
