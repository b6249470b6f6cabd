"""A place in the community pool, and the few invitations that go to it (TIER-9)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.people.models import Advocate
from advocates.pool.lifecycle import POOL, PoolState
from advocates.program.catalogue.models import ActivityType


class PoolSource(models.TextChoices):
    """Where the agreement came from (TIER-9.a)."""

    DECLINED = "declined", _("After an invitation they declined")
    OFFERED = "offered", _("We offered it to them")
    PORTAL = "portal", _("They asked for it themselves")
    TOLD = "told", _("They told a colleague")
    IMPORTED = "imported", _("Brought along by an import")


class PoolMembership(TenantModel):
    """A promoter who is not enrolled and agreed to hear from the program, or was offered it: since
    when, and where the agreement came from (TIER-9).
    """

    advocate = TenantForeignKey(
        Advocate, models.CASCADE, related_name="pool_places", verbose_name=_("person")
    )
    state = models.CharField(_("state"), max_length=10, choices=PoolState, default=PoolState.MEMBER)
    source = models.CharField(
        _("agreement came from"), max_length=10, choices=PoolSource, default=PoolSource.TOLD
    )
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    evidence = LineField(_("what they said, and where"), max_length=300, blank=True, default="")
    ended_at = models.DateTimeField(_("until"), null=True, editable=False)
    recorded_by = TenantForeignKey(
        Membership, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("since"), default=clock.now, editable=False)
    #: Every invitation changes it first, so that two happen one after the other (the guard).
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("pool place")
        ordering = ["-created_at", "-id"]
        constraints = [
            POOL.check("pool_state_known"),
            models.CheckConstraint(
                condition=models.Q(source__in=PoolSource.values), name="pool_source_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="member") | models.Q(agreed_on__isnull=False),
                name="pool_agreed_when",
                violation_error_message=_("Say when they agreed."),
            ),
            models.UniqueConstraint(
                fields=["tenant", "advocate"],
                condition=models.Q(state__in=["offered", "member"]),
                name="pool_place_once",
                violation_error_message=_("This person is in the pool already, or was offered it."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "advocate", "-created_at"], name="pool_place_of"),
            models.Index(fields=["tenant", "state", "-created_at", "-id"], name="pool_by_state"),
            models.Index(fields=["tenant", "-created_at", "-id"], name="pool_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.advocate.name)


class PoolInvitation(TenantModel):
    """One of the few things a pool member is invited to, of low effort (TIER-9.c).

    A trigger refuses who is not in the pool, what is not small, the third of a year and the second
    within the distance (migration 0021).
    """

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="pool_invitations")
    activity_type = TenantForeignKey(ActivityType, models.PROTECT, related_name="+")
    sender = TenantForeignKey(Membership, models.PROTECT, related_name="+")
    message = LimitedText(_("in your words"), max_length=2000)
    sent_at = models.DateTimeField(_("sent"), default=clock.now, editable=False)

    class Meta:
        ordering = ["-sent_at", "-id"]
        indexes = [
            models.Index(fields=["tenant", "advocate", "-sent_at"], name="pool_invitation_of"),
        ]

    def __str__(self) -> str:
        return str(self.activity_type)
