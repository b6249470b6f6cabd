"""Moments of an account (MOM-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.accounts.models import Account
from advocates.moments.lifecycle import MOMENT, MomentState


class MomentKind(models.TextChoices):
    """What happened (MOM-1)."""

    ONBOARDED = "onboarded", _("Onboarded")
    OUTCOME = "outcome", _("Outcome reached")
    REVIEW = "review", _("Business review")
    RENEWAL = "renewal", _("Renewal")
    RELEASE = "release", _("Release adopted")
    TENURE = "tenure", _("Time as a customer reached")
    USAGE = "usage", _("Product use reached")


class Moment(TenantModel):
    """Something good happened at an account on a day (MOM-1)."""

    account = TenantForeignKey(
        Account, models.CASCADE, related_name="moments", verbose_name=_("account")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=MomentKind)
    happened_on = models.DateField(_("when"))
    note = LimitedText(_("note"), max_length=2000, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=10, choices=MomentState, default=MomentState.OPEN
    )
    said = LimitedText(_("what you wrote or said"), max_length=2000, blank=True, default="")
    reason = LineField(_("why not"), max_length=300, blank=True, default="")
    decided_by = TenantForeignKey(
        Membership, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    created_at = models.DateTimeField(_("recorded"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("moment")
        ordering = ["-happened_on", "-id"]
        constraints = [
            MOMENT.check("moment_state_known"),
            models.CheckConstraint(
                condition=models.Q(kind__in=MomentKind.values), name="moment_kind_known"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-happened_on"], name="moment_by_day"),
            models.Index(
                fields=["tenant", "happened_on"],
                condition=models.Q(state="open"),
                name="moment_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
