"""Who is away, from when until when, and who stands in (ID-1.c)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel


class AbsenceState(models.TextChoices):
    """Whether it holds; that it is over its last day says."""

    STANDING = "standing", _("Planned")
    CALLED_OFF = "called_off", _("Called off")


class Absence(TenantModel):
    """A colleague is away, both days included, by the company's calendar; somebody stands in.

    Nothing of theirs changes hands. Who has it meanwhile is asked of ``tenancy.delegation``.
    """

    # Blank, since who leaves it out means themselves.
    member = TenantForeignKey(
        "tenancy.Membership",
        models.PROTECT,
        related_name="absences",
        verbose_name=_("who is away"),
        blank=True,
    )
    delegate = TenantForeignKey(
        "tenancy.Membership", models.PROTECT, related_name="+", verbose_name=_("who stands in")
    )
    starts_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("last day away"))
    state = models.CharField(
        _("state"), max_length=10, choices=AbsenceState, default=AbsenceState.STANDING
    )
    created_at = models.DateTimeField(_("recorded"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("absence")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=AbsenceState.values), name="absence_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="absence_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~models.Q(delegate=models.F("member")),
                name="absence_delegate_is_another",
                violation_error_message=_("Choose a colleague: nobody stands in for themselves."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "ends_on"],
                condition=models.Q(state="standing"),
                name="absence_standing",
            ),
        ]

    def __str__(self) -> str:
        return _("%(name)s is away") % {"name": self.member.name}
