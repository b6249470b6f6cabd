"""Points of people: a ledger that only grows, and where everybody stands by it (BEN-7.a).

The database keeps both (``benefits`` migration ``points_guard``): a row of the ledger is never
changed but where two people's records became one, a review earns nothing, a reversal undoes one row
once, and whoever redeems has what it takes. Decision 0045.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from benefits.points.choices import Source


class PointEntry(TenantModel):
    """Points earned, redeemed (below zero), or taken back; each milestone of a source once."""

    advocate = TenantForeignKey(
        Advocate, models.PROTECT, related_name="point_entries", verbose_name=_("who")
    )
    source = models.CharField(_("for"), max_length=10, choices=Source)
    #: The activity, badge or grant; of what is given by hand an id of its own.
    source_id = models.UUIDField(editable=False)
    milestone = models.CharField(max_length=20, editable=False)
    points = models.IntegerField(_("points"))
    #: The row that this one undoes.
    reverses = models.UUIDField(null=True, editable=False)
    by = TenantForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    #: Of two records that became one, both had it; it counts once.
    is_double = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("points")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "advocate", "source", "source_id", "milestone"],
                condition=models.Q(is_double=False),
                name="points_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "reverses"],
                condition=models.Q(reverses__isnull=False),
                name="points_reversed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=Source.values), name="points_source_known"
            ),
            models.CheckConstraint(
                condition=models.Q(reverses__isnull=False)
                | models.Q(source="redemption", points__lt=0)
                | (~models.Q(source="redemption") & models.Q(points__gte=0)),
                name="points_sign",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-at", "-id"], name="points_recent"),
            models.Index(fields=["tenant", "advocate", "-at"], name="points_of"),
            models.Index(fields=["tenant", "source_id"], name="points_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.points:+d} · {self.get_source_display()}"


class PointReason(TenantModel):
    """Why somebody gave points or took them back; words about a person, which an erasure takes."""

    entry = TenantForeignKey(PointEntry, models.PROTECT, related_name="reasons")
    text = LimitedText(_("why"), max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "entry"], name="points_reason_once"),
        ]


class PointBalance(TenantModel):
    """Where somebody stands. ``lifetime`` is what was earned and not taken back, ``redeemed`` what
    was spent; both are the database's, which adds each row of the ledger as it comes.
    """

    advocate = TenantForeignKey(
        Advocate, models.PROTECT, related_name="point_balances", verbose_name=_("who")
    )
    lifetime = models.IntegerField(_("earned in all"), default=0, editable=False)
    redeemed = models.IntegerField(_("redeemed"), default=0, editable=False)
    on_board = models.BooleanField(_("on the leaderboard"), default=False)

    class Meta:
        verbose_name = _("balance of points")
        ordering = ["-lifetime", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "advocate"], name="point_balance_once"),
            models.CheckConstraint(
                condition=models.Q(lifetime__gte=0, redeemed__gte=0), name="point_balance_sums"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-lifetime", "id"], name="point_balance_by_sum")]

    @property
    def spendable(self) -> int:
        """What can be redeemed; never below zero."""
        return max(0, self.lifetime - self.redeemed)

    @property
    def owed(self) -> int:
        """Spent and taken back since; what is earned next pays it first."""
        return max(0, self.redeemed - self.lifetime)

    def __str__(self) -> str:
        return str(self.advocate)
