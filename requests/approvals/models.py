"""Which requests need an approval, and the approvals themselves (REQ-3.b)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership, validate_currency
from advocacy.tenancy.roles import Role
from advocacy.tenancy.text import LineField
from advocates.models import ActivityType
from requests.approvals.lifecycle import APPROVAL, ApprovalState
from requests.requests.models import Request


class ApprovalRule(TenantModel):
    """Requests of this type, for a deal this big, or against the company's policy. What is left
    empty is not asked for; all that is said has to be true. ``currency`` blank is the tenant's.
    """

    activity_type = TenantForeignKey(
        ActivityType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("what is asked for"),
    )
    min_amount = models.DecimalField(
        _("amount of the deal, from"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, default="", validators=[validate_currency]
    )
    on_policy = models.BooleanField(
        _("only where the company's policy speaks against it"), default=False
    )
    approver_role = models.CharField(_("who approves"), max_length=20, choices=Role)
    is_on = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(
        _("place in the order"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
    )
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("approval rule")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approver_role__in=Role.values), name="approval_rule_role_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity_type or _("Any request"))


class Approval(TenantModel):
    """One question to one colleague about one request: may somebody be asked?

    It covers what the request was when it was given: this type, this deal, up to this amount.
    """

    request = TenantForeignKey(Request, models.PROTECT, related_name="approvals")
    rule = TenantForeignKey(ApprovalRule, models.PROTECT, related_name="+")
    approver = TenantForeignKey(
        Membership, models.PROTECT, related_name="+", verbose_name=_("who decides")
    )
    activity_type = TenantForeignKey(ActivityType, models.PROTECT, related_name="+")
    opportunity = TenantForeignKey(
        "requests.Opportunity", models.PROTECT, null=True, related_name="+"
    )
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=10, choices=ApprovalState, default=ApprovalState.WAITING
    )
    reason = LineField(_("reason"), max_length=300, blank=True, default="")
    opened_at = models.DateTimeField(_("since"), default=clock.now)
    due_at = models.DateTimeField(_("due"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = TenantForeignKey(
        Membership, models.PROTECT, null=True, related_name="+", verbose_name=_("by whom")
    )

    class Meta:
        verbose_name = _("approval")
        ordering = ["due_at", "id"]
        constraints = [
            APPROVAL.check("approval_state_known"),
            models.UniqueConstraint(
                fields=["tenant", "request"],
                condition=models.Q(state="waiting"),
                name="approval_one_waits",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "request", "-opened_at"], name="approval_of_request"),
            models.Index(
                fields=["tenant", "approver", "due_at"],
                condition=models.Q(state="waiting"),
                name="approval_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.request.reference

    @property
    def about(self) -> list[models.Model]:
        """The further records on whose timelines it appears."""
        return [self.request, *self.request.about]
