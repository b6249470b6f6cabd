"""One step of approving a piece (APR-1)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.asset_approvals.lifecycle import APPROVAL_STEP, StepKind, StepState
from activities.assets.models import Asset
from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField


class AssetApproval(TenantModel):
    """Who decides about a piece's text, when it is their turn, and what they said.

    Steps of one place in the order are asked at once, those of the next when all of them said yes.
    It holds for one version; when the text changes, the step is planned anew as a row of its own,
    which knows the version that was looked at last.
    """

    asset = TenantForeignKey(
        Asset, models.CASCADE, related_name="approvals", verbose_name=_("piece")
    )
    step = models.CharField(_("for whom"), max_length=13, choices=StepKind)
    position = models.PositiveSmallIntegerField(
        _("place in the order"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    assignee = TenantForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who decides"),
    )
    #: Of the customer's step: who there is asked, on a link.
    contact_name = LineField(_("name at the customer"), max_length=200, blank=True, default="")
    contact_email = models.EmailField(_("their e-mail"), blank=True, default="")
    days = models.PositiveSmallIntegerField(
        _("business days to decide"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    state = models.CharField(_("state"), max_length=8, choices=StepState, default=StepState.PLANNED)
    number = models.PositiveIntegerField(_("version"), null=True)
    seen_number = models.PositiveIntegerField(_("version looked at before"), null=True)
    opened_at = models.DateTimeField(_("asked"), null=True)
    due_at = models.DateTimeField(_("due"), null=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = TenantForeignKey(
        Membership, models.PROTECT, null=True, related_name="+", verbose_name=_("by whom")
    )
    comment = LimitedText(_("comment"), max_length=2000, blank=True, default="")
    created_at = models.DateTimeField(_("planned"), default=clock.now)

    class Meta:
        verbose_name = _("approval of a piece")
        ordering = ["position", "created_at", "id"]
        constraints = [
            APPROVAL_STEP.check("asset_approval_state_known"),
            models.CheckConstraint(
                condition=models.Q(step__in=StepKind.values), name="asset_approval_step_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["waiting", "approved", "refused"])
                | models.Q(number__isnull=False, due_at__isnull=False),
                name="asset_approval_of_a_version",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "asset", "position"], name="asset_approval_of_asset"),
            models.Index(fields=["tenant", "-created_at", "id"], name="asset_approval_recent"),
            models.Index(
                fields=["tenant", "assignee", "due_at"],
                condition=models.Q(state="waiting"),
                name="asset_approval_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.asset}"

    @property
    def who(self) -> str:
        """Who decides, in words; nothing where nobody was named. The advocate without a name, which
        is not for everybody (VIS-1).
        """
        if self.step == StepKind.ADVOCATE:
            return gettext("the advocate")
        if self.step == StepKind.CUSTOMER and self.contact_name:
            return self.contact_name
        return self.assignee.name if self.assignee else self.contact_email
