"""One thing to do about an activity, with person and date (RSP-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from activities.duties.lifecycle import DUTY, DutyState
from activities.playbooks.models import PlaybookStep
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.responsibilities.steps import Step


class Task(models.TextChoices):
    """What of an activity's technical set-up is somebody's (FUL-4)."""

    SET_UP = "set_up", _("Technical set-up")
    UPLOAD = "upload", _("Upload the recording")


class Duty(TenantModel):
    """A step of an activity that is somebody's. Kept up by ``services.arrange``."""

    activity = TenantForeignKey(Activity, models.CASCADE, related_name="duties")
    step = models.CharField(_("what"), max_length=10, choices=Step)
    #: A step of the type's playbook, and its words when the checklist was made (PLB-1).
    item = TenantForeignKey(
        PlaybookStep, models.PROTECT, null=True, related_name="+", verbose_name=_("checklist")
    )
    task = models.CharField(
        _("set-up"), max_length=6, choices=Task, blank=True, default="", db_default=""
    )
    text = LineField(_("in words"), max_length=200, blank=True, default="", db_default="")
    owner = TenantForeignKey(
        Membership, models.PROTECT, null=True, related_name="+", verbose_name=_("whose it is")
    )
    state = models.CharField(_("state"), max_length=7, choices=DutyState, default=DutyState.OPEN)
    due_at = models.DateTimeField(_("due"), null=True, help_text=_("Empty until a time is known."))
    done_at = models.DateTimeField(_("done"), null=True)
    done_by = TenantForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("duty")
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "activity", "step"],
                condition=models.Q(item__isnull=True, task=""),
                name="duty_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "activity", "task"],
                condition=~models.Q(task=""),
                name="duty_task_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "activity", "item"],
                condition=models.Q(item__isnull=False),
                name="duty_item_once",
            ),
            DUTY.check("duty_state_known"),
            models.CheckConstraint(
                condition=models.Q(step__in=Step.values), name="duty_step_known"
            ),
            models.CheckConstraint(
                condition=models.Q(task__in=["", *Task.values]), name="duty_task_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "dropped"], done_at__isnull=True)
                | models.Q(state="done", done_at__isnull=False),
                name="duty_done_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "owner", "due_at"],
                condition=models.Q(state="open"),
                name="duty_open_of",
            ),
            models.Index(fields=["tenant", "due_at", "id"], name="duty_by_due"),
        ]

    def __str__(self) -> str:
        return self.text or str(self.get_task_display() or self.get_step_display())
