"""Customer companies and what is known of them (ACC-1, ACC-2)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership, validate_currency
from advocacy.tenancy.text import LineField
from advocates.accounts.choices import Lifecycle, Region, Segment, TagKind
from advocates.people.choices import Disclosure

_SCORE = [MinValueValidator(0), MaxValueValidator(100)]
_NPS = [MinValueValidator(0), MaxValueValidator(10)]


class Tag(TenantModel):
    """One word of the tenant's vocabulary: a product, use case, topic or competitor.

    Rows joined by ``=`` rather than arrays, because array operators lose their index under a
    row-level policy.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=TagKind)
    name = LineField(_("name"), max_length=100)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "kind", "name"], name="tag_once_per_kind"),
            models.CheckConstraint(
                condition=models.Q(kind__in=TagKind.values), name="tag_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Account(TenantModel):
    """A company: customer, prospect or former customer (ACC-1)."""

    name = LineField(_("name"), max_length=200)
    lifecycle = models.CharField(
        _("lifecycle"), max_length=10, choices=Lifecycle, default=Lifecycle.PROSPECT
    )
    domain = LineField(_("web domain"), max_length=200, blank=True, default="")
    industry = LineField(_("industry"), max_length=100, blank=True, default="")
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    segment = models.CharField(_("segment"), max_length=12, choices=Segment, blank=True, default="")
    segment_is_set = models.BooleanField(
        default=False, help_text=_("Set by hand; not derived from the number of employees.")
    )
    city = LineField(_("city"), max_length=100, blank=True, default="")
    state = LineField(_("state or province"), max_length=100, blank=True, default="")
    country = models.CharField(
        _("country"), max_length=2, blank=True, default="", help_text=_("Two-letter code.")
    )
    region = models.CharField(_("region"), max_length=8, choices=Region, blank=True, default="")
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    customer_since = models.DateField(_("customer since"), null=True, blank=True)
    renewal_on = models.DateField(_("renewal date"), null=True, blank=True)
    annual_value = models.DecimalField(
        _("annual value"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, default="", validators=[validate_currency]
    )
    health = models.PositiveSmallIntegerField(
        _("health score"), null=True, blank=True, validators=_SCORE
    )
    health_on = models.DateField(_("health score of"), null=True, blank=True)
    adoption = models.PositiveSmallIntegerField(
        _("adoption"), null=True, blank=True, validators=_SCORE
    )
    adoption_on = models.DateField(_("adoption of"), null=True, blank=True)
    nps = models.PositiveSmallIntegerField(_("last NPS"), null=True, blank=True, validators=_NPS)
    nps_on = models.DateField(_("last NPS of"), null=True, blank=True)
    owner = TenantForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner (CSM)"),
    )
    # Company policy; None means unknown and needs confirmation.
    advocacy_allowed = models.BooleanField(_("advocacy allowed"), null=True, blank=True)
    gifts_allowed = models.BooleanField(_("gifts allowed"), null=True, blank=True)
    gift_maximum = models.DecimalField(
        _("highest gift value"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    gift_maximum_year = models.DecimalField(
        _("highest gift value per person and year"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
    )
    public_mention_allowed = models.BooleanField(
        _("public mention and logo allowed"), null=True, blank=True
    )
    speaking_needs_approval = models.BooleanField(
        _("speaking needs approval"), null=True, blank=True
    )
    policy_notes = models.TextField(_("policy notes"), blank=True, default="")
    disclosure = models.CharField(
        _("sales may see names"), max_length=16, choices=Disclosure, blank=True, default=""
    )
    #: Designated by hand: what its people give is known inside the company (ACC-1).
    strategic_on = models.DateField(_("strategic since"), null=True, blank=True)
    strategic_reason = LineField(
        _("why it is strategic"), max_length=300, blank=True, default="", db_default=""
    )
    notes = models.TextField(_("notes"), blank=True, default="")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lifecycle__in=Lifecycle.values), name="account_lifecycle_known"
            ),
            models.CheckConstraint(
                condition=models.Q(health__isnull=True) | models.Q(health__lte=100),
                name="account_health_range",
            ),
            models.CheckConstraint(
                condition=models.Q(nps__isnull=True) | models.Q(nps__lte=10),
                name="account_nps_range",
            ),
            models.CheckConstraint(
                condition=models.Q(adoption__isnull=True) | models.Q(adoption__lte=100),
                name="account_adoption_range",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "name", "id"], name="account_by_name"),
            models.Index(fields=["tenant", "industry"], name="account_by_industry"),
            models.Index(fields=["tenant", "owner"], name="account_by_owner"),
        ]

    def __str__(self) -> str:
        return self.name


class AccountIdentifier(TenantModel):
    """An account's id in another system (ACC-1, API-4)."""

    account = TenantForeignKey(Account, models.CASCADE, related_name="identifiers")
    source = models.CharField(_("source"), max_length=50)
    external_id = models.CharField(_("external id"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source", "external_id"], name="account_identifier_once"
            ),
        ]


class AccountTag(TenantModel):
    """A product or use case of an account."""

    account = TenantForeignKey(Account, models.CASCADE, related_name="account_tags")
    tag = TenantForeignKey(Tag, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "account", "tag"], name="account_tag_once"),
        ]


class AccountHold(TenantModel):
    """Nobody at this account is asked while it lasts (ACC-2)."""

    account = TenantForeignKey(Account, models.CASCADE, related_name="holds")
    reason = models.CharField(_("reason"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    placed_by = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="account_hold_order",
            ),
        ]


class RevenueEvent(TenantModel):
    """A dated renewal, churn or expansion with its amount (ACC-1)."""

    class Kind(models.TextChoices):
        """What happened to the contract."""

        RENEWAL = "renewal", _("Renewal")
        EXPANSION = "expansion", _("Expansion")
        CHURN = "churn", _("Churn")

    account = TenantForeignKey(Account, models.CASCADE, related_name="revenue_events")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    on = models.DateField(_("date"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, validators=[validate_currency])

    class Meta:
        ordering = ["-on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["renewal", "expansion", "churn"]),
                name="revenue_event_kind_known",
            ),
        ]
