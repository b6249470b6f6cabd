"""The catalogue of benefits (BEN-1)."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.text import LineField
from advocates.program.catalogue.choices import Effort
from benefits.catalogue.choices import GIFTS, MATERIAL, RECOGNITION, TIER_CODES, Category

NOT_NEGATIVE = [MinValueValidator(Decimal(0))]


class Benefit(TenantModel):
    """A thing of value that can be given. Amounts are in the tenant's currency."""

    #: Of those every tenant starts with; a tenant's own have none.
    code = models.SlugField(max_length=40, blank=True, default="", editable=False)
    name = LineField(_("name"), max_length=100)
    category = models.CharField(_("category"), max_length=20, choices=Category)
    description = LimitedText(_("what it is"), max_length=1000, blank=True, default="")
    cost = models.DecimalField(
        _("what it costs us"),
        max_digits=10,
        decimal_places=2,
        default=Decimal(0),
        validators=NOT_NEGATIVE,
    )
    value = models.DecimalField(
        _("what it is worth to them"),
        max_digits=10,
        decimal_places=2,
        default=Decimal(0),
        validators=NOT_NEGATIVE,
        help_text=_("The perceived value: too little and too much are judged by it."),
    )
    stock = models.PositiveIntegerField(
        _("in stock"),
        null=True,
        blank=True,
        help_text=_("How many there are to give now. Empty: not counted."),
    )
    tiers = ArrayField(
        models.CharField(max_length=20, choices=TIER_CODES),
        verbose_name=_("for tiers"),
        default=list,
        blank=True,
        help_text=_("None: for everybody. Somebody else takes an approval."),
    )
    effort_levels = ArrayField(
        models.CharField(max_length=10, choices=Effort),
        verbose_name=_("after effort"),
        default=list,
        blank=True,
        help_text=_("None: after any. After less it takes an approval."),
    )
    needs_approval = models.BooleanField(_("always takes an approval"), default=False)
    is_on = models.BooleanField(_("can be given"), default=True)
    created_at = models.DateTimeField(_("added"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("benefit")
        ordering = ["category", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"], condition=~models.Q(code=""), name="benefit_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(category__in=Category.values), name="benefit_category_known"
            ),
            models.CheckConstraint(
                condition=models.Q(cost__gte=0, value__gte=0), name="benefit_amounts"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "category", "name"], name="benefit_by_category")]

    @property
    def is_gift(self) -> bool:
        """Whether a company's gift policy is about it (BEN-5)."""
        return self.category in GIFTS

    @property
    def is_recognition(self) -> bool:
        """Whether it is given somewhere, rather than handed over (BEN-8)."""
        return self.category in RECOGNITION

    @property
    def is_material(self) -> bool:
        """Whether it can be too little or too much (BEN-3)."""
        return self.category in MATERIAL

    def __str__(self) -> str:
        return self.name
