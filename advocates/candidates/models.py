"""Candidates who were put aside, with memory (IDN-1.g)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.accounts.models import Account
from advocates.candidates.lifecycle import DISMISSAL, DismissalState
from advocates.people.models import Advocate


class Dismissal(TenantModel):
    """Somebody stays away from the candidates until something changes: who, when, why."""

    advocate = TenantForeignKey(
        Advocate, models.CASCADE, related_name="dismissals", verbose_name=_("person")
    )
    #: Where they worked then: another company is a change.
    account = TenantForeignKey(Account, models.PROTECT, related_name="+", editable=False)
    reason = LineField(_("why not"), max_length=300)
    state = models.CharField(
        _("state"), max_length=10, choices=DismissalState, default=DismissalState.AWAY
    )
    score = models.PositiveSmallIntegerField(_("score then"), default=0, editable=False)
    #: Points by part as they were, and whether the company allowed it (1, 0, or none).
    parts = models.JSONField(default=dict, editable=False)
    #: Codes of what changed, in the words of ``scoring.parts``; empty where a colleague restored.
    because = models.CharField(max_length=200, blank=True, default="", editable=False)
    dismissed_by = TenantForeignKey(
        Membership, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("put aside"), default=clock.now, editable=False)
    ended_at = models.DateTimeField(_("until"), null=True, editable=False)

    class Meta:
        verbose_name = _("dismissal")
        ordering = ["-created_at", "-id"]
        constraints = [
            DISMISSAL.check("dismissal_state_known"),
            models.UniqueConstraint(
                fields=["tenant", "advocate"],
                condition=models.Q(state="away"),
                name="dismissal_once",
                violation_error_message=_("This candidate is put aside already."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "advocate", "-created_at"], name="dismissal_of"),
            models.Index(fields=["tenant", "-created_at", "-id"], name="dismissal_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.advocate.name)
