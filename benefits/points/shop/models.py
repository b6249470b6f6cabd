"""What stands in the reward shop (BEN-7.c)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from benefits.catalogue.models import Benefit


class ShopItem(TenantModel):
    """A benefit of the catalogue for points; its stock is the catalogue's."""

    benefit = TenantForeignKey(
        Benefit, models.PROTECT, related_name="shop_items", verbose_name=_("what")
    )
    points = models.PositiveIntegerField(
        _("points"), validators=[MinValueValidator(1), MaxValueValidator(1_000_000)]
    )
    is_on = models.BooleanField(_("in the shop"), default=True)
    created_at = models.DateTimeField(_("added"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("reward")
        ordering = ["points", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "benefit"],
                name="shop_item_once",
                violation_error_message=_("It is in the shop already."),
            ),
            models.CheckConstraint(condition=models.Q(points__gte=1), name="shop_item_points"),
        ]

    def __str__(self) -> str:
        return self.benefit.name
