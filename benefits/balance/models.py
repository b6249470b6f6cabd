"""The balance of each person, as :mod:`benefits.balance.statement` wrote it (BEN-6.a)."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocates.models import Advocate


class ValueBalance(TenantModel):
    """What somebody gave and got within the period of the settings, in the tenant's currency.

    ``percent`` compares what came back with ``fair``, what they gave without reviews; 100 where
    that is nothing.
    """

    advocate = TenantForeignKey(
        Advocate, models.CASCADE, related_name="balances", verbose_name=_("who")
    )
    contributions = models.PositiveIntegerField(_("contributions"), default=0)
    minutes = models.PositiveIntegerField(_("minutes"), default=0)
    #: Of those minutes what nobody wrote down.
    assumed_minutes = models.PositiveIntegerField(_("minutes assumed"), default=0)
    given = models.DecimalField(_("gave"), max_digits=14, decimal_places=2, default=Decimal(0))
    fair = models.DecimalField(
        _("gave without reviews"), max_digits=14, decimal_places=2, default=Decimal(0)
    )
    benefits = models.PositiveIntegerField(_("benefits"), default=0)
    got = models.DecimalField(_("got"), max_digits=14, decimal_places=2, default=Decimal(0))
    thanks = models.PositiveIntegerField(_("thanked"), default=0)
    percent = models.PositiveIntegerField(_("came back"), default=100)
    is_under = models.BooleanField(_("under-appreciated"), default=False)
    under_since = models.DateTimeField(_("since"), null=True)
    changed_at = models.DateTimeField(_("worked out"), default=clock.now)

    class Meta:
        verbose_name = _("balance")
        ordering = ["percent", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "advocate"], name="value_balance_once"),
            models.CheckConstraint(
                condition=models.Q(is_under=True, under_since__isnull=False)
                | models.Q(is_under=False, under_since__isnull=True),
                name="value_balance_under_since",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "percent", "id"], name="value_balance_order"),
            models.Index(
                fields=["tenant", "advocate"],
                condition=models.Q(is_under=True),
                name="value_balance_under",
            ),
        ]

    def __str__(self) -> str:
        return self.advocate.name
