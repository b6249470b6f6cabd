"""Exchange rates of days (MET-6.b)."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.models import validate_currency


class ExchangeRate(TenantModel):
    """What one unit of a currency is worth in another, from a day on until the next rate.

    ``base`` is the tenant's currency when it was written: after a change of it the old rates count
    no more, and what they were needed for is said to lack one.
    """

    currency = models.CharField(_("currency"), max_length=3, validators=[validate_currency])
    base = models.CharField(_("worth in"), max_length=3, validators=[validate_currency])
    on = models.DateField(_("from"))
    rate = models.DecimalField(
        _("one is worth"),
        max_digits=18,
        decimal_places=9,
        validators=[MinValueValidator(Decimal("0.000000001"))],
    )
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("exchange rate")
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "base", "currency", "on"], name="exchange_rate_once"
            ),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="exchange_rate_positive"),
        ]
        indexes = [models.Index(fields=["tenant", "-on", "-id"], name="exchange_rate_by_day")]

    def __str__(self) -> str:
        return f"{self.currency} → {self.base}"
