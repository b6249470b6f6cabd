"""What has to work when something booked begins (FUL-4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField


class SetUp(TenantModel):
    """One booked activity's; made with its booking. The link stands with the booking itself."""

    activity = TenantForeignKey(Activity, models.CASCADE, related_name="set_ups")
    needs_place = models.BooleanField(
        _("needs a meeting link or a room"),
        default=True,
        help_text=_("Not where they speak on the phone."),
    )
    is_recorded = models.BooleanField(_("will be recorded"), default=False)
    consent = LineField(
        _("how the advocate agreed to the recording"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("When and where they said so. Leave on record for video counts by itself."),
    )
    equipment = LineField(
        _("equipment"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("Headset, camera, clicker: what is needed, and who brings it."),
    )
    shared_tool = LineField(
        _("shared tool"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("A whiteboard, a document, a trial account: what both sides have open."),
    )
    needs_test = models.BooleanField(_("is tested beforehand"), default=False)
    tester = TenantForeignKey(
        Membership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who tests it"),
    )
    test_by = models.DateTimeField(
        _("tested by"),
        null=True,
        blank=True,
        help_text=_("Empty for the usual time before it begins."),
    )
    recording_url = models.URLField(
        _("link to the recording"), max_length=500, blank=True, default=""
    )
    recording_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("technical set-up")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "activity"], name="set_up_once"),
            models.CheckConstraint(
                condition=models.Q(recording_url="", recording_at__isnull=True)
                | (~models.Q(recording_url="") & models.Q(recording_at__isnull=False)),
                name="set_up_recording_when",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Technical set-up"))
