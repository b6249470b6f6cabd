"""What a requester writes to the advocate after their call (THX-5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from advocacy import clock
from advocacy.messaging.models import OutgoingMail
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from benefits.sales_thanks.lifecycle import SALES_THANKS, SalesThanksState

LONGEST = 1000


class SalesThanks(TenantModel):
    """A requester's word of thanks for one activity; the owner may hold it back before it goes."""

    activity = TenantForeignKey(
        Activity, models.CASCADE, related_name="sales_thanks", verbose_name=_("what for")
    )
    sender = TenantForeignKey(
        Membership, models.PROTECT, related_name="+", verbose_name=_("from whom")
    )
    #: Whose thank-you it stands beside, and to whom answers come.
    owner = TenantForeignKey(
        Membership, models.PROTECT, null=True, related_name="+", verbose_name=_("looked at by")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=SalesThanksState, default=SalesThanksState.WAITING
    )
    message = LimitedText(_("your words"), max_length=LONGEST)
    written_at = models.DateTimeField(_("written"), default=clock.now)
    sends_at = models.DateTimeField(_("goes out"))
    sent_at = models.DateTimeField(_("went out"), null=True)
    mail = TenantForeignKey(OutgoingMail, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("thanks from sales")
        ordering = ["-written_at", "id"]
        constraints = [
            SALES_THANKS.check("sales_thanks_state_known"),
            models.UniqueConstraint(
                fields=["tenant", "activity"],
                condition=~models.Q(state="taken_back"),
                name="sales_thanks_once",
                violation_error_message=_("You have added your thanks to this already."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "owner", "sends_at"],
                condition=models.Q(state="waiting"),
                name="sales_thanks_waiting",
            ),
            models.Index(fields=["tenant", "written_at", "id"], name="sales_thanks_by_written"),
        ]

    def __str__(self) -> str:
        # Without the advocate, whose name is not for everybody (VIS-1).
        return str(self.activity)
