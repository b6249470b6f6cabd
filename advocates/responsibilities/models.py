"""What a tenant changed of who does what, and whose program it is (RSP-1)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.tenancy.text import LineField
from advocates.program.catalogue.models import ActivityType
from advocates.responsibilities.steps import Step


class ResponsibleRole(TenantModel):
    """Another role than the usual one for a step, of one type or (none named) of every type."""

    activity_type = TenantForeignKey(
        ActivityType, models.CASCADE, null=True, related_name="responsible_roles"
    )
    step = models.CharField(_("step"), max_length=10, choices=Step)
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("responsible role")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "activity_type", "step"],
                nulls_distinct=False,
                name="responsible_role_once",
            ),
            models.CheckConstraint(
                condition=models.Q(step__in=Step.values), name="responsible_role_step_known"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="responsible_role_known"
            ),
        ]


class Program(TenantModel):
    """The program as a whole: what it is called, and who answers for it. One row a tenant."""

    name = LineField(_("what the program is called"), max_length=100, blank=True, default="")
    owner = TenantForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who answers for it"),
    )

    #: Where it stands in its first three months (ACT-3): foundation, pilot, growth.
    month = models.PositiveSmallIntegerField(_("month"), default=1)
    month_since = models.DateTimeField(_("since"), null=True)
    #: Somebody looked at what may be asked for, and found it right.
    types_chosen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("program")
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="program_once"),
            models.CheckConstraint(
                condition=models.Q(month__range=(1, 3)), name="program_month_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("The program"))


class WorkingShare(TenantModel):
    """How much of a program manager's working time the program has; all of it without a row."""

    member = TenantForeignKey(Membership, models.CASCADE, related_name="working_shares")
    percent = models.PositiveSmallIntegerField(
        _("share of working time"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = _("working share")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "member"], name="working_share_once"),
            models.CheckConstraint(
                condition=models.Q(percent__range=(1, 100)), name="working_share_range"
            ),
        ]
