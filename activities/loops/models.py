"""The duty to tell an advocate what came of it (AST-3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from activities.loops.choices import CameOut
from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocates.models import Advocate


class LoopDuty(TenantModel):
    """The duty to tell an advocate what came of an activity, opened on completion (ACT-2); or of a
    piece of content alone, opened with its publication where the activity's is not there any more.
    """

    activity = TenantForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="loop_duties"
    )
    asset = TenantForeignKey(
        "activities.Asset", models.PROTECT, null=True, blank=True, related_name="loop_duties"
    )
    owner = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True, help_text=_("Known once there is something to tell."))
    closed_at = models.DateTimeField(null=True)
    closed_by = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    came_out = models.CharField(
        _("what came out"), max_length=9, choices=CameOut, blank=True, default="", db_default=""
    )
    #: What there is to tell, in a few words; and afterwards what was told.
    news = models.CharField(max_length=300, blank=True, default="")
    note = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "activity"], name="loop_duty_once"),
            models.UniqueConstraint(fields=["tenant", "asset"], name="loop_duty_once_of_asset"),
            models.CheckConstraint(
                condition=models.Q(activity__isnull=False) | models.Q(asset__isnull=False),
                name="loop_duty_of_something",
            ),
            models.CheckConstraint(
                condition=models.Q(came_out__in=["", *CameOut.values]),
                name="loop_duty_came_out_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "due_at"],
                condition=models.Q(closed_at__isnull=True),
                name="loop_duty_open",
            ),
        ]

    @property
    def advocate(self) -> Advocate:
        """Who is to hear of it."""
        source = self.activity or self.asset
        assert source is not None  # noqa: S101 - a constraint
        return source.advocate

    @property
    def about(self) -> list[models.Model]:
        """The further records on whose timelines it appears."""
        of = [row for row in (self.activity, self.asset) if row is not None]
        return [*of, self.advocate, self.advocate.account]

    @property
    def seen_at(self) -> str:
        """Where what came out can be seen; empty where nobody said."""
        if self.asset is not None:
            return self.asset.published_url
        return self.activity.content_url if self.activity else ""
