"""Thank-yous and their reminders (THX-1 to THX-4)."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.models import Activity
from advocacy import clock
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from advocates.program.catalogue.choices import Effort
from benefits.thanks.choices import ReminderStage, ThankYouChannel, ThankYouKind, ThankYouState
from benefits.thanks.lifecycle import THANK_YOU


class ThankYou(TenantModel):
    """The duty to thank an advocate for one activity, opened with its completion."""

    activity = TenantForeignKey(Activity, models.PROTECT, related_name="thank_yous")
    advocate = TenantForeignKey(Advocate, models.PROTECT, related_name="thank_yous")
    kind = models.CharField(max_length=10, choices=ThankYouKind)
    effort = models.CharField(max_length=10, choices=Effort)
    owner = TenantForeignKey(
        Membership, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("owner")
    )
    state = models.CharField(
        gettext_lazy("state"), max_length=8, choices=ThankYouState, default=ThankYouState.OPEN
    )
    happened_at = models.DateTimeField()
    opened_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(gettext_lazy("due"))
    channel = models.CharField(max_length=10, choices=ThankYouChannel, blank=True, default="")
    personal_line = models.TextField(gettext_lazy("personal line"), blank=True, default="")
    message = models.TextField(blank=True, default="")
    done_at = models.DateTimeField(null=True)
    done_by = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    mail = TenantForeignKey(OutgoingMail, models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, help_text=gettext_lazy("The mail bounced."))

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "activity", "kind"], name="thank_you_once_per_kind"
            ),
            THANK_YOU.check("thank_you_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | (~models.Q(state="done") & models.Q(done_at__isnull=True)),
                name="thank_you_done_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "due_at"],
                condition=models.Q(state="open"),
                name="thank_you_open",
            ),
            models.Index(fields=["tenant", "advocate", "-due_at"], name="thank_you_advocate"),
            models.Index(fields=["tenant", "due_at", "id"], name="thank_you_by_due"),
        ]

    def __str__(self) -> str:
        return _("%(what)s to %(name)s") % {
            "what": self.get_kind_display(),
            "name": self.advocate.name,
        }


class ThankYouReminder(TenantModel):
    """One reminder at one moment; the row is the promise that it goes out once (THX-2)."""

    thank_you = TenantForeignKey(ThankYou, models.CASCADE, related_name="reminders")
    stage = models.CharField(max_length=4, choices=ReminderStage)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    was_late = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "thank_you", "stage"], name="thank_you_reminder_once"
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=ReminderStage.values), name="reminder_stage_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "due_at"],
                condition=models.Q(fired_at__isnull=True, cancelled_at__isnull=True),
                name="thank_you_reminder_due",
            ),
        ]
