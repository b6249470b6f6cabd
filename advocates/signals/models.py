"""Signals: what somebody did for us unasked (ADV-5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.people.models import Advocate


class SignalKind(models.TextChoices):
    """What they did."""

    MENTION = "mention", _("Mentioned us")
    PRAISE = "praise", _("Praised us")
    PEER = "peer", _("Told a peer")
    REFERRAL = "referral", _("Referred somebody unasked")


class Signal(TenantModel):
    """Somebody spoke for us without being asked (ADV-5)."""

    advocate = TenantForeignKey(
        Advocate, models.CASCADE, related_name="signals", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SignalKind)
    seen_on = models.DateField(_("when"))
    source = LineField(
        _("where"), max_length=200, help_text=_("A site, a channel, a call; a link is best.")
    )
    note = LimitedText(_("in their words"), max_length=2000, blank=True, default="")
    recorded_by = TenantForeignKey(
        Membership, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("recorded"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("signal")
        ordering = ["-seen_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=SignalKind.values), name="signal_kind_known"
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "advocate", "-seen_on"], name="signal_of"),
            models.Index(fields=["tenant", "-seen_on"], name="signal_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
