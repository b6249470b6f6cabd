"""What an advocate does for the program, from planned to completed (ACT-1, ACT-2)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from activities.activities.choices import ActivityState, NoShowBy
from activities.activities.lifecycle import ACTIVITY
from activities.loops.choices import CameOut
from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.models import ActivityType, Advocate, Participation
from advocates.program.catalogue.choices import TierCredit
from advocates.program.ledger.choices import Origin

#: What a type gives → what becomes of that later: a beta is released, a review posted.
COMES_OUT_AS = {
    "feedback": CameOut.RELEASED,
    "link": CameOut.POSTED,
    "recording": CameOut.RECORDED,
}
_RATING = [MinValueValidator(1), MaxValueValidator(5)]


class Activity(TenantModel):
    """One activity of one advocate; holds the one unit of the ledger that it takes."""

    advocate = TenantForeignKey(Advocate, models.PROTECT, related_name="activities")
    activity_type = TenantForeignKey(
        ActivityType, models.PROTECT, related_name="+", verbose_name=_("type")
    )
    participation = TenantForeignKey(Participation, models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=ActivityState, default=ActivityState.PLANNED
    )
    #: What it was for, in the words of a timeline: a prospect, an event, a review site.
    purpose = LineField(_("for"), max_length=200, blank=True, default="")
    owner = TenantForeignKey(
        Membership, models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )
    planned_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True)
    scheduled_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    location = LineField(_("where or which link"), max_length=300, blank=True, default="")
    happened_at = models.DateTimeField(_("happened"), null=True, blank=True)
    completed_at = models.DateTimeField(null=True, help_text=_("When it was recorded."))
    minutes = models.PositiveIntegerField(
        _("minutes"), null=True, blank=True, validators=[MaxValueValidator(10_000)]
    )
    advocate_rating = models.PositiveSmallIntegerField(
        _("the advocate's rating"), null=True, blank=True, validators=_RATING
    )
    advocate_comment = models.TextField(_("the advocate's comment"), blank=True, default="")
    requester_rating = models.PositiveSmallIntegerField(
        _("the requester's rating"), null=True, blank=True, validators=_RATING
    )
    requester_comment = models.TextField(_("the requester's comment"), blank=True, default="")
    ended_at = models.DateTimeField(null=True, help_text=_("Declined, cancelled or missed."))
    end_reason = models.CharField(max_length=300, blank=True, default="")
    no_show_by = models.CharField(max_length=10, choices=NoShowBy, blank=True, default="")
    #: Where what came of it can be seen: a recording, an article, a review.
    content_url = models.URLField(
        _("link to what came of it"), max_length=500, blank=True, default="", db_default=""
    )
    #: Since when what it was for is out: released, posted, to be seen (AST-3.d).
    out_on = models.DateField(_("out since"), null=True, blank=True)
    is_outside = models.BooleanField(_("outside the program"), default=False)

    class Meta:
        ordering = ["-planned_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "participation"], name="activity_unit_once"),
            ACTIVITY.check("activity_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["completed", "voided"])
                | models.Q(happened_at__isnull=False, completed_at__isnull=False),
                name="activity_completed_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="scheduled")
                | models.Q(starts_at__isnull=False, ends_at__isnull=False),
                name="activity_scheduled_when",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="activity_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(advocate_rating__isnull=True)
                | models.Q(advocate_rating__range=(1, 5)),
                name="activity_advocate_rating_range",
            ),
            models.CheckConstraint(
                condition=models.Q(requester_rating__isnull=True)
                | models.Q(requester_rating__range=(1, 5)),
                name="activity_requester_rating_range",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-planned_at", "-id"], name="activity_recent"),
            models.Index(fields=["tenant", "advocate", "-planned_at"], name="activity_advocate"),
            # As the list is ordered (``listed_activities``).
            models.Index(
                "tenant",
                Coalesce("happened_at", "starts_at", "planned_at"),
                "id",
                name="activity_by_moment",
            ),
            models.Index(
                fields=["tenant", "starts_at"],
                condition=models.Q(state="scheduled"),
                name="activity_calendar",
            ),
        ]

    @property
    def detail(self) -> str:
        """The topic or site it was about, where that is known (CAP-2)."""
        return self.participation.detail

    @property
    def volunteered(self) -> bool:
        """Whether the advocate offered it, so that it takes nothing of the allowance (CAP-1)."""
        return self.participation.origin == Origin.VOLUNTEERED

    @property
    def waits_to_qualify(self) -> bool:
        """Whether it happened and counts for the tier only once it is qualified (TIER-1)."""
        return (
            self.state == ActivityState.COMPLETED
            and self.activity_type.tier_credit == TierCredit.QUALIFIED
            and not self.participation.counts_for_tier
        )

    @property
    def comes_out_as(self) -> str:
        """What comes of it one day (``CameOut``), for a manager to say since when; empty for what
        is told otherwise, or not at all (AST-3.d).
        """
        return COMES_OUT_AS.get(self.activity_type.produces, "")

    @property
    def can_come_out(self) -> bool:
        """Whether somebody may say that it is out."""
        return bool(self.comes_out_as) and self.advocate.erased_at is None

    def __str__(self) -> str:
        return f"{self.activity_type} · {self.purpose}" if self.purpose else str(self.activity_type)
