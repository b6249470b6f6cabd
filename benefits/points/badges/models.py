"""Badges: a rule of ours, a name and a threshold of the tenant's (BEN-7.a)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.text import LineField


class Rule(models.TextChoices):
    """What is counted; reviews never are (BEN-4.a)."""

    COMPLETED = "completed", _("Activities completed")
    HIGH = "high", _("Activities of high effort")
    EACH_EFFORT = "each_effort", _("Activities of low, moderate and high effort each")
    VOLUNTEERED = "volunteered", _("Activities they volunteered for")
    KINDS = "kinds", _("Different kinds of activities")


class Badge(TenantModel):
    """Won when so many are counted, once a person."""

    #: Of those every tenant starts with; a tenant's own have none.
    code = models.SlugField(max_length=40, blank=True, default="", editable=False)
    name = LineField(_("name"), max_length=60)
    description = LimitedText(_("what it is for"), max_length=300, blank=True, default="")
    rule = models.CharField(_("what is counted"), max_length=12, choices=Rule)
    threshold = models.PositiveSmallIntegerField(
        _("won at"), default=1, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    points = models.PositiveSmallIntegerField(
        _("points"),
        default=0,
        validators=[MaxValueValidator(30_000)],
        help_text=_("What it earns. 0: the badge alone."),
    )
    is_on = models.BooleanField(_("can be won"), default=True)
    created_at = models.DateTimeField(_("added"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("badge")
        ordering = ["rule", "threshold", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"], condition=~models.Q(code=""), name="badge_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(rule__in=Rule.values), name="badge_rule_known"
            ),
            models.CheckConstraint(
                condition=models.Q(threshold__gte=1), name="badge_threshold_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.name
