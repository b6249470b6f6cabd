"""Texts for colleagues, their versions, and who has read which (ENB-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField

LONGEST = 12_000


class Audience(models.TextChoices):
    """For whom it is, and so where it is offered."""

    CSM = "csm", _("Customer success")
    SALES = "sales", _("Sales")


class Material(TenantModel):
    """One text as it is now. Every version is kept beside it."""

    audience = models.CharField(_("for whom"), max_length=8, choices=Audience)
    title = LineField(_("title"), max_length=120)
    body = LimitedText(
        _("text"),
        max_length=LONGEST,
        help_text=_(
            "Markdown: ## before a heading, - before a point, **bold**, [words](https://address)."
        ),
    )
    #: What it was seeded as; a tenant's own has none.
    code = models.SlugField(max_length=40, blank=True, default="", editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("enablement material")
        ordering = ["audience", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"],
                condition=~models.Q(code=""),
                name="material_code_once",
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="material_audience_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MaterialVersion(TenantModel):
    """A text as it was; never changed. A seeded one's first is written with its first change."""

    material = TenantForeignKey(Material, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = LineField(max_length=120)
    body = models.TextField()
    written_by = TenantForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "material", "number"], name="material_version_once"
            )
        ]


class MaterialReading(TenantModel):
    """A colleague has worked through a version."""

    material = TenantForeignKey(Material, models.CASCADE, related_name="readings")
    member = TenantForeignKey(Membership, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "material", "member", "version"], name="material_reading_once"
            )
        ]
