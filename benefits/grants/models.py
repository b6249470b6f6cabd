"""Benefits given to people, and for what (BEN-2, BEN-3, BEN-4)."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.models import Account, Advocate
from benefits.budgets.models import Budget
from benefits.catalogue.models import NOT_NEGATIVE, Benefit
from benefits.entitlements.models import Entitlement
from benefits.grants.lifecycle import GRANT, GrantState


class Waits(models.TextChoices):
    """Why somebody has to approve it."""

    BENEFIT = "benefit", _("It always takes an approval")
    TIER = "tier", _("It is meant for other tiers")
    EFFORT = "effort", _("It is meant for more effort")
    POLICY = "policy", _("Nobody knows yet whether their company allows it")
    BUDGET = "budget", _("It is beyond the budget")
    STOCK = "stock", _("There is none left")
    POINTS = "points", _("Somebody chose it in the reward shop")


class Proportion(models.TextChoices):
    """How it compares with what they did (BEN-3.b)."""

    LITTLE = "little", _("Feels insulting")
    FITTING = "fitting", _("In proportion")
    MUCH = "much", _("Feels like payment")


class Channel(models.TextChoices):
    """Where somebody is recognised (BEN-8.b)."""

    NEWSLETTER = "newsletter", _("Newsletter")
    ALL_HANDS = "all_hands", _("All-hands meeting")
    SOCIAL = "social", _("Social media")
    BUSINESS_REVIEW = "business_review", _("Business review")
    WEBSITE = "website", _("Website")
    STAGE = "stage", _("On a stage")
    OTHER = "other", _("Elsewhere")


class Grant(TenantModel):
    """A benefit for one person. Cost and value are those of its day, in the tenant's currency."""

    benefit = TenantForeignKey(
        Benefit, models.PROTECT, related_name="grants", verbose_name=_("what")
    )
    advocate = TenantForeignKey(
        Advocate, models.PROTECT, related_name="grants", verbose_name=_("who")
    )
    #: Where they worked when it was delivered, wherever they work since.
    account = TenantForeignKey(
        Account,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("their company then"),
    )
    occasion = LineField(
        _("occasion"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("A birthday, a promotion, a summit; or leave it empty and tick what they did."),
    )
    cost = models.DecimalField(
        _("cost"), max_digits=10, decimal_places=2, validators=NOT_NEGATIVE, default=Decimal(0)
    )
    value = models.DecimalField(
        _("worth"), max_digits=10, decimal_places=2, validators=NOT_NEGATIVE, default=Decimal(0)
    )
    owner = TenantForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    due_on = models.DateField(_("promised for"))
    channel = models.CharField(
        _("where they are recognised"),
        max_length=16,
        choices=Channel,
        blank=True,
        default="",
        db_default="",
        help_text=_("Of recognition: where it stands or is said."),
    )
    link = models.URLField(
        _("link to it"),
        max_length=500,
        blank=True,
        default="",
        db_default="",
        help_text=_("Where it can be seen; also once it is out."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=GrantState, default=GrantState.PLANNED
    )
    waits_for = ArrayField(
        models.CharField(max_length=10, choices=Waits),
        verbose_name=_("waits because"),
        default=list,
        blank=True,
        editable=False,
    )
    #: What is fitting for the activities it covers; nothing where it covers none (BEN-3).
    guide_low = models.DecimalField(
        _("fitting from"), max_digits=12, decimal_places=2, null=True, editable=False
    )
    guide_high = models.DecimalField(
        _("fitting up to"), max_digits=12, decimal_places=2, null=True, editable=False
    )
    proportion = models.CharField(
        _("proportion"),
        max_length=8,
        choices=Proportion,
        blank=True,
        default="",
        editable=False,
    )
    budget = TenantForeignKey(
        Budget,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="grants",
        verbose_name=_("budget"),
    )
    beyond_reason = LimitedText(
        _("why it is worth going beyond the budget"), max_length=500, blank=True, default=""
    )
    reason = LineField(_("why"), max_length=300, blank=True, default="")
    #: What it follows from, where it belongs to a tier; ``period_on`` begins its period (BEN-2.a).
    entitlement = TenantForeignKey(
        Entitlement, models.PROTECT, null=True, editable=False, related_name="grants"
    )
    period_on = models.DateField(_("period from"), null=True, editable=False)
    #: What it was redeemed for, out of the reward shop, and the press that did it (BEN-7.c).
    points = models.PositiveIntegerField(_("points"), null=True, editable=False)
    redeem_key = models.UUIDField(null=True, editable=False)
    ended_on = models.DateField(_("ended"), null=True, editable=False)
    #: Whether it took one of a stock that was counted, which is put back with it.
    took_stock = models.BooleanField(default=False, db_default=False, editable=False)
    #: Of two records that became one, both had it.
    is_double = models.BooleanField(default=False, editable=False)
    approved_by = TenantForeignKey(
        Membership, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    delivered_at = models.DateTimeField(_("delivered"), null=True, editable=False)
    #: Their own word, and when they said it last; counts in the next suggestion (BEN-9.b).
    liked = models.BooleanField(_("liked it"), null=True, editable=False)
    rated_at = models.DateTimeField(_("rated"), null=True, editable=False)
    created_by = TenantForeignKey(
        Membership, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("planned"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("grant")
        ordering = ["-due_on", "-id"]
        constraints = [
            GRANT.check("grant_state_known"),
            models.CheckConstraint(
                condition=models.Q(proportion__in=["", *Proportion.values]),
                name="grant_proportion_known",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=["", *Channel.values]), name="grant_channel_known"
            ),
            models.CheckConstraint(
                condition=models.Q(cost__gte=0, value__gte=0), name="grant_amounts"
            ),
            models.UniqueConstraint(
                fields=["tenant", "entitlement", "benefit", "advocate", "period_on"],
                condition=models.Q(
                    entitlement__isnull=False, is_double=False, ended_on__isnull=True
                ),
                name="grant_once_a_period",
            ),
            models.CheckConstraint(
                condition=models.Q(liked__isnull=True, rated_at__isnull=True)
                | models.Q(liked__isnull=False, rated_at__isnull=False),
                name="grant_rated_when",
            ),
            models.UniqueConstraint(
                fields=["tenant", "redeem_key"],
                condition=models.Q(redeem_key__isnull=False),
                name="grant_redeemed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-due_on", "-id"], name="grant_by_due"),
            models.Index(fields=["tenant", "advocate", "-created_at"], name="grant_of"),
            models.Index(
                fields=["tenant", "owner", "due_on"],
                condition=models.Q(state__in=["planned", "approved", "ordered"]),
                name="grant_open",
            ),
            models.Index(
                fields=["tenant", "budget"],
                include=["state", "cost"],
                condition=models.Q(budget__isnull=False),
                name="grant_of_budget",
            ),
        ]

    def __str__(self) -> str:
        return self.benefit.name


class GrantActivity(TenantModel):
    """An activity that a grant is given for. Never a review: the database refuses it (BEN-4.a)."""

    grant = TenantForeignKey(Grant, models.CASCADE, related_name="covers")
    activity = TenantForeignKey(Activity, models.PROTECT, related_name="rewards")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "grant", "activity"], name="grant_activity_once"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "activity"], name="grant_activity_of")]
