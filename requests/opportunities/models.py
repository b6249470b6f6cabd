"""Deals as the CRM knows them (OPP-1)."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership, validate_currency
from advocacy.tenancy.text import LineField
from advocates.models import Account
from requests.opportunities.choices import Stage


class StageMapping(TenantModel):
    """What a CRM's stage name means here (OPP-1)."""

    crm_stage = models.CharField(_("stage in the CRM"), max_length=100)
    stage = models.CharField(_("means"), max_length=10, choices=Stage)

    class Meta:
        ordering = ["crm_stage"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "crm_stage"], name="stage_mapping_once"),
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values), name="stage_mapping_known"
            ),
        ]


class Opportunity(TenantModel):
    """A deal. ``stage`` is derived from ``crm_stage`` by the tenant's mapping."""

    source = models.CharField(_("source"), max_length=50)
    external_id = models.CharField(_("external id"), max_length=200)
    name = LineField(_("name"), max_length=200)
    account = TenantForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opportunities",
        verbose_name=_("company"),
    )
    prospect_name = LineField(_("prospect"), max_length=200, blank=True, default="")
    crm_stage = models.CharField(_("stage in the CRM"), max_length=100, blank=True, default="")
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.OPEN)
    amount = models.DecimalField(
        _("amount"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, default="", validators=[validate_currency]
    )
    probability = models.PositiveSmallIntegerField(
        _("probability, %"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    kind = LineField(_("type"), max_length=100, blank=True, default="")
    lead_source = LineField(_("lead source"), max_length=100, blank=True, default="")
    owner = TenantForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    opened_on = models.DateField(_("created"), null=True, blank=True)
    closes_on = models.DateField(_("closes"), null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    #: Requests for it are let through, whatever their types need (REQ-4); the log says by whom.
    gate_lifted_at = models.DateTimeField(null=True, editable=False)
    gate_lifted_because = LineField(
        _("why it is let through"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )

    class Meta:
        ordering = ["-closes_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source", "external_id"],
                name="opportunity_identifier_once",
                violation_error_message=_("There is an opportunity with this external id already."),
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values), name="opportunity_stage_known"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "stage", "closes_on"], name="opportunity_by_stage"),
            models.Index(fields=["tenant", "account"], name="opportunity_by_account"),
            # As the list is ordered: the last to close first, what has no day last.
            models.Index(
                "tenant",
                models.F("closes_on").desc(nulls_last=True),
                models.F("id").desc(),
                name="opportunity_by_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """What names it in an address, to the CRM as well: ``source:id``."""
        return f"{self.source}:{self.external_id}"

    @property
    def prospect(self) -> str:
        """The company that might buy."""
        return self.prospect_name or (self.account.name if self.account else "")


class Touchpoint(TenantModel):
    """Something the program did for a deal (OPP-1)."""

    class Kind(models.TextChoices):
        """What it was."""

        REFERENCE = "reference", _("Completed reference")
        SHARE = "share", _("Opened share")
        EVENT = "event", _("Event")

    opportunity = TenantForeignKey(Opportunity, models.PROTECT, related_name="touchpoints")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    activity = TenantForeignKey(Activity, models.PROTECT, null=True, related_name="+")
    #: Whose first open it was.
    share = TenantForeignKey("requests.Share", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "opportunity", "share"], name="touchpoint_once_a_share"
            ),
            models.UniqueConstraint(
                fields=["tenant", "opportunity", "activity"], name="touchpoint_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["reference", "share", "event"]),
                name="touchpoint_kind_known",
            ),
        ]
