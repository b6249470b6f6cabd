"""Where an executive meets somebody (SPN-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.people.models import Advocate
from advocates.presences.lifecycle import PRESENCE, PresenceState
from advocates.touches.models import Touch


class PresenceKind(models.TextChoices):
    """At what."""

    REVIEW = "review", _("Business review")
    BOARD = "board", _("Customer board")
    EVENT = "event", _("Event")


class Presence(TenantModel):
    """An executive and a person at a customer are at the same place on a day (SPN-1.c)."""

    advocate = TenantForeignKey(
        Advocate, models.CASCADE, related_name="presences", verbose_name=_("person")
    )
    by = TenantForeignKey(Membership, models.PROTECT, related_name="+", verbose_name=_("who of us"))
    kind = models.CharField(
        _("at what"), max_length=10, choices=PresenceKind, default=PresenceKind.REVIEW
    )
    occasion = LineField(_("which one"), max_length=150, blank=True, default="")
    on = models.DateField(_("when"))
    state = models.CharField(
        _("state"), max_length=10, choices=PresenceState, default=PresenceState.PLANNED
    )
    note = LimitedText(_("what came of it"), max_length=2000, blank=True, default="")
    reason = LineField(_("why not"), max_length=300, blank=True, default="")
    #: What it counts as, once it was.
    touch = TenantForeignKey(Touch, models.SET_NULL, null=True, editable=False, related_name="+")
    decided_by = TenantForeignKey(
        Membership, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    created_at = models.DateTimeField(_("recorded"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("presence")
        ordering = ["-on", "-id"]
        constraints = [
            PRESENCE.check("presence_state_known"),
            models.CheckConstraint(
                condition=models.Q(kind__in=PresenceKind.values), name="presence_kind_known"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "advocate", "-on"], name="presence_of"),
            models.Index(fields=["tenant", "-on", "-id"], name="presence_by_day"),
            models.Index(
                fields=["tenant", "by", "on"],
                condition=models.Q(state="planned"),
                name="presence_planned",
            ),
        ]

    def __str__(self) -> str:
        kind = str(self.get_kind_display())
        return f"{kind}: {self.occasion}" if self.occasion else kind
