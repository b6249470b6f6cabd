"""What may be asked of an advocate: the activity catalogue (spec.md, section 5)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.text import LineField
from advocates.people.choices import Comfort, Importance
from advocates.program.catalogue.choices import (
    Approval,
    Effort,
    Produces,
    Reach,
    Rewards,
    TierCredit,
)
from advocates.program.catalogue.reviews import REVIEW, speaks_of_review

#: Types that carry a topic or site also where the tenant limits none (REQ-1).
_ABOUT_SOMETHING = frozenset({"testimonial", "guest_article", "review"})
IS_REVIEW = models.Q(code__iregex=REVIEW) | models.Q(name__iregex=REVIEW)


class ActivityType(TenantModel):
    """One kind of activity with its effort, limits and rules. Seeded per tenant, editable."""

    code = models.SlugField(_("code"), max_length=40)
    name = LineField(_("name"), max_length=100)
    description = models.TextField(_("what is involved"), blank=True, default="")
    steps = LimitedText(
        _("how it goes, step by step"),
        max_length=2000,
        blank=True,
        default="",
        db_default="",
    )
    gives_back = LimitedText(
        _("what is in it for the advocate"), max_length=500, blank=True, default=""
    )
    importance = models.CharField(_("importance"), max_length=10, choices=Importance)
    effort = models.CharField(_("effort"), max_length=10, choices=Effort)
    minutes_low = models.PositiveIntegerField(_("minutes, at least"))
    minutes_high = models.PositiveIntegerField(_("minutes, at most"))
    units = models.PositiveSmallIntegerField(_("units of the yearly allowance"), default=1)
    tier_credit = models.CharField(_("counts for tiers"), max_length=10, choices=TierCredit)
    rewards = models.CharField(_("rewards"), max_length=8, choices=Rewards)
    # CAP-2: limits per advocate; empty means none.
    per_year = models.PositiveSmallIntegerField(_("at most a year"), null=True, blank=True)
    per_detail_per_year = models.PositiveSmallIntegerField(
        _("at most a year for the same topic or site"), null=True, blank=True
    )
    at_once = models.PositiveSmallIntegerField(_("at most at a time"), null=True, blank=True)
    gap_days = models.PositiveSmallIntegerField(_("days between two"), null=True, blank=True)
    warn_gap_days = models.PositiveSmallIntegerField(
        _("warn under this many days between two"), null=True, blank=True
    )
    is_reference = models.BooleanField(
        _("keeps the advocate's stated reference frequency"), default=False
    )
    needs_comfort = ArrayField(
        models.CharField(max_length=16, choices=Comfort), default=list, blank=True
    )
    default_approvals = ArrayField(
        models.CharField(max_length=20, choices=Approval), default=list, blank=True
    )
    produces = models.CharField(
        _("produces"), max_length=20, choices=Produces, blank=True, default=""
    )
    reach = models.CharField(
        _("who may be asked for it"),
        max_length=10,
        choices=Reach,
        default=Reach.GLOBAL,
        db_default=Reach.GLOBAL,
    )
    is_on = models.BooleanField(_("can be requested"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="activity_type_code_once"),
            models.CheckConstraint(
                condition=models.Q(effort__in=Effort.values), name="activity_type_effort_known"
            ),
            models.CheckConstraint(
                condition=models.Q(reach__in=Reach.values), name="activity_type_reach_known"
            ),
            models.CheckConstraint(
                condition=models.Q(minutes_high__gte=models.F("minutes_low")),
                name="activity_type_minutes_order",
                violation_error_message=_("The most minutes cannot be fewer than the least."),
            ),
            # BEN-4, fixed: a review is never rewarded and never earns a tier.
            models.CheckConstraint(
                condition=~IS_REVIEW | models.Q(rewards="never", tier_credit="no"),
                name="review_never_rewarded",
                violation_error_message=_("A review is never rewarded and never counts."),
            ),
            # BEN-4, fixed: whoever is asked for a review is promised nothing.
            models.CheckConstraint(
                condition=~IS_REVIEW | models.Q(gives_back=""),
                name="review_promises_nothing",
                violation_error_message=_("Nobody is promised anything for a review."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def step_list(self) -> list[str]:
        """How it goes, as its page tells the advocate (CAT-1)."""
        return [line.strip() for line in self.steps.splitlines() if line.strip()]

    @property
    def carries_detail(self) -> bool:
        """Whether each one is about a topic or on a site, and has to say which (REQ-1, CAP-2)."""
        return self.per_detail_per_year is not None or self.code in _ABOUT_SOMETHING

    @property
    def is_review(self) -> bool:
        """Whether it is an opinion on a site, whatever its code is called (BEN-4)."""
        return speaks_of_review(self.code) or speaks_of_review(self.name)

    @property
    def is_on_site(self) -> bool:
        """Whether what it carries is a site; a topic otherwise."""
        return self.is_review

    @property
    def minutes_midpoint(self) -> int:
        """What is assumed when nobody wrote down how long it took (TIER-2)."""
        return (self.minutes_low + self.minutes_high) // 2
