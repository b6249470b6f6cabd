"""The ledger of participation and the rows its guard locks (CAP-1, CAP-2, CAP-7).

The guard itself is a trigger; migrations 0002, 0006 and 0008 hold it, ``docs/decisions`` says why.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocates.accounts.models import Account
from advocates.people.models import Advocate
from advocates.program.catalogue.choices import Effort
from advocates.program.catalogue.models import ActivityType
from advocates.program.ledger.choices import GuardMode, Origin, ReleaseReason, UnitState


class ProgramPolicy(TenantModel):
    """The tenant's guardrails (CAP-1 to CAP-5, CAP-7). One row per tenant.

    Each has a mode: whether the guard refuses what is beyond it, or a written reason passes it
    (CAP-5). The yearly cap has none: it always blocks (CAP-1).
    """

    yearly_cap = models.PositiveSmallIntegerField(_("activities a year per advocate"), default=6)
    asks_per_year = models.PositiveSmallIntegerField(_("asks a year per advocate"), default=12)
    asks_per_90_days = models.PositiveSmallIntegerField(_("asks in any 90 days"), default=2)
    days_between_asks = models.PositiveSmallIntegerField(_("days between asks"), default=21)
    cooling_days = models.PositiveSmallIntegerField(
        _("days of rest after two unanswered or declined in a row"), default=60
    )
    account_units_per_year = models.PositiveSmallIntegerField(
        _("activities a year per account"), default=12
    )
    account_open = models.PositiveSmallIntegerField(
        _("open activities per account at a time"), default=3
    )
    recovery_days = models.PositiveSmallIntegerField(
        _("days without any ask after a high-effort activity"), default=14
    )
    recovery_low_days = models.PositiveSmallIntegerField(
        _("days with low-effort asks only after a high-effort activity"), default=45
    )
    asked_per_year = models.PositiveSmallIntegerField(
        _("asked activities of any type a year per advocate"), default=6
    )
    counts_free_types = models.BooleanField(
        _("types that take no unit count among these"), default=True
    )
    pool_per_year = models.PositiveSmallIntegerField(
        _("invitations a year per member of the community pool"), default=2
    )
    pool_gap_days = models.PositiveSmallIntegerField(
        _("days between two invitations to the pool"), default=91
    )
    pacing_mode = models.CharField(
        _("pacing"), max_length=5, choices=GuardMode, default=GuardMode.BLOCK
    )
    recovery_mode = models.CharField(
        _("recovery"), max_length=5, choices=GuardMode, default=GuardMode.BLOCK
    )
    limits_mode = models.CharField(
        _("limits of a type"), max_length=5, choices=GuardMode, default=GuardMode.BLOCK
    )
    frequency_mode = models.CharField(
        _("stated reference frequency"), max_length=5, choices=GuardMode, default=GuardMode.BLOCK
    )
    variety_mode = models.CharField(
        _("the same type twice in a row"),
        max_length=5,
        choices=GuardMode,
        default=GuardMode.WARN,
    )
    ladder_mode = models.CharField(
        _("a step of effort left out"), max_length=5, choices=GuardMode, default=GuardMode.WARN
    )
    grace_days = models.PositiveSmallIntegerField(_("days of grace before a demotion"), default=90)
    health_hold_below = models.PositiveSmallIntegerField(
        _("account health that holds by itself"), default=60
    )
    health_warn_below = models.PositiveSmallIntegerField(_("account health that warns"), default=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant"], name="program_policy_once")]


class Capacity(TenantModel):
    """An advocate's allowance; the row every take must touch.

    ``allowance`` is the lower of the tenant's cap and the advocate's own, ``reference_gap_days``
    follows the stated frequency; the preference service keeps both. ``version`` exists to be
    changed: an UPDATE conflicts under every isolation level, a lock alone does not.
    """

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="capacities")
    allowance = models.PositiveSmallIntegerField()
    reference_gap_days = models.PositiveSmallIntegerField(default=91)
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "advocate"], name="capacity_once"),
        ]


class AccountCapacity(TenantModel):
    """The row that takes over all people of one account touch (CAP-7)."""

    account = TenantForeignKey(Account, models.CASCADE, related_name="capacities")
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "account"], name="account_capacity_once"),
        ]


class Participation(TenantModel):
    """One thing asked of or given by an advocate: a row of the one ledger.

    What asks, activities, boards and campaigns hold a unique foreign key *to*. ``effort``,
    ``units`` and ``counts_for_tier`` are copied from the type when taken, so that editing the
    catalogue never rewrites history. Rows are never deleted; finished rows are final, except
    that a completion recorded in error can be voided (TIER-7).
    """

    advocate = TenantForeignKey(Advocate, models.PROTECT, related_name="participations")
    account = TenantForeignKey(Account, models.PROTECT, related_name="participations")
    activity_type = TenantForeignKey(ActivityType, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=12, choices=Origin)
    state = models.CharField(max_length=10, choices=UnitState, default=UnitState.OPEN)
    units = models.PositiveSmallIntegerField()
    effort = models.CharField(max_length=10, choices=Effort)
    counts_for_tier = models.BooleanField()
    is_reference = models.BooleanField()
    detail = models.CharField(
        max_length=100, blank=True, default="", help_text=_("Topic of a testimonial, review site.")
    )
    minutes = models.PositiveIntegerField(null=True)
    taken_at = models.DateTimeField(default=clock.now)
    completed_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    #: When a release was last taken back; the guard writes it.
    reopened_at = models.DateTimeField(null=True, editable=False)
    release_reason = models.CharField(max_length=16, choices=ReleaseReason, blank=True, default="")
    override_reason = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=_("Why it was asked for although a guardrail warned."),
    )
    void_reason = models.CharField(max_length=300, blank=True, default="")
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=UnitState.values), name="participation_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(origin__in=Origin.values), name="participation_origin_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["completed", "voided"], completed_at__isnull=False)
                | models.Q(state__in=["open", "released"], completed_at__isnull=True),
                name="participation_completed_at",
            ),
            models.CheckConstraint(
                condition=models.Q(state="released", released_at__isnull=False)
                | (~models.Q(state="released") & models.Q(released_at__isnull=True)),
                name="participation_released_at",
            ),
            models.CheckConstraint(
                condition=models.Q(origin="asked")
                | models.Q(units=0)
                | models.Q(origin__in=["outside", "imported"]),
                name="participation_volunteered_is_free",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "advocate", "completed_at"],
                include=["activity_type", "state", "units", "taken_at", "effort"],
                condition=models.Q(state__in=["open", "completed"]),
                name="participation_counting",
            ),
            models.Index(
                fields=["tenant", "advocate", "taken_at"],
                condition=models.Q(origin="asked"),
                name="participation_asked",
            ),
            models.Index(
                fields=["tenant", "account", "completed_at"],
                include=["state", "units"],
                condition=models.Q(state__in=["open", "completed"]),
                name="participation_account",
            ),
            models.Index(
                fields=["tenant", "completed_at"],
                condition=models.Q(state="completed"),
                name="participation_recent",
            ),
        ]
