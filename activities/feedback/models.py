"""One side's feedback. Rating and words are the activity's own (ACT-2.a), and stand there only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from activities.feedback.lifecycle import FEEDBACK, Again, FeedbackState, Side
from activities.settings import Fulfilment
from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current

LONGEST = 2000


class Feedback(TenantModel):
    """How it was for one side of an activity: asked once, given on a link, editable for a while."""

    activity = TenantForeignKey(Activity, models.CASCADE, related_name="feedback")
    side = models.CharField(_("side"), max_length=9, choices=Side)
    #: Who asked for the activity; nobody for the advocate's side.
    member = TenantForeignKey(
        Membership, models.SET_NULL, null=True, related_name="+", verbose_name=_("requester")
    )
    state = models.CharField(
        _("state"), max_length=7, choices=FeedbackState, default=FeedbackState.ASKED
    )
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    closes_at = models.DateTimeField(_("open until"))
    given_at = models.DateTimeField(_("given"), null=True)
    again = models.CharField(
        _("would do it again"), max_length=5, choices=Again, blank=True, default=""
    )
    handled_at = models.DateTimeField(_("looked at"), null=True)
    handled_by = TenantForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    note = LimitedText(_("what was done about it"), max_length=LONGEST, blank=True, default="")

    class Meta:
        verbose_name = _("feedback")
        ordering = ["-asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "activity", "side"], name="feedback_once_per_side"
            ),
            FEEDBACK.check("feedback_state_known"),
            models.CheckConstraint(
                condition=models.Q(side__in=Side.values), name="feedback_side_known"
            ),
            models.CheckConstraint(
                condition=models.Q(again__in=["", *Again.values]), name="feedback_again_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked", given_at__isnull=True)
                | (~models.Q(state="asked") & models.Q(given_at__isnull=False)),
                name="feedback_given_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "member", "closes_at"],
                condition=models.Q(state="asked"),
                name="feedback_asked_of",
            ),
            models.Index(
                fields=["tenant", "given_at"],
                condition=models.Q(state="given"),
                name="feedback_given",
            ),
            models.Index(fields=["tenant", "asked_at", "id"], name="feedback_by_asked"),
        ]

    def __str__(self) -> str:
        # Without the advocate, whose name is not for everybody (VIS-1).
        return str(self.activity)

    @property
    def rating(self) -> int | None:
        """1 to 5, as the activity has it."""
        found: int | None = getattr(self.activity, f"{self.side}_rating")
        return found

    @property
    def comment(self) -> str:
        """In their own words, as the activity has it."""
        return str(getattr(self.activity, f"{self.side}_comment"))

    @property
    def is_low(self) -> bool:
        """Whether the program looks into it."""
        return self.rating is not None and self.rating <= current(Fulfilment).low_rating
