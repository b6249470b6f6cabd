"""One booked slot and what both sides say became of it (ACT-4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from activities.slot_checks.lifecycle import SLOT_CHECK, CheckState, Says
from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership


class SlotCheck(TenantModel):
    """Did it happen? Asked once a booked slot is over, of the advocate and of who asked for it."""

    activity = TenantForeignKey(Activity, models.CASCADE, related_name="slot_checks")
    starts_at = models.DateTimeField(_("began"))
    ends_at = models.DateTimeField(_("ended"))
    #: Nobody for what an advocate offered.
    requester = TenantForeignKey(
        Membership, models.SET_NULL, null=True, related_name="+", verbose_name=_("requester")
    )
    #: Nobody asks on a link who wants no mail, or has no address (ADV-2).
    asks_advocate = models.BooleanField(default=True)
    state = models.CharField(_("state"), max_length=7, choices=CheckState, default=CheckState.ASKED)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    #: When what was said by then is enough, or the manager decides.
    weigh_at = models.DateTimeField(_("decided by"))
    advocate_says = models.CharField(
        _("the advocate says"), max_length=15, choices=Says, blank=True, default=""
    )
    advocate_said_at = models.DateTimeField(null=True)
    requester_says = models.CharField(
        _("the requester says"), max_length=15, choices=Says, blank=True, default=""
    )
    requester_said_at = models.DateTimeField(null=True)
    #: Empty where it was called off.
    came_out = models.CharField(_("came out"), max_length=15, choices=Says, blank=True, default="")
    settled_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        verbose_name = _("question whether it happened")
        ordering = ["-starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "activity", "starts_at"], name="slot_check_once"
            ),
            SLOT_CHECK.check("slot_check_state_known"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{name}__in": ["", *Says.values]}),
                    name=f"slot_check_{name}_known",
                )
                for name in ("advocate_says", "requester_says", "came_out")
            ),
            models.CheckConstraint(
                condition=models.Q(state="settled", settled_at__isnull=False)
                | (~models.Q(state="settled") & models.Q(settled_at__isnull=True)),
                name="slot_check_settled_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "weigh_at"],
                condition=models.Q(state="asked"),
                name="slot_check_due",
            ),
            models.Index(fields=["tenant", "starts_at", "id"], name="slot_check_by_start"),
        ]

    def __str__(self) -> str:
        # Without the advocate, whose name is not for everybody (VIS-1).
        return str(self.activity)

    @property
    def asked_of(self) -> list[str]:
        """Which sides were asked."""
        sides = {"advocate": self.asks_advocate, "requester": self.requester_id is not None}  # type: ignore[attr-defined]
        return [side for side, is_asked in sides.items() if is_asked]

    def said_by(self, side: str) -> str:
        """What a side says, or nothing yet."""
        return str(getattr(self, f"{side}_says"))
